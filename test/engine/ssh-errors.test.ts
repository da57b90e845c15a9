import {expect, it} from 'vitest';
import type {SshTransport} from '../../source/connection/endpoint.ts';
import {SshError} from '../../source/connection/ssh.ts';
import {sshProblem, wordsAtLogin} from '../../source/engine/ssh-errors.ts';

const transport: SshTransport = {kind: 'ssh', user: 'me', host: 'manager', port: undefined, socketPath: undefined};

it.each([
	['ssh: Could not resolve hostname manager: Name or service not known', 255, 'host-unknown'],
	[
		'No ED25519 host key is known for manager and you have requested strict checking.\r\nHost key verification failed.',
		255,
		'ssh-failed',
	],
	['me@manager: Permission denied (publickey,password).', 255, 'permission-denied'],
	['ssh: connect to host manager port 22: Connection refused', 255, 'refused'],
	['ssh: connect to host manager port 22: Connection timed out', 255, 'unreachable'],
	['ssh: connect to host manager port 22: No route to host', 255, 'unreachable'],
	['bash: line 1: docker: command not found', 127, 'ssh-failed'],
	['sh: 1: docker: not found', 127, 'ssh-failed'],
	["docker: 'system' is not a docker command.\nSee 'docker --help'", 1, 'engine-too-old'],
	[
		'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
		1,
		'permission-denied',
	],
	[
		'failed to connect to the docker API at unix:///x; check if the path is correct and if the daemon is running: dial unix /x: connect: no such file or directory',
		1,
		'refused',
	],
	['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?', 1, 'refused'],
	['something new', 1, 'ssh-failed'],
])('%s', (stderr, exitCode, kind) => {
	const error = sshProblem(new SshError(`Welcome!\n${stderr}\n`, exitCode), transport);
	expect(error.kind).toBe(kind);
	expect(error.message).toContain('me@manager');
	expect(error.nextStep).not.toBe('');
	expect(stderr).toContain(error.engineMessage);
});

const denied = 'me@manager: Permission denied (publickey,password).';
const changed = `@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Host key for [manager]:2222 has changed and you have requested strict checking.
Host key verification failed.`;

it.each([
	['ssh -p 2222 me@manager.', denied],
	['ssh -p 2222 me@manager.', 'Host key verification failed.'],
	['ssh -p 2222 me@manager docker version.', 'ssh: connect to host manager port 2222: Connection refused'],
	['ssh -p 2222 me@manager sudo systemctl start docker.', 'Cannot connect to the Docker daemon at unix:///x.'],
	["ssh-keygen -R '[manager]:2222', then ssh -p 2222 me@manager.", changed],
])('the next step is %s', (command, stderr) => {
	const error = sshProblem(new SshError(stderr, 255), {...transport, port: 2222});
	expect(error.nextStep).toContain(command);
	expect(error.message).toContain('me@manager:2222');
});

it('a host key that has changed is not one that is unknown', () => {
	const message = (stderr: string) => sshProblem(new SshError(stderr, 255), transport).message;
	expect(message(changed)).toContain('has changed since ssh saw it last');
	expect(message('Host key verification failed.')).toContain("doesn't know the host key of me@manager yet");
});

it.each([
	'failed to open the raw stream connection: dial unix /var/run/docker.sock: connect: permission denied',
	'error during connect: Get "http://docker": dial unix /run/user/1000/docker.sock: connect: permission denied',
	'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
])('a login that works while docker refuses is a missing group: %s', (stderr) => {
	expect(sshProblem(new SshError(`${stderr}\n`, 1), transport)).toMatchObject({
		kind: 'permission-denied',
		message: 'ssh works, but the user on me@manager may not use Docker there.',
		nextStep: expect.stringContaining('ssh me@manager sudo usermod -aG docker me.'),
	});
});

it('what a shell says at login is quoted, bytes are not', () => {
	expect(wordsAtLogin(transport, Buffer.from('\r\nWelcome to manager\nLast login: today\n'))).toMatchObject({
		kind: 'ssh-failed',
		message: 'me@manager greets before the engine answers: “Welcome to manager”.',
	});
	expect(wordsAtLogin(transport, Buffer.from([0, 1, 2]))).toBeUndefined();
	expect(wordsAtLogin(transport, undefined)).toBeUndefined();
});
