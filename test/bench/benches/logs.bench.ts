/** Logs under 5,000 lines a second: keys, memory, bytes to the terminal, and whether every line is accounted for. */
import {setTimeout as delay} from 'node:timers/promises';
import {createSwarmClient} from '../../../source/engine/docker-client.ts';
import {defaultLimits} from '../../../source/logs/log-buffer.ts';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {countFlood} from '../../logs/flood.ts';
import type {PtyScreen} from '../../screens/support/pty-screen.ts';
import type {Bench, Measurement} from '../bench.ts';
import {openDashboard, percentile, serveSwarm} from '../dashboard-on-simulator.ts';
import {residentMb} from '../measured-process.ts';

/** Longer shows whether memory stays where it is: SWARMTOP_BENCH_SECONDS=600. */
const seconds = Number(process.env['SWARMTOP_BENCH_SECONDS'] ?? 30);

const floodedSwarm = `
generate: {nodes: 20, managers: 3, services: 19, tasks: 60}
images:
  - {name: bench/flood, tags: ["1"], command: [flood], on: all, programs: {flood: {log: {style: nginx, rate: 1000}}}}
services:
  a_flood: {image: "bench/flood:1", deploy: {replicas: 5}}
`;
const emptySwarm = 'nodes: [{name: m1, role: manager}, {prefix: w, count: 2}]';
const presses = 90;
/** As fast as a held key repeats. */
const pauseMs = 50;

export const bench: Bench = {
	name: 'logs',
	async run() {
		return [...(await measureScreen()), ...(await measureCount())];
	},
};

async function measureScreen(): Promise<Measurement[]> {
	await using swarm = await serveSwarm(floodedSwarm);
	await using screen = openDashboard(swarm.socket);
	await screen.waitFor(/2 services 20/, {deadlineMs: 30_000});
	await screen.waitFor(/4 logs of a_flood [\s\S]*a_flood\.\d@/, {deadlineMs: 30_000});
	const list = await pressAll(screen, '1', (press) => ['j', new RegExp(` ${(press % 19) + 2}/20`)], 18);
	const looks = ['Prefix: slot@node', 'Prefix: none', 'Prefix: service'];
	const log = await pressAll(screen, '4', (press) => ['p', new RegExp(looks[press % looks.length] ?? '')], presses);
	const flow = await watch(screen);
	return [
		{
			budget: 'logs.keys',
			value: percentile([...list, ...log], 0.95),
			note: `median ${percentile([...list, ...log], 0.5).toFixed(0)} ms, ${list.length + log.length} presses`,
		},
		...flow,
	];
}

/** Milliseconds from each press to the frame that shows what it did. */
async function pressAll(
	screen: PtyScreen,
	pane: string,
	pressed: (press: number) => [key: string, shown: RegExp],
	count: number,
): Promise<number[]> {
	await screen.press(pane);
	const times: number[] = [];
	for (let press = 0; press < count; press++) {
		await delay(pauseMs);
		const [key, shown] = pressed(press);
		const pressedAt = performance.now();
		await screen.press(key);
		await screen.waitFor(shown);
		times.push(performance.now() - pressedAt);
	}
	return times;
}

/** Memory and bytes while lines flow and nobody touches a key. */
async function watch(screen: PtyScreen): Promise<Measurement[]> {
	const from = screen.bytes;
	const beganAt = performance.now();
	const memory: number[] = [];
	while (performance.now() - beganAt < seconds * 1000) {
		await delay(500);
		memory.push(await residentMb(screen.pid));
	}
	const elapsed = (performance.now() - beganAt) / 1000;
	const half = memory.length / 2;
	const [first, second] = [Math.max(...memory.slice(0, half)), Math.max(...memory.slice(half))];
	const note = `${seconds} s, ${first.toFixed(0)} MB at most in its first half, ${second.toFixed(0)} in its second`;
	return [
		{budget: 'logs.memory', value: Math.max(...memory), note},
		{budget: 'logs.bytes', value: (screen.bytes - from) / elapsed / 1000},
	];
}

async function measureCount(): Promise<Measurement[]> {
	await using swarm = await serveSwarm(emptySwarm);
	const client = createSwarmClient(unixEndpoint(swarm.socket));
	const {sent, kept, dropped, wrong, isOrdered} = await countFlood(client, {
		name: 'flood',
		tasks: 5,
		linesPerSecondEach: 1000,
		linesEach: 60_000,
		limits: defaultLimits,
		deadlineMs: 180_000,
	});
	await client.close();
	const lost = sent - kept - dropped;
	return [
		{
			budget: 'logs.lost',
			value: Math.abs(lost) + wrong + (isOrdered ? 0 : 1),
			note: `${sent} sent, ${kept} kept, ${dropped} dropped`,
		},
	];
}
