import {existsSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {type SimulatedSwarm, type SwarmOptions, startSwarm} from '../../source/simulator/library.ts';
import {unixEndpoint} from '../engine/support/fake-engine.ts';

async function withSwarm<T>(options: SwarmOptions, use: (swarm: SimulatedSwarm) => Promise<T>): Promise<T> {
	await using swarm = await startSwarm(options);
	return await use(swarm);
}

async function nodeStates(swarm: SimulatedSwarm): Promise<Record<string, string>> {
	const client = createSwarmClient(unixEndpoint(swarm.dockerHost().slice('unix://'.length)));
	try {
		const nodes = await client.nodes();
		if (!nodes.ok) throw new Error(nodes.error.message);
		return Object.fromEntries(nodes.value.map(({Description, Status}) => [Description.Hostname ?? '', Status.State]));
	} finally {
		await client.close();
	}
}

describe('a swarm for the tests of others', () => {
	it('stands still until it is moved', async () => {
		await withSwarm({nodes: {managers: 1, workers: 1}}, async (swarm) => {
			expect(swarm.nodes).toEqual(['m1', 'w1']);
			await swarm.fault('stop', 'w1');
			expect(await nodeStates(swarm)).toEqual({m1: 'ready', w1: 'ready'});
			await swarm.advance('1h30m');
			expect(await nodeStates(swarm)).toEqual({m1: 'ready', w1: 'down'});
		});
	});

	it('has the same IDs each time, of one seed', async () => {
		const idsOf = (seed: number) =>
			withSwarm({seed}, async (swarm) => {
				const client = createSwarmClient(unixEndpoint(swarm.dockerHost().slice('unix://'.length)));
				const nodes = await client.nodes();
				await client.close();
				return nodes.ok ? nodes.value.map(({ID}) => ID) : [];
			});
		const [first, again, other] = [await idsOf(3), await idsOf(3), await idsOf(4)];
		expect(first).toHaveLength(3);
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
	});

	it('answers each of several at once, not the one before it', async () => {
		await withSwarm({nodes: {workers: 0}}, async (swarm) => {
			const [moved, refused] = await Promise.allSettled([swarm.advance('10m'), swarm.fault('explode')]);
			expect([moved.status, refused.status]).toEqual(['fulfilled', 'rejected']);
		});
	});

	it('moves while it runs by itself, too, and leaves nothing behind', async () => {
		const socket = await withSwarm({fixture: 'conformance', speed: 1}, async (swarm) => {
			await swarm.advance(90_000);
			expect(Object.values(await nodeStates(swarm))).toContain('ready');
			return swarm.dockerHost().slice('unix://'.length);
		});
		expect(existsSync(socket)).toBe(false);
	});

	it.each([
		[{nodes: {managers: 0}}, 'nodes.managers is a whole number from 1 on, not 0.'],
		[{nodes: {}, fixture: 'demo'}, 'Give startSwarm nodes or a fixture, not both.'],
		[{speed: -1}, 'speed is a number from 0 on, not -1.'],
	])('%o is refused in a sentence', async (options, message) => {
		await expect(startSwarm(options)).rejects.toThrow(message);
	});

	it('refuses what it does not know in a sentence', async () => {
		await withSwarm({nodes: {workers: 0}}, async (swarm) => {
			expect(() => swarm.dockerHost('w9')).toThrow('There is no node "w9". The nodes are m1.');
			await expect(swarm.fault('explode')).rejects.toThrow(/explode/);
			await expect(swarm.advance('soon')).rejects.toThrow('advance takes milliseconds');
		});
	});
});
