import {toSafeText} from '../text/safe-text.ts';
import type {EngineError} from './error.ts';

/**
 * Why an engine could not begin, join, leave or unlock a swarm: what its words mean, and what to do. The wordings are
 * moby's, swarmkit's and Go's; what is not known here keeps the engine's own words.
 */

/** What has to be open between the nodes of a swarm. */
const swarmPorts = '2377/tcp to the managers, 7946/tcp and 7946/udp between all nodes, 4789/udp between all nodes';

type Meaning = {
	readonly words: RegExp;
	/** `found` are the groups of `words`. */
	readonly tell: (found: readonly string[]) => readonly [message: string, nextStep: string];
};

export const initProblem = (error: EngineError): EngineError => meant(error, [...memberWords, ...addressWords]);

/** @param manager the address that it was to join, as it was given */
export const joinProblem = (error: EngineError, manager: string): EngineError =>
	meant(error, [...memberWords, ...tokenWords, ...wayWords(manager), ...addressWords]);

export const leaveProblem = (error: EngineError): EngineError => meant(error, leaveWords);

export const unlockProblem = (error: EngineError): EngineError => meant(error, unlockWords);

function meant(error: EngineError, meanings: readonly Meaning[]): EngineError {
	// What was said of the whole swarm is told by its kind; the engine's words are gone then.
	const said = error.engineMessage ?? error.message;
	for (const {words, tell} of meanings) {
		const found = words.exec(said);
		if (!found) continue;
		const [message, nextStep] = tell(found.slice(1).map((group) => group ?? ''));
		// Its sentence says all of it: the engine's own words behind it would be noise.
		const {engineMessage: _, ...rest} = error;
		return {...rest, kind: kindOf(error), message: toSafeText(message), nextStep: toSafeText(nextStep)};
	}
	return error;
}

/** A refusal says nothing of the way to this engine, whatever it says of the way to another one. */
const kindOf = ({kind}: EngineError): EngineError['kind'] =>
	kind === 'no-leader' || kind === 'engine-failed' || kind === 'conflict' ? 'rejected' : kind;

const memberWords: readonly Meaning[] = [
	{
		words: /already part of a swarm/,
		tell: () => ['This engine is in a swarm already.', 'Let it leave that one first, or use the swarm that it is in.'],
	},
];

const tokenWords: readonly Meaning[] = [
	{
		words: /A valid join token is necessary/,
		tell: () => [
			'The swarm refused the token: it is not one of its tokens, or was rotated since it was copied.',
			'Copy the present one on a manager (docker swarm join-token worker), and paste all of it.',
		],
	},
	{
		words: /^invalid join token/i,
		tell: () => ['This is no join token.', 'A token looks like SWMTKN-1-…-…: paste all of it.'],
	},
	{
		words: /remote CA does not match fingerprint/,
		tell: () => [
			'The token belongs to another swarm, or to this one before its root certificate was rotated.',
			'Copy the present token on a manager of the swarm that it is to join.',
		],
	},
	{
		words: /certificate has expired or is not yet valid(?:: current time (\S+) is (before|after))?/,
		tell: ([, side]) =>
			side === 'before'
				? [
						"The swarm's certificate is not valid yet by the clock of this machine: the clock is slow.",
						'Set the clock (timedatectl), then join again.',
					]
				: [
						"The swarm's certificate has expired, or the clock of this machine is fast.",
						'Compare the clocks first; if they agree, rotate the root certificate on a manager (docker swarm ca --rotate), and join with the new token.',
					],
	},
	{
		words: /x509: |tls: |certificate signed by unknown authority/,
		tell: () => [
			"The manager's certificate could not be verified.",
			'Check that the address is that of a manager of the swarm whose token this is.',
		],
	},
];

const wayWords = (manager: string): readonly Meaning[] => [
	{
		words: /Timeout was reached before node joined/,
		tell: () => [
			`No manager answered at ${manager} within 20 s; the engine goes on trying.`,
			`Check the address, and that the firewall lets through ${swarmPorts}. To give up, let this engine leave.`,
		],
	},
	{
		words: /connection refused/,
		tell: () => [
			`Nothing listens at ${manager}: no manager is there, or its swarm uses another port.`,
			'Take the address from docker node ls or docker swarm join-token on a manager; managers listen on 2377/tcp unless told otherwise.',
		],
	},
	{
		words: /no route to host|network is unreachable|host is down|connection reset|EOF/,
		tell: () => [
			`${manager} can't be reached from this machine.`,
			`Check the address, and that the firewall lets through ${swarmPorts}.`,
		],
	},
	{
		words: /lookup (\S+?)(?: on \S+)?: (?:no such host|server misbehaving|Temporary failure)|lookup (\S+?):/,
		tell: ([name, other]) => [
			`This machine can't resolve the name ${name || other}.`,
			'Give the IP address of a manager, with its port: 10.0.0.1:2377.',
		],
	},
	{
		words: /does not have a leader|has no leader|DeadlineExceeded|context deadline exceeded|no elected primary/,
		tell: () => [
			`The manager at ${manager} answers, but its swarm has no leader now.`,
			'Bring its managers back until more than half of them are up, then join again.',
		],
	},
	{
		words: /invalid remoteAddr|at least 1 RemoteAddr/,
		tell: () => [
			manager === '' ? 'No address of a manager is given.' : `${manager} is not an address.`,
			'Give the address of a manager, with its port: 10.0.0.1:2377.',
		],
	},
];

const addressWords: readonly Meaning[] = [
	{
		words: /multiple addresses on (?:interface|different interfaces)[^(]*\(([^)]*)\)/,
		tell: ([addresses]) => [
			`This machine has several addresses (${addresses}), and the engine does not choose among them.`,
			'Name the one under which the other nodes reach it as the address to advertise.',
		],
	},
	{
		words: /could not find the system's IP address|must specify a listening address/,
		tell: () => [
			'The engine finds no address of this machine to advertise.',
			'Name one under which the other nodes reach it.',
		],
	},
	{
		words: /^(advertise|data path|listen) address must be/i,
		tell: ([which]) => [
			`The ${which === 'advertise' ? 'address to advertise' : `${which} address`} is neither an IP address nor a network interface of this machine.`,
			which === 'advertise' || which === 'listen'
				? 'Give an address (10.0.0.1), one with a port (10.0.0.1:2377), or the name of an interface (eth0).'
				: 'Give an address without a port (10.0.0.1), or the name of an interface (eth0).',
		],
	},
	{
		words: /address already in use/,
		tell: () => [
			'Another program on this machine listens on the port of the swarm already.',
			'End that program (ss -ltnp shows it), or choose another listen address, such as 0.0.0.0:2378.',
		],
	},
	{
		words: /cannot assign requested address/,
		tell: () => ['The listen address is none of this machine.', 'Give one of its own addresses, or 0.0.0.0:2377.'],
	},
	{
		words: /invalid CIDR|(?:address )?pool|subnet size/i,
		tell: () => [
			'The engine refused the address pools for networks.',
			'A pool is a subnet such as 10.20.0.0/16; the size of its networks (24) must be larger than its own, and no two may overlap.',
		],
	},
	{
		words: /data path port/i,
		tell: () => ['The engine refused the data path port.', 'It must be between 1024 and 49151; docker uses 4789.'],
	},
];

const leaveWords: readonly Meaning[] = [
	{
		words: /Removing the last manager erases/,
		tell: () => [
			'This is the last manager: leaving erases the swarm with its services, secrets, configs and networks.',
			'Leave with --force if that is meant.',
		],
	},
	{
		words: /participating as a manager/,
		tell: () => [
			'This engine is a manager: it leaves only with --force, and the others go on counting it for their quorum.',
			'Demote it first, or leave with --force.',
		],
	},
	{
		words: /encrypted and locked/,
		tell: () => ['This manager is locked.', 'Unlock it first, or leave with --force.'],
	},
	{
		words: /not part of a swarm|not in a swarm/,
		tell: () => ['This engine is in no swarm: there is nothing to leave.', ''],
	},
];

const unlockWords: readonly Meaning[] = [
	{
		words: /invalid key provided/,
		tell: () => [
			'This key does not unlock it: it is that of another swarm, or was rotated since it was written down.',
			'Another manager that is not locked shows the present key: docker swarm unlock-key.',
		],
	},
	{
		words: /invalid key string/,
		tell: () => ['This is no unlock key.', 'A key begins with SWMKEY-1- : paste all of it.'],
	},
	{
		words: /not locked/,
		tell: () => ['This engine is not locked.', ''],
	},
];
