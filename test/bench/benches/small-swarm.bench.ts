/** The dashboard on a swarm of 20 services at rest: how soon it is there, and what it costs to leave it open. */
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {openScreen} from '../../screens/support/pty-screen.ts';
import type {Bench, Measurement} from '../bench.ts';
import {cpuSeconds, quantile, residentMegabytes} from '../support/process.ts';
import {serveSwarm} from '../support/simulator.ts';

const fixture = path.resolve(import.meta.dirname, '../fixtures/quiet.yaml');
const idleMs = 60_000;
const starts = 5;

export const bench: Bench = {
	name: 'small swarm',
	async run() {
		await using swarm = await serveSwarm(fixture);
		// A real engine may take the simulated one's place: it should have some twenty services at rest.
		const host = process.env['SWARMTOP_BENCH_HOST'] ?? swarm.host;
		return [...(await startUp(host)), ...(await atRest(host))];
	},
};

const open = (host: string) => openScreen({command: 'node', args: ['dist/cli.js', '-H', host]});

async function startUp(host: string): Promise<Measurement[]> {
	const lines: number[] = [];
	const data: number[] = [];
	for (let i = 0; i < starts; i++) {
		const startedAt = performance.now();
		await using screen = open(host);
		await screen.waitFor('connecting', {deadlineMs: 20_000});
		lines.push(performance.now() - startedAt);
		await screen.waitFor(/services \d+\/\d+/, {deadlineMs: 20_000});
		data.push(performance.now() - startedAt);
	}
	const note = `median of ${starts}`;
	return [
		{budget: 'start.connectingLine', value: quantile(lines, 0.5), note},
		{budget: 'start.firstData', value: quantile(data, 0.5), note},
	];
}

async function atRest(host: string): Promise<Measurement[]> {
	await using screen = open(host);
	await screen.waitFor(/services \d+\/\d+/, {deadlineMs: 20_000});
	// The first seconds belong to the start: lists, logs, the optimising of hot code.
	await delay(10_000);
	screen.mark();
	const cpuBefore = cpuSeconds(screen.pid);
	await delay(idleMs);
	const cpu = ((cpuSeconds(screen.pid) - cpuBefore) / (idleMs / 1000)) * 100;
	return [
		{budget: 'terminal.idleMinute', value: screen.bytes, note: 'the dashboard on 20 services'},
		{budget: 'idle.cpu', value: cpu},
		{budget: 'memory.small', value: residentMegabytes(screen.pid)},
	];
}
