/** From the start of the program to the first word, and to real data in the panes. */
import type {Bench} from '../bench.ts';
import {openDashboard, percentile, serveSwarm, smallSwarm} from '../dashboard-on-simulator.ts';
import {residentMb} from '../measured-process.ts';

const starts = 7;

export const bench: Bench = {
	name: 'start',
	async run() {
		await using swarm = await serveSwarm(smallSwarm);
		const connecting: number[] = [];
		const data: number[] = [];
		const memory: number[] = [];
		for (let run = 0; run < starts; run++) {
			const startedAt = performance.now();
			await using screen = openDashboard(swarm.socket);
			await screen.waitFor('connecting');
			connecting.push(performance.now() - startedAt);
			await screen.waitFor(/2 services 20 [\s\S]*● \S+ .* \d+\/\d+/);
			data.push(performance.now() - startedAt);
			await screen.waitFor(/tasks of [\s\S]* running \d/);
			memory.push(await residentMb(screen.pid));
		}
		const note = `median of ${starts} starts`;
		return [
			{budget: 'start.connectingLine', value: percentile(connecting, 0.5), note},
			{budget: 'start.firstData', value: percentile(data, 0.5), note},
			{budget: 'memory.small', value: Math.max(...memory), note: 'after the start'},
		];
	},
};
