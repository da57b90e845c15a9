import type {SshTransport} from '../connection/endpoint.ts';
import {knownHostName, type SshError, sshCommand, sshName} from '../connection/ssh.ts';
import {toSafeText} from '../text/safe-text.ts';
import {type EngineError, type EngineErrorKind, engineError} from './error.ts';

type Rule = {
	readonly pattern: RegExp;
	readonly kind: EngineErrorKind;
	readonly message: (host: string) => string;
	readonly nextStep: (transport: SshTransport) => string;
};

const tryByHand = (transport: SshTransport) => `Try it in a shell: ${sshCommand(transport)} docker version.`;

/** What OpenSSH, the far shell and the far docker say, in the order in which they can fail. */
const rules: readonly Rule[] = [
	{
		pattern: /Could not resolve hostname/i,
		kind: 'host-unknown',
		message: (host) => `ssh doesn't know the host ${host}.`,
		nextStep: () => 'Check the name, or add it to ~/.ssh/config.',
	},
	{
		pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|host key for .* has changed/i,
		kind: 'ssh-failed',
		message: (host) =>
			`The host key of ${host} has changed since ssh saw it last: it is another host, or it has new keys.`,
		nextStep: (transport) =>
			`Ask whoever runs it. If the key is rightly new: ssh-keygen -R '${knownHostName(transport)}', then ${sshCommand(transport)}.`,
	},
	{
		pattern: /Host key verification failed|No \S+ host key is known|authenticity of host .* can't be established/i,
		kind: 'ssh-failed',
		message: (host) => `ssh doesn't know the host key of ${host} yet.`,
		nextStep: (transport) => `Log in once by hand and compare the key: ${sshCommand(transport)}.`,
	},
	{
		// ssh got through; it is the far docker that may not open its socket (20.10 and 28 in their own words).
		pattern: /permission denied while trying to connect to the docker|dial unix .*permission denied/i,
		kind: 'permission-denied',
		message: (host) => `ssh works, but the user on ${host} may not use Docker there.`,
		nextStep: (transport) =>
			`Add the user to the docker group: ${sshCommand(transport)} sudo usermod -aG docker ${transport.user ?? 'USER'}.`,
	},
	{
		pattern: /Permission denied|Too many authentication failures|No supported authentication/i,
		kind: 'permission-denied',
		message: (host) => `ssh may not log in to ${host}.`,
		nextStep: (transport) =>
			`swarmtop can't type a password: use a key that the agent holds (ssh-add), then ${sshCommand(transport)}.`,
	},
	{
		pattern: /Connection refused/i,
		kind: 'refused',
		message: (host) => `No ssh server listens on ${host}.`,
		nextStep: tryByHand,
	},
	{
		pattern: /timed out|No route to host|Network is unreachable/i,
		kind: 'unreachable',
		message: (host) => `ssh can't reach ${host}.`,
		nextStep: () => 'Check that the host is up, and the route and firewalls between.',
	},
	{
		pattern: /docker: (command )?not found|docker: No such file/i,
		kind: 'ssh-failed',
		message: (host) => `There is no docker command on ${host}.`,
		nextStep: () => 'Install the docker CLI there, or put it into the PATH of non-interactive shells.',
	},
	{
		pattern: /is not a docker command|unknown command|unknown flag/i,
		kind: 'engine-too-old',
		message: (host) => `The docker command on ${host} is too old for ssh.`,
		nextStep: () => 'It needs 18.09 or newer (docker system dial-stdio).',
	},
	{
		pattern: /Cannot connect to the Docker daemon|no such file or directory|failed to dial/i,
		kind: 'refused',
		message: (host) => `ssh works, but no engine answers on ${host}.`,
		nextStep: (transport) => `Start it: ${sshCommand(transport)} sudo systemctl start docker.`,
	},
];

/** Which of the many ways in which ssh can fail it was, told from its own words. */
export function sshProblem({stderr, exitCode}: SshError, transport: SshTransport): EngineError {
	const host = sshName(transport);
	const words = lastWords(stderr);
	const engineMessage = toSafeText(words);
	const rule = rules.find(({pattern}) => pattern.test(stderr));
	if (rule) return engineError(rule.kind, rule.message(host), rule.nextStep(transport), {engineMessage});
	const ending = exitCode === undefined ? 'was ended by a signal' : `ended with ${exitCode}`;
	return engineError('ssh-failed', `ssh to ${host} ${ending}${words && `: ${words}`}.`, tryByHand(transport), {
		engineMessage,
	});
}

/** ssh has not got through within the time that it has. */
export function slowLogin(transport: SshTransport, waitedMs: number): EngineError {
	return engineError(
		'timeout',
		`ssh to ${sshName(transport)} did not get through within ${Math.round(waitedMs / 1000)} s.`,
		tryByHand(transport),
	);
}

/**
 * Something else than an engine's answer came from the far side: the words that a shell there says at each login, which
 * belong to people alone. Undefined when what came is no text.
 */
export function wordsAtLogin(transport: SshTransport, bytes: Uint8Array | undefined): EngineError | undefined {
	const text = Buffer.from(bytes ?? []).toString('utf8');
	const line = text.split(/\r?\n/).find((each) => each.trim() !== '') ?? '';
	if (line === '' || line.includes('\u0000')) return undefined;
	const words = line.trim().slice(0, 120);
	return engineError(
		'ssh-failed',
		`${sshName(transport)} greets before the engine answers: “${words}”.`,
		'Let its shell print nothing to stdout unless it is interactive (~/.bashrc, ~/.profile, ForceCommand there).',
		{engineMessage: toSafeText(words)},
	);
}

/** The last line that says something; banners come before it. */
function lastWords(stderr: string): string {
	const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
	return (lines.at(-1) ?? '').trim().replace(/\.$/, '');
}
