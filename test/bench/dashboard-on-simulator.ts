/** The published program on a screen, on a simulated swarm of any size: what the benches of the dashboard measure. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
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

/** Resident memory of a process, in MB (10^6 bytes). */
export async function residentMb(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
	return (kibibytes * 1024) / 1e6;
}

const ticksPerSecond = 100;

/** Processor time that a process has used so far, in seconds. */
export async function cpuSeconds(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// The name in parentheses may hold anything; user and system time are the 12th and 13th field after it.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
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
