/** What the dashboard costs while nothing happens: bytes to the terminal, processor time. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Bench} from '../bench.ts';
import {openDashboard, serveSwarm, smallSwarm} from '../dashboard-on-simulator.ts';
import {cpuSeconds} from '../measured-process.ts';

/** Until the swarm counts as idle, and the program's own start is forgotten. */
const settleMs = 70_000;
const watchedMs = 60_000;

export const bench: Bench = {
	name: 'idle dashboard',
	async run() {
		await using swarm = await serveSwarm(smallSwarm);
		await using screen = openDashboard(swarm.socket);
		await screen.waitFor(/2 services 20/, {deadlineMs: 20_000});
		await delay(settleMs);
		const usedBefore = await cpuSeconds(screen.pid);
		screen.mark();
		await delay(watchedMs);
		const used = (await cpuSeconds(screen.pid)) - usedBefore;
		const note = `${watchedMs / 1000} s on a swarm of 20 services`;
		return [
			{budget: 'terminal.idleMinute', value: (screen.bytes * 60_000) / watchedMs, note},
			{budget: 'idle.cpu', value: (100 * used * 1000) / watchedMs, note},
		];
	},
};
