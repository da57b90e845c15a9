import {expect, it} from 'vitest';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {SshError} from '../../source/connection/ssh.ts';
import {sshProblem} from '../../source/engine/ssh-errors.ts';
import {toSafeText} from '../../source/text/safe-text.ts';

const endpoint: Endpoint = {
	url: toSafeText('ssh://me@manager'),
	origin: {kind: 'flag'},
	transport: {kind: 'ssh', user: 'me', host: 'manager', port: undefined, socketPath: undefined},
};

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
	const error = sshProblem(new SshError(`Welcome!\n${stderr}\n`, exitCode), endpoint);
	expect(error.kind).toBe(kind);
	expect(error.message).toContain('me@manager');
	expect(error.nextStep).not.toBe('');
	expect(stderr).toContain(error.engineMessage);
});
