import {operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import {type Action, type Draft, verdict} from './action.ts';
import {usualListenAddress} from './swarm-init.ts';
import {init, join} from './swarm-messages.ts';
import {engineName, type SwarmSubject} from './swarm-subject.ts';
import {unversioned} from './write.ts';

export type JoinSwarmIntent = {
	readonly action: 'swarm.join';
	/** Whoever has it can join: it is sent, and told nobody. */
	readonly token: string;
	/** Of a manager. */
	readonly address: string;
	/** '' is the engine's own choice. */
	readonly advertiseAddress: string;
	readonly listenAddress: string;
} & SwarmSubject;

/** Lets the engine on the screen join a swarm. */
export const swarmJoin: Action<JoinSwarmIntent, never> = {
	verb: () => 'Join',
	plan,
	command: (intent) => ({
		...wholeCommand('docker', 'swarm', 'join', ...flagsOf(intent), '--token', 'TOKEN', ...operands(intent.address)),
		note: join.hidden,
	}),
	send: async ({token, address, advertiseAddress, listenAddress}, {client}) =>
		unversioned(
			await client.membership.join({
				ListenAddr: listenAddress || usualListenAddress,
				AdvertiseAddr: advertiseAddress,
				RemoteAddrs: [withPort(address)],
				JoinToken: token,
				Availability: 'active',
			}),
		),
	judge(_, {connection}) {
		if (connection.state === 'connected') return verdict('converged', 1, 1, join.asManager);
		// A worker knows nothing of the swarm: that is all that can be seen of it from here.
		if (connection.state === 'lost' && connection.reason === 'worker') return verdict('converged', 1, 1, join.asWorker);
		return verdict('running', 0, 1, join.joining);
	},
	audited: ({token: _, ...rest}) => rest,
};

function plan(intent: JoinSwarmIntent, state: ClusterState): Draft<never> {
	const title = join.title(engineName(state));
	const {token, address} = intent;
	if (state.connection.state === 'connected') return {title, refusal: init.already};
	if (token === '') return {title, refusal: join.noToken};
	if (address === '') return {title, refusal: join.noAddress};
	return {title, lines: [join.asks(withPort(address)), join.tokenDecides, init.ports]};
}

const flagsOf = ({advertiseAddress, listenAddress}: JoinSwarmIntent): string[] => [
	...(advertiseAddress === '' ? [] : ['--advertise-addr', advertiseAddress]),
	...(listenAddress === '' || listenAddress === usualListenAddress ? [] : ['--listen-addr', listenAddress]),
];

/** Managers listen on 2377 unless told otherwise; an IPv6 address has its port behind brackets. */
export function withPort(address: string): string {
	if (address === '' || /^\[.*\]:\d+$/.test(address)) return address;
	if (/^\[.*\]$/.test(address)) return `${address}:2377`;
	const colons = address.split(':').length - 1;
	if (colons > 1) return `[${address}]:2377`;
	return colons === 1 ? address : `${address}:2377`;
}
