import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {newId} from '../../../source/cluster/actions/new-object.ts';
import type {Intent} from '../../../source/cluster/intent.ts';
import {dockerCommand, dockerCommands} from '../../../source/cluster/pipeline/command.ts';
import {removalRequest} from '../../../source/cluster/stack/stack-removal.ts';
import {withoutDigest} from '../../../source/engine/registry-reference.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {isSayable} from '../../../source/text/shell-words.ts';
import type {Network} from '../../../source/wire/network.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {hostileLines} from '../../text/hostile-lines.ts';
import {fakeNode, fakeService} from '../sync/fake-client.ts';

/** What bash takes the words of each line for. */
function wordsOf(lines: readonly string[]): string[][] {
	const program = lines.map((line) => `printf '%s\\0' ${line}; printf '\\1\\0'`).join('\n');
	const words = execFileSync('bash', ['--norc', '-c', program], {encoding: 'utf8'}).split('\0').slice(0, -1);
	const commands: string[][] = [[]];
	for (const word of words) word === '\u0001' ? commands.push([]) : commands.at(-1)?.push(word);
	return commands.slice(0, -1);
}

const now = 1_760_000_000_000;

/** A swarm whose worker and service are called so. */
function swarmOf(name: string) {
	const node = fakeNode(1, false);
	const service = fakeService(0, 2);
	return {
		node,
		service,
		state: clusterFrom({
			nodes: [fakeNode(0, true), {...node, Description: {...node.Description, Hostname: name}}],
			services: [{...service, Spec: {...service.Spec, Name: name}}],
			tasks: [],
			now,
		}),
	};
}

function intentsAbout(name: string, nodeId: string, serviceId: string): Intent[] {
	const [image, value] = [`registry.example/${name}`, name];
	return [
		{action: 'node.availability', nodeId, availability: 'drain'},
		{action: 'node.role', nodeId, role: 'manager'},
		{action: 'node.remove', nodeId, force: true},
		{action: 'node.labels', nodeId, set: {zone: value}, remove: []},
		{action: 'service.scale', serviceId, replicas: 3},
		{action: 'service.remove', serviceId},
		{action: 'service.restart', serviceId},
		{action: 'service.rollback', serviceId},
		{action: 'service.image', serviceId, image},
		{
			action: 'service.edit',
			serviceId,
			changes: [
				{path: ['Labels', 'owner'], from: undefined, to: value},
				{path: ['TaskTemplate', 'ContainerSpec', 'Args'], from: undefined, to: [value]},
				{path: ['TaskTemplate', 'ContainerSpec', 'Env'], from: undefined, to: [`A=${value}`]},
			],
		},
		{
			action: 'service.deploy',
			serviceId: newId(name),
			spec: {...fakeService(0, 1).Spec, Name: name, Labels: {owner: value}},
		},
		{action: 'object.create', objectId: newId(name), kind: 'network', request: {Name: name, Labels: {owner: value}}},
		{action: 'object.create', objectId: newId(name), kind: 'secret', spec: {Name: name, Labels: {owner: value}}},
		{action: 'object.create', objectId: newId(name), kind: 'config', spec: {Name: name, Labels: {owner: value}}},
		{action: 'object.remove', objectId: 'k3x9v2m1q8w7e6r5t4y3u2i1o', kind: 'secret', name},
	];
}

const hostile = fc
	.oneof(
		fc.constantFrom(
			'w4;touch X #',
			'-oProxyCommand=x',
			'--help',
			'self',
			'$(touch X)',
			"'",
			'!!',
			'a\nb',
			'\u202e',
			'\u009b2J',
			'=ls',
		),
		fc.constantFrom(...hostileLines.map(({raw}) => raw)),
		fc.string({unit: 'binary', minLength: 1, maxLength: 12}),
	)
	.filter((name) => isSayable(name) && name !== '');

describe('a command that is made of names and values of anybody’s', () => {
	it('is read by a shell as docker, its verb, and one word for each of them', () => {
		fc.assert(
			fc.property(hostile, (name) => {
				const {node, service, state} = swarmOf(name);
				const intents = intentsAbout(name, node.ID, service.ID);
				const lines = [
					...intents.map((intent) => dockerCommand(intent, state).line),
					removalRequest(toSafeText(name), [], state).command ?? '',
				];
				for (const line of lines) expect(toSafeText(line)).toBe(line);
				const commands = wordsOf(lines);
				const isPlain = /^[A-Za-z0-9][\w.-]*$/.test(name) && name !== 'self';
				const [nodeWord, serviceWord] = isPlain ? [name, name] : [node.ID, service.ID];
				for (const [index, words] of commands.entries()) {
					expect(words.slice(0, 1)).toEqual(['docker']);
					const {action} = intents[index] ?? {action: 'stack'};
					if (action.startsWith('node.')) expect(words.at(-1)).toBe(nodeWord);
					if (action === 'service.scale')
						expect(words.at(-1)).toBe(`${isPlain || name === 'self' ? name : service.ID}=3`);
					else if (action.startsWith('service.') && action !== 'service.deploy')
						expect([serviceWord, name === 'self' ? name : serviceWord]).toContain(words.at(-1));
					if (action === 'service.edit') expect(words).toEqual(expect.arrayContaining([`owner=${name}`, `A=${name}`]));
					if (action === 'service.image') expect(words).toContain(withoutDigest(`registry.example/${name}`));
					if (action === 'object.create' && name.startsWith('-')) expect(words).toContain('--');
				}
			}),
			{numRuns: 40},
		);
	});

	it('names objects by their names where those are plain', () => {
		const {node, service, state} = swarmOf('w4');
		const line = (intent: Intent) => dockerCommand(intent, state).line;
		expect(line({action: 'node.availability', nodeId: node.ID, availability: 'drain'})).toBe(
			'docker node update --availability drain w4',
		);
		expect(line({action: 'node.role', nodeId: node.ID, role: 'manager'})).toBe('docker node promote w4');
		expect(line({action: 'service.scale', serviceId: service.ID, replicas: 0})).toBe('docker service scale w4=0');
	});

	it('removes all volumes as the engine of that node has it', () => {
		const {state} = swarmOf('w4');
		const line = (engineVersion: string) => {
			const [node] = [...state.nodes.values()];
			if (!node) throw new Error('no node');
			const nodes = new Map([[node.id, {...node, engineVersion: toSafeText(engineVersion)}]]);
			const intent = {action: 'node.clean-up', nodeId: node.id, what: 'volumes', host: 'ssh://w4'} as const;
			return dockerCommand({...intent, found: {count: 1, bytes: 1, names: []}}, {...state, nodes}).line;
		};
		expect(line('20.10.24+dfsg1')).toBe('docker -H ssh://w4 volume prune --force');
		expect(line('28.2.2')).toBe('docker -H ssh://w4 volume prune --all --force');
		expect(line('')).toBe('docker -H ssh://w4 volume prune --all --force');
	});

	it('says what docker has no flag for in a secret of a driver', () => {
		const {state} = swarmOf('w4');
		const spec = {Name: 'pw', Labels: {}, Driver: {Name: 'vault', Options: {path: 'a/b'}}};
		const intent = {action: 'object.create', objectId: newId('pw'), kind: 'secret', spec} as const;
		expect(dockerCommand(intent, state)).toEqual({
			line: 'docker secret create --driver vault pw',
			note: "The command leaves out Driver.Options.path: docker can't set that.",
		});
	});

	it('removes a network by its ID where another has its name', () => {
		const {state} = swarmOf('w4');
		const [one, other] = ['net1', 'net2'].map((Id) => ({Id, Name: 'front'}) as Network);
		const intent = {action: 'object.remove', objectId: 'net1', kind: 'network', name: 'front'} as const;
		const line = (networks: (Network | undefined)[]) =>
			dockerCommand(intent, {
				...state,
				inventory: {...state.inventory, networks: networks.flatMap((each) => each ?? [])},
			}).line;
		expect(line([one])).toBe('docker network rm front');
		expect(line([one, other])).toBe('docker network rm net1');
	});

	it('takes several where docker does', () => {
		const {node, service, state} = swarmOf('w;4');
		const all = dockerCommands(
			[
				{action: 'node.remove', nodeId: node.ID, force: true},
				{action: 'node.remove', nodeId: fakeNode(0, true).ID, force: true},
			],
			state,
		);
		expect(all.line).toBe(`docker node rm --force ${node.ID} host0`);
		const mixed = dockerCommands(
			[
				{action: 'service.restart', serviceId: service.ID},
				{action: 'node.remove', nodeId: node.ID, force: false},
			],
			state,
		);
		expect(mixed.line).toBe(`docker service update --force ${service.ID} && docker node rm ${node.ID}`);
	});
});
