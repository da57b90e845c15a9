import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {exportRunning} from '../../source/cluster/stack/stack-export.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {type SimulatedSwarm, startSwarm} from '../../source/simulator/library.ts';
import {unixEndpoint} from '../engine/support/fake-engine.ts';
import {deploy} from '../lab/support/deploy-run.ts';

/** `swarmtop stack export`, on a simulated swarm. */

let swarm: SimulatedSwarm;
let folder: string;
beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'export-'));
	swarm = await startSwarm({fixture: 'demo', speed: 1});
});
afterAll(async () => {
	await swarm.close();
	rmSync(folder, {recursive: true});
});

const run = (...words: string[]) => deploy([...words, '-H', swarm.dockerHost()]);

describe('swarmtop stack export', () => {
	it.each(['shop', 'edge'])('writes %s as a file that deploys back without a change', async (name) => {
		const {status, out, err} = await run('stack', 'export', name);
		expect({status, err}).toEqual({status: 0, err: ''});
		const file = path.join(folder, `${name}.yaml`);
		writeFileSync(file, out);
		const planned = await run('plan', 'deploy', '-c', file, '--resolve-image', 'changed', name);
		expect(planned, out).toMatchObject({status: 0, out: expect.stringContaining('there is nothing to deploy')});
	});

	it('tells what no file can say', async () => {
		const client = createSwarmClient(unixEndpoint(swarm.dockerHost().slice('unix://'.length)));
		const services = await client.services();
		await client.close();
		if (!services.ok) throw new Error(services.error.message);
		const changed = services.value.map((service) => {
			if (service.Spec.Name !== 'shop_web') return service;
			const {ContainerSpec: container, ...template} = service.Spec.TaskTemplate;
			const next = {...template, ContainerSpec: {...container, Groups: ['wheel']}};
			return {...service, Spec: {...service.Spec, TaskTemplate: next}};
		});
		expect(exportRunning('shop', changed, [])?.notes).toContainEqual(
			expect.stringMatching(/no word for all of shop_web: .*ContainerSpec\.Groups/),
		);
	});

	it.each([
		[['export', 'shpo'], 1, 'There is no stack "shpo". Did you mean shop?'],
		[['export'], 2, 'Name the stack.'],
		[['import', 'shop'], 2, 'There is no "stack import"'],
		[['export', 'a', 'b'], 2, 'One stack at a time'],
	])('refuses %j', async (words, status, sentence) => {
		expect(await run('stack', ...words)).toMatchObject({status, err: expect.stringContaining(sentence)});
	});
});
