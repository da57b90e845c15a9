import os from 'node:os';
import type {Endpoint} from '../connection/endpoint.ts';
import {socketOwner} from '../connection/socket-owner.ts';
import {NoSshProgramError, SshError} from '../connection/ssh.ts';
import {ReadOnlyError} from './agent.ts';
import type {Deadline, DeadlineEnding} from './deadline.ts';
import {type EngineError, engineError} from './error.ts';
import {slowLogin, sshProblem, wordsAtLogin} from './ssh-errors.ts';
import {tlsProblem} from './tls-errors.ts';

/**
 * Why a request got no answer, or broke off in the middle of one. Looks at the socket's owner where that helps. A cause
 * that is no connection's but a mistake in the program is thrown on.
 */
export async function connectionError(cause: unknown, endpoint: Endpoint, deadline: Deadline): Promise<EngineError> {
	const {transport} = endpoint;
	if (deadline.ending !== undefined) return givenUp(deadline.ending, deadline, endpoint);
	if (cause instanceof ReadOnlyError) {
		return engineError('read-only', 'Nothing was sent: swarmtop is read-only.', 'Start it without --read-only.');
	}
	if (cause instanceof SshError && transport.kind === 'ssh') return sshProblem(cause, transport);
	if (cause instanceof NoSshProgramError) {
		return engineError('ssh-failed', 'There is no ssh program here.', 'Install the OpenSSH client.');
	}
	const {code, message} = cause as NodeJS.ErrnoException;
	// Sockets, TLS, HTTP and ssh all name their errors by a code; what has none is a mistake in the program.
	if (code === undefined) throw cause;
	if (code === 'EACCES' || code === 'EPERM') return permissionDenied(endpoint);
	const greeted = transport.kind === 'ssh' && code.startsWith('HPE_');
	return (
		(greeted ? wordsAtLogin(transport, (cause as {rawPacket?: Uint8Array}).rawPacket) : undefined) ??
		socketProblem(code, endpoint) ??
		tlsProblem(cause as Error, endpoint) ??
		engineError(
			'connection-lost',
			`The connection to ${endpoint.url} broke off (${message}).`,
			'Is the engine restarting? Try again.',
		)
	);
}

function givenUp(ending: DeadlineEnding, deadline: Deadline, {url, transport}: Endpoint): EngineError {
	switch (ending) {
		case 'aborted':
			return engineError('aborted', 'The request was cancelled.', '');
		case 'overdue':
			return engineError(
				'timeout',
				`The engine at ${url} was still answering after ${deadline.wholeMs / 1000} s.`,
				'It is overloaded, or the line to it is: look at its host, or try again.',
			);
		case 'login':
			if (transport.kind === 'ssh') return slowLogin(transport, deadline.ageMs);
			break;
		case 'timeout':
			break;
		default:
			ending satisfies never;
	}
	return engineError(
		'timeout',
		`The engine at ${url} did not answer within ${deadline.timeoutMs / 1000} s.`,
		'It may hang or be overloaded: look at its host, or try again.',
	);
}

function socketProblem(code: string, endpoint: Endpoint): EngineError | undefined {
	const {url, transport} = endpoint;
	const isLocal = transport.kind === 'unix';
	switch (code) {
		case 'ENOENT':
			return engineError('no-socket', `There is no Docker socket at ${url}.`, whereToLook(endpoint));
		case 'EINVAL':
			return engineError(
				'no-socket',
				`The socket's path is longer than the system allows: ${url}.`,
				'Use a shorter one.',
			);
		case 'ECONNREFUSED':
			return engineError(
				'refused',
				`Nothing listens at ${url}.`,
				isLocal
					? 'The engine is not running: systemctl start docker.'
					: 'Is the engine running there, and does it listen on that port? ssh://user@host needs no open port.',
			);
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return engineError(
				'host-unknown',
				`The host name of ${url} can't be resolved.`,
				'Check the name, or use its address.',
			);
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'EHOSTDOWN':
		case 'ETIMEDOUT':
			return engineError(
				'unreachable',
				`The network does not lead to ${url}.`,
				'Check that the host is up, and the route and firewalls between.',
			);
		default:
			return undefined;
	}
}

async function permissionDenied({url, transport}: Endpoint): Promise<EngineError> {
	const owner = transport.kind === 'unix' ? await socketOwner(transport.path) : undefined;
	const me = userName();
	if (!owner) {
		return engineError(
			'permission-denied',
			`${me} may not open ${url}.`,
			'Its directory is closed too: ask the owner of the socket, or run as root.',
		);
	}
	const message = `${me} may not open ${url}: it belongs to ${owner.user} and the group ${owner.group}.`;
	// The docker group is as good as root; a socket of group root was never meant to be shared.
	const nextStep =
		owner.group === 'root'
			? `Run as ${owner.user}.`
			: `Join the group: sudo usermod -aG ${owner.group} ${me}, then log in again; or run as ${owner.user}.`;
	return engineError('permission-denied', message, nextStep);
}

function userName(): string {
	try {
		return os.userInfo().username;
	} catch {
		// A user ID without an entry in /etc/passwd, as containers have them.
		return `User ${process.getuid?.() ?? ''}`.trim();
	}
}

function whereToLook({origin}: Endpoint): string {
	switch (origin.kind) {
		case 'flag':
			return 'Check the path given with -H, and that the engine runs: systemctl status docker.';
		case 'environment':
			return 'Check DOCKER_HOST, and that the engine runs: systemctl status docker.';
		case 'context':
			return `Check the docker context "${origin.name}": docker context inspect ${origin.name}.`;
		case 'default':
			return 'Is Docker running here? Otherwise name an engine, swarmtop -H ssh://user@manager, or try swarmtop --demo.';
		case 'node':
			return 'Is the engine of that node running? systemctl status docker there.';
		default:
			return origin satisfies never;
	}
}
