import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import path from 'node:path';
import {vi} from 'vitest';

/** Real ssh servers on the loopback address, with keys of their own; only root can start them. */

const server = '/usr/sbin/sshd';
export const hasSshd = process.getuid?.() === 0 && existsSync(server);

export function makeKey(file: string): string {
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
	return file;
}

export type Sshd = {readonly port: number; readonly pid: number; readonly close: () => void};

type SshdOptions = {
	readonly folder: string;
	readonly name: string;
	readonly hostKey: string;
	readonly authorizedKeys: string;
	/** Set for all that is run there. */
	readonly environment: Readonly<Record<string, string>>;
};

export async function startSshd({folder, name, hostKey, authorizedKeys, environment}: SshdOptions): Promise<Sshd> {
	const port = await freePort();
	mkdirSync('/run/sshd', {recursive: true});
	const config = path.join(folder, `${name}.sshd`);
	const variables = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
	writeFileSync(
		config,
		[
			'ListenAddress 127.0.0.1',
			`Port ${port}`,
			`HostKey ${hostKey}`,
			`AuthorizedKeysFile ${authorizedKeys}`,
			`PidFile ${config}.pid`,
			`SetEnv ${variables.join(' ')}`,
			'StrictModes no',
			'UsePAM no',
			'PermitRootLogin prohibit-password',
			'PasswordAuthentication no',
		].join('\n'),
	);
	const child = spawn(server, ['-D', '-e', '-f', config], {stdio: 'ignore'});
	await vi.waitFor(() => canConnect(port), {timeout: 10_000, interval: 20});
	return {port, pid: child.pid ?? 0, close: () => void child.kill()};
}

/** The processes that serve the logins which this server has taken. */
export function sessionsOf({pid}: Sshd): number[] {
	const children = (of: number): number[] =>
		execFileSync('sh', ['-c', `cat /proc/${of}/task/*/children`], {encoding: 'utf8'})
			.split(/\s+/)
			.filter(Boolean)
			.map(Number);
	return children(pid);
}

async function freePort(): Promise<number> {
	const listener = createServer();
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const address = listener.address();
	await new Promise((resolve) => listener.close(resolve));
	return typeof address === 'object' && address ? address.port : 0;
}

function canConnect(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve();
		});
		socket.once('error', reject);
	});
}
