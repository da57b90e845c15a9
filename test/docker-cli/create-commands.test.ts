import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	configCommand,
	networkCommand,
	nodeCommand,
	secretCommand,
} from '../../source/cluster/docker-command/object-command.ts';
import {plainSpec} from '../../source/cluster/docker-command/plain-spec.ts';
import {createCommand} from '../../source/cluster/docker-command/service-command.ts';
import {changesBetween} from '../../source/cluster/edit/changes.ts';
import type {NodeSpec, SwarmNode} from '../../source/wire/node.ts';
import type {ServiceSpec} from '../../source/wire/service.ts';
import {type CommandLab, startCommandLab} from './docker.ts';
import {serviceSpec} from './specs.ts';

let lab: CommandLab;
beforeAll(async () => {
	lab = await startCommandLab();
});
afterAll(async () => lab?.[Symbol.asyncDispose]());

const networkWord = (target: string) => lab.named.networks.find(({Id}) => Id === target)?.Name ?? target;
const runs = Number(process.env['SWARMTOP_FUZZ_RUNS'] ?? 40);
/** The same changes each time; SWARMTOP_SEED makes others. */
const seed = Number(process.env['SWARMTOP_SEED'] ?? 28);

/** docker says false where a spec is silent, and always numbers restarts from nothing. */
const comparable = ({Name: _, TaskTemplate: {ForceUpdate: _count, ...template}, ...rest}: ServiceSpec): unknown => {
	const {Init = false, ...container} = template.ContainerSpec ?? {};
	return plainSpec({...rest, TaskTemplate: {...template, ContainerSpec: {...container, Init}}});
};

async function created(wanted: ServiceSpec, index: number): Promise<unknown> {
	const twin = await lab.create(wanted).catch(() => undefined);
	if (!twin) return 'refused';
	await lab.remove(twin.id);
	const {line, note} = createCommand({...twin.spec, Name: `made${index}`}, {networkWord});
	const id = (await lab.shell(line)).trim();
	try {
		const left = changesBetween(comparable(await lab.spec(id)), comparable(twin.spec))
			.map(({path}) => path.join('.'))
			.filter((path) => path !== 'TaskTemplate.Placement.Platforms');
		const told = (/leaves out (.*?): /.exec(note ?? '')?.[1]?.split(', ') ?? []).filter(
			(path) => path !== 'TaskTemplate.ForceUpdate' && !path.endsWith('.Init'),
		);
		return left.sort().join() === told.sort().join() ? undefined : {line, left, told};
	} finally {
		await lab.remove(id);
	}
}

describe('the command that is shown for what is made', () => {
	it('makes that service, or says what it leaves out', async () => {
		const answers: unknown[] = [];
		for (const [index, spec] of fc.sample(serviceSpec(lab.named), {numRuns: runs, seed}).entries())
			answers.push(await created(spec, index).catch((error: unknown) => String(error)));
		expect(answers.filter((answer) => answer !== undefined && answer !== 'refused')).toEqual([]);
		expect(answers.filter((answer) => answer === 'refused').length).toBeLessThan(runs / 2);
	}, 600_000);

	it('makes networks, secrets and configs with their labels', async () => {
		const Labels = {owner: "o'b; touch X", 'com.example/x': 'a=b'};
		const read = async (target: string) => (await lab.engines.call('m1', 'GET', target)).body;
		const request = {
			...{Name: 'made', Driver: 'overlay', Scope: 'swarm', Attachable: true, Internal: true, Labels},
			...{
				Options: {encrypted: '', note: 'a b'},
				IPAM: {Driver: 'default', Config: [{Subnet: '10.7.0.0/24', Gateway: '10.7.0.1'}]},
			},
		};
		/** As the swarm has it: no network is allocated here. */
		const made = (id: string) => {
			const network = lab.engines.store().get('network', id);
			if (!network) throw new Error(`no network ${id}`);
			const {labels, driver, options, internal, attachable, scope, ipamDriver, requestedIpam} = network;
			return {labels, driver, options, internal, attachable, scope, ipamDriver, requestedIpam};
		};
		const twin = (await lab.engines.call('m1', 'POST', '/networks/create', {body: {...request, Name: 'ours'}})).body;
		const theirs = (await lab.shell(networkCommand(request).line)).trim();
		expect(made(theirs)).toEqual(made((twin as {Id: string}).Id));
		await lab.shell(secretCommand({Name: 'made', Labels, Data: 'eA=='}).line);
		expect(await read('/secrets/made')).toMatchObject({Spec: {Name: 'made', Labels}});
		await lab.shell(configCommand({Name: 'made', Labels, Data: 'eA=='}).line);
		expect(await read('/configs/made')).toMatchObject({
			Spec: {Name: 'made', Labels, Data: Buffer.from('content').toString('base64')},
		});
	});

	it('changes a node so', async () => {
		const node = async (): Promise<SwarmNode> => {
			const [only] = (await lab.engines.call('m1', 'GET', '/nodes')).body as SwarmNode[];
			if (!only) throw new Error('no node');
			return only;
		};
		const changes: Partial<NodeSpec>[] = [
			{Availability: 'drain', Labels: {zone: 'a', note: "it's $(x)\nhere"}},
			{Availability: 'pause', Labels: {zone: 'b'}},
			{Availability: 'active', Labels: {}},
		];
		for (const change of changes) {
			const {ID, Spec} = await node();
			const {line, note} = nodeCommand(ID, Spec, {...Spec, ...change});
			await lab.shell(line);
			expect(note).toBeUndefined();
			expect(plainSpec((await node()).Spec)).toEqual(plainSpec({...Spec, ...change}));
		}
	});
});
