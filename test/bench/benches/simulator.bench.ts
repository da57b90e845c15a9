/** From the start of the simulator to a large swarm that any client can use. */
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {Bench} from '../bench.ts';
import {serveSwarm} from '../dashboard-on-simulator.ts';

const fixture = path.resolve(import.meta.dirname, '../../../fixtures/large.yaml');

export const bench: Bench = {
	name: 'simulator',
	async run() {
		const text = await readFile(fixture, 'utf8');
		const startedAt = performance.now();
		await using _swarm = await serveSwarm(text);
		return [{budget: 'simulator.ready', value: (performance.now() - startedAt) / 1000, note: 'fixtures/large.yaml'}];
	},
};
