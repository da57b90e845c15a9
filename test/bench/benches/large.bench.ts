/** Keys on a swarm of the size where dashboards break, with a flood of logs beside them. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Bench} from '../bench.ts';
import {openDashboard, percentile, residentMb, serveSwarm} from '../dashboard-on-simulator.ts';

const swarmWithFlood = `
generate: {nodes: 1000, managers: 5, services: 10000, tasks: 100000}
images:
  - {name: bench/flood, tags: ["1"], command: [flood], on: all, programs: {flood: {log: {style: nginx, rate: 1000}}}}
services:
  a_flood: {image: "bench/flood:1", deploy: {replicas: 5}}
`;
const presses = 120;
/** As fast as a held key repeats. */
const pauseMs = 50;
/** Garbage comes and goes: the memory is what it takes at the most in so many seconds after the keys. */
const restSeconds = 15;

export const bench: Bench = {
	name: 'large swarm',
	async run() {
		await using swarm = await serveSwarm(swarmWithFlood);
		await using screen = openDashboard(swarm.socket);
		await screen.waitFor(/2 services 10,001/, {deadlineMs: 60_000});
		await screen.waitFor(/4 logs of a_flood [\s\S]*a_flood\.\d@/, {deadlineMs: 60_000});
		await screen.press('3', 'a');
		await screen.waitFor(/all tasks 100,0/, {deadlineMs: 120_000});
		const times: number[] = [];
		const memory: number[] = [];
		for (let press = 0; press < presses; press++) {
			await delay(pauseMs);
			const place = new RegExp(` ${press + 2}/100,0`);
			const pressedAt = performance.now();
			await screen.press('j');
			await screen.waitFor(place);
			times.push(performance.now() - pressedAt);
			memory.push(await residentMb(screen.pid));
		}
		for (let second = 0; second < restSeconds; second++) {
			await delay(1000);
			memory.push(await residentMb(screen.pid));
		}
		const note = `median ${percentile(times, 0.5).toFixed(0)} ms, ${presses} presses`;
		return [
			{budget: 'keys.p95', value: percentile(times, 0.95), note},
			{budget: 'memory.large', value: Math.max(...memory), note: 'all tasks shown, logs flowing'},
		];
	},
};
