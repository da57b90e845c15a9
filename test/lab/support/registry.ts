import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {vi} from 'vitest';
import type {Lab} from './lab.ts';

/**
 * A real registry that wants a login, at 127.0.0.1:5000 of every node: engines trust that address without certificates. Each
 * node's network has a registry process of its own; all of them serve the same folder.
 */
export type LabRegistry = {
	readonly address: string;
	readonly user: string;
	readonly password: string;
	/** A docker configuration with that login, as `docker login` leaves it. */
	loginWith(password: string): string;
	/** Ends the processes; what they serve is there again after `start`. */
	stop(): void;
	start(): Promise<void>;
	remove(): void;
};

const address = '127.0.0.1:5000';
const user = 'alice';
const password = 'correct-horse-9';

export async function startRegistry(lab: Lab, nodes: readonly string[]): Promise<LabRegistry> {
	const folder = mkdtempSync(path.join(tmpdir(), 'registry-'));
	const users = path.join(folder, 'users');
	writeFileSync(users, execFileSync('htpasswd', ['-Bbn', user, password]));
	const config = path.join(folder, 'config.yml');
	writeFileSync(
		config,
		`version: 0.1
storage: {filesystem: {rootdirectory: ${path.join(folder, 'data')}}}
http: {addr: "${address}"}
auth: {htpasswd: {realm: lab, path: ${users}}}
`,
	);
	const running: ChildProcess[] = [];
	const registry: LabRegistry = {
		address,
		user,
		password,
		loginWith(secret) {
			const directory = path.join(folder, `login-${secret.length}-${Buffer.from(secret).toString('hex').slice(0, 8)}`);
			mkdirSync(directory, {recursive: true});
			const auth = Buffer.from(`${user}:${secret}`).toString('base64');
			writeFileSync(path.join(directory, 'config.json'), JSON.stringify({auths: {[address]: {auth}}}));
			return directory;
		},
		stop() {
			for (const child of running.splice(0)) child.kill('SIGKILL');
		},
		async start() {
			for (const node of nodes) {
				const args = ['netns', 'exec', `${lab.name}-${node}`, 'docker-registry', 'serve', config];
				running.push(spawn('ip', args, {stdio: 'ignore'}));
			}
			await vi.waitFor(
				() => {
					for (const node of nodes) answersIn(`${lab.name}-${node}`);
				},
				{timeout: 30_000, interval: 250},
			);
		},
		remove() {
			registry.stop();
			rmSync(folder, {recursive: true, force: true});
		},
	};
	await registry.start();
	return registry;
}

/** Throws while nothing listens there. */
function answersIn(namespace: string): void {
	execFileSync('ip', ['netns', 'exec', namespace, 'bash', '-c', `exec 3<>/dev/tcp/${address.replace(':', '/')}`], {
		stdio: 'ignore',
	});
}
