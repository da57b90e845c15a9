import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** A simulated swarm in a process of its own, as `swarmtop simulate` serves it. */
export type ServedSwarm = AsyncDisposable & {
	readonly pid: number;
	/** The first manager's engine. */
	readonly host: string;
	/** From the start of the process to its word that it is ready. */
	readonly readyMs: number;
};

export async function serveSwarm(fixture: string): Promise<ServedSwarm> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
	const sockets = path.join(folder, 's');
	const startedAt = performance.now();
	const child = spawn('node', ['dist/cli.js', 'simulate', fixture, '--sockets', sockets], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	await ready(child);
	return {
		pid: child.pid ?? 0,
		host: `unix://${sockets}/m1/docker.sock`,
		readyMs: performance.now() - startedAt,
		async [Symbol.asyncDispose]() {
			if (child.exitCode === null) {
				child.kill('SIGTERM');
				await once(child, 'exit');
			}
			await rm(folder, {recursive: true, force: true});
		},
	};
}

async function ready(child: ChildProcess): Promise<void> {
	let printed = '';
	for await (const chunk of child.stdout ?? []) {
		printed += String(chunk);
		if (/^ready/m.test(printed)) break;
	}
	if (!/^ready/m.test(printed)) throw new Error(`the simulator ended before it was ready: ${printed}`);
}
