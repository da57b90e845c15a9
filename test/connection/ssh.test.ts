import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished, vi} from 'vitest';
import type {SshTransport} from '../../source/connection/endpoint.ts';
import {SshConnection, sshArguments} from '../../source/connection/ssh.ts';

const transport: SshTransport = {kind: 'ssh', user: 'me', host: 'manager', port: undefined, socketPath: undefined};

/** A program in place of ssh; its arguments are those of ssh. */
function program(script: string): string {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	const file = path.join(directory, 'ssh');
	writeFileSync(file, `#!/bin/sh\n${script}\n`);
	chmodSync(file, 0o755);
	return file;
}

describe('the ssh command', () => {
	it("asks no questions, and joins the far engine's socket to its own pipes", () => {
		expect(sshArguments(transport).join(' ')).toBe('-T -o BatchMode=yes -l me -- manager docker system dial-stdio');
	});

	it('takes port and socket from the address, quoted for the far shell', () => {
		const full: SshTransport = {...transport, user: undefined, port: 2222, socketPath: "/run/it's/docker.sock"};
		expect(sshArguments(full).slice(3)).toEqual([
			...['-p', '2222', '--', 'manager', 'docker'],
			...['--host', "'unix:///run/it'\\''s/docker.sock'", 'system', 'dial-stdio'],
		]);
	});

	it('a host that looks like an option is none', () => {
		const {host, ...rest} = transport;
		expect(sshArguments({...rest, host: `-oProxyCommand=${host}`}).slice(-5)[0]).toBe('--');
	});
});

describe('a connection', () => {
	it('carries bytes both ways', async () => {
		const connection = new SshConnection(transport, program('cat'));
		connection.write('hello');
		const [chunk] = await new Promise<[Buffer]>((resolve) => connection.once('data', (data) => resolve([data])));
		expect(chunk.toString()).toBe('hello');
		connection.destroy();
	});

	it('that ends without a word fails with what ssh said', async () => {
		const connection = new SshConnection(transport, program('echo "ssh: connect to host: refused" >&2; exit 255'));
		connection.write('GET / HTTP/1.1\r\n\r\n');
		expect(await failure(connection)).toMatchObject({
			code: 'ESSH',
			exitCode: 255,
			stderr: 'ssh: connect to host: refused\n',
		});
	});

	it('that ended well after it answered simply ends', async () => {
		const connection = new SshConnection(transport, program('echo answer'));
		const end = new Promise((resolve) => connection.once('end', () => resolve('end')));
		connection.resume();
		expect(await end).toBe('end');
	});

	it('without an ssh program says so', async () => {
		expect(await failure(new SshConnection(transport, '/nowhere/ssh'))).toMatchObject({code: 'ENOSSH'});
	});

	it('takes its process along when it is destroyed', async () => {
		const connection = new SshConnection(transport, program('echo $$; exec sleep 1000'));
		const pid = Number(await new Promise<Buffer>((resolve) => connection.once('data', resolve)));
		connection.destroy();
		await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
	});

	it('floods no one who does not read', async () => {
		const connection = new SshConnection(transport, program('exec cat /dev/zero'));
		await new Promise((resolve) => connection.once('readable', resolve));
		const held = connection.readableLength;
		expect(held).toBeLessThan(1024 * 1024);
		connection.destroy();
	});
});

function failure(connection: SshConnection): Promise<unknown> {
	return new Promise((resolve) => connection.once('error', resolve));
}
