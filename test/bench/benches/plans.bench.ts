/** A plan on a large swarm: how soon it says what moves where, and whether the keys go on meanwhile. */
import type {Bench} from '../bench.ts';
import {openDashboard, percentile, serveSwarm} from '../dashboard-on-simulator.ts';

const largeSwarm = 'generate: {nodes: 1000, managers: 5, services: 10000, tasks: 100000}\n';
const rounds = 10;

export const bench: Bench = {
	name: 'plans',
	async run() {
		await using swarm = await serveSwarm(largeSwarm);
		await using screen = openDashboard(swarm.socket);
		await screen.waitFor(/2 services 10,000/, {deadlineMs: 60_000});
		await screen.press('3', 'a');
		await screen.waitFor(/all tasks 100,0/, {deadlineMs: 120_000});
		await screen.press('1', 'G');
		await screen.waitFor('1,000/1,000');
		const plans: number[] = [];
		const keys: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const pressedAt = performance.now();
			await screen.press('d');
			await screen.waitFor('Drain node');
			await screen.press('Tab');
			// A forecast that has come puts the focus back on Cancel.
			await screen.waitFor(/\[ Drain \]|Done |No task starts/);
			keys.push(performance.now() - pressedAt);
			await screen.waitFor(/Done |No task starts/, {deadlineMs: 30_000});
			plans.push(performance.now() - pressedAt);
			await screen.press('n', 'k');
			await screen.waitFor(`${999 - round}/1,000`);
		}
		return [
			{budget: 'plans.large', value: percentile(plans, 0.95), note: `median ${percentile(plans, 0.5).toFixed(0)} ms`},
			{budget: 'plans.keys', value: percentile(keys, 0.95), note: 'to open the dialog and move to its other button'},
		];
	},
};
