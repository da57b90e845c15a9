import type {Endpoint} from '../connection/endpoint.ts';
import type {SshError} from '../connection/ssh.ts';
import {toSafeText} from '../text/safe-text.ts';
import {type EngineError, type EngineErrorKind, engineError} from './error.ts';

type Rule = {
	readonly pattern: RegExp;
	readonly kind: EngineErrorKind;
	readonly message: (host: string) => string;
	readonly nextStep: (host: string) => string;
};

const tryByHand = (host: string) => `Try it in a shell: ssh ${host} docker version.`;

/** What OpenSSH, the far shell and the far docker say, in the order in which they can fail. */
const rules: readonly Rule[] = [
	{
		pattern: /Could not resolve hostname/i,
		kind: 'host-unknown',
		message: (host) => `ssh doesn't know the host ${host}.`,
		nextStep: () => 'Check the name, or add it to ~/.ssh/config.',
	},
	{
		pattern: /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/i,
		kind: 'ssh-failed',
		message: (host) => `ssh doesn't trust the host key of ${host}.`,
		nextStep: (host) => `Log in once by hand and compare the key: ssh ${host}.`,
	},
	{
		pattern: /permission denied while trying to connect to the docker/i,
		kind: 'permission-denied',
		message: (host) => `The user on ${host} may not use Docker.`,
		nextStep: () => 'Add the user to the docker group there: sudo usermod -aG docker USER.',
	},
	{
		pattern: /Permission denied|Too many authentication failures|No supported authentication/i,
		kind: 'permission-denied',
		message: (host) => `ssh may not log in to ${host}.`,
		nextStep: (host) => `swarmtop can't type a password: use a key that the agent holds (ssh-add), then ssh ${host}.`,
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
		nextStep: (host) => `Start it: ssh ${host} sudo systemctl start docker.`,
	},
];

/** Which of the many ways in which ssh can fail it was, told from its own words. */
export function sshProblem({stderr, exitCode}: SshError, {transport}: Endpoint): EngineError {
	const host = transport.kind === 'ssh' ? sshTarget(transport) : '';
	const words = lastWords(stderr);
	const engineMessage = toSafeText(words);
	const rule = rules.find(({pattern}) => pattern.test(stderr));
	if (rule) return engineError(rule.kind, rule.message(host), rule.nextStep(host), {engineMessage});
	const ending = exitCode === undefined ? 'was ended by a signal' : `ended with ${exitCode}`;
	return engineError('ssh-failed', `ssh to ${host} ${ending}${words && `: ${words}`}.`, tryByHand(host), {
		engineMessage,
	});
}

function sshTarget({user, host}: {readonly user: string | undefined; readonly host: string}): string {
	return user === undefined ? host : `${user}@${host}`;
}

/** The last line that says something; banners come before it. */
function lastWords(stderr: string): string {
	const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
	return (lines.at(-1) ?? '').trim().replace(/\.$/, '');
}
