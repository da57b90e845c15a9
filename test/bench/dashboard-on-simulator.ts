/** The published program on a screen, on a simulated swarm of any size: what the benches of the dashboard measure. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';

const program = path.resolve(import.meta.dirname, '../../dist/cli.js');

type SimulatedSwarm = AsyncDisposable & {readonly socket: string};

/** Serves a fixture until it is disposed of. */
export async function serveSwarm(fixture: string): Promise<SimulatedSwarm> {
	const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
	const file = path.join(folder, 'fixture.yaml');
	await writeFile(file, fixture);
	const child = spawn(process.execPath, [program, 'simulate', file, '--sockets', path.join(folder, 's')], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let output = '';
	const ready = Promise.withResolvers<void>();
	child.stdout.on('data', (chunk: Buffer) => {
		output = (output + chunk.toString()).slice(-200);
		if (output.includes('ready\n')) ready.resolve();
	});
	child.once('exit', (code) => ready.reject(new Error(`the simulator ended with ${code}`)));
	await ready.promise;
	return {
		socket: path.join(folder, 's/m1/docker.sock'),
		async [Symbol.asyncDispose]() {
			child.removeAllListeners('exit');
			child.kill('SIGTERM');
			await once(child, 'exit');
			await rm(folder, {recursive: true, force: true});
		},
	};
}

export function openDashboard(socket: string): PtyScreen {
	return openScreen({
		command: process.execPath,
		args: [program, '-H', `unix://${socket}`],
		columns: 200,
		rows: 50,
		env: {CI: undefined},
	});
}

export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const silent = (name: string, tag: string): string =>
	`  - {name: ${name}, tags: ["${tag}"], command: [silent], programs: {silent: {stop: 100ms}}}`;

/** 20 services on five nodes, at rest for days; nothing is logged. */
export const smallSwarm = `generate: {nodes: 5, managers: 3, services: 20, tasks: 60}
images:
${[silent('nginx', '1.27'), silent('redis', '7'), silent('postgres', '16'), silent('shop/api', '2.4'), silent('shop/worker', '2.4')].join('\n')}
`;
