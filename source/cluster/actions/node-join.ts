import {type EngineError, engineError} from '../../engine/error.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import {type Action, type Applied, type Draft, type Sending, type Verdict, verdict} from './action.ts';
import {nameOfNew} from './new-object.ts';
import {quorumLines} from './quorum-lines.ts';
import {usualListenAddress} from './swarm-init.ts';
import {init, join, nodeJoin} from './swarm-messages.ts';
import {managerAddress} from './swarm-subject.ts';

export type JoinNodeIntent = {
	readonly action: 'node.join';
	/** The ID of a node that is not there yet: it holds the machine's name. */
	readonly nodeId: string;
	readonly role: NodeRole;
	/** The machine, by the name under which its engine is reached. */
	readonly machine: string;
	/** What the docker CLI takes for its engine. */
	readonly dockerHost: string;
};

/** Lets the engine of another machine, to which a way leads, join the swarm on the screen: done there, with the present token. */
export const joinNode: Action<JoinNodeIntent, never> = {
	verb: () => 'Join',
	plan,
	command({dockerHost}, state) {
		const address = managerAddress(state) ?? '';
		const words = ['docker', '-H', dockerHost, 'swarm', 'join', '--token', 'TOKEN', ...operands(address)];
		return {...wholeCommand(...words), note: join.hidden};
	},
	send,
	judge: ({intent}, state) => judge(intent, state),
	settles: 'role',
	isOneByOne: true,
};

function plan({machine, role}: JoinNodeIntent, state: ClusterState): Draft<never> {
	const name = toSafeText(machine);
	const title = nodeJoin.title(name, role);
	const manager = managerAddress(state);
	if (manager === undefined) return {title, refusal: nodeJoin.noManager};
	return {
		title,
		lines: [nodeJoin.asks(name, manager), nodeJoin.takesTasks, init.ports],
		...(role === 'manager' && {quorum: () => quorumLines(state, withNewManager(state, machine))}),
		consent: {kind: 'dialog'},
	};
}

/** The state once the machine is a member of raft: what the arithmetic reckons with. */
function withNewManager(state: ClusterState, machine: string): ClusterState {
	const [some] = state.nodes.values();
	if (!some) return state;
	const id = `new ${machine}`;
	const manager = {isLeader: false, reachability: 'reachable', address: toSafeText('')} as const;
	const node = {...some, id, name: toSafeText(machine), role: 'manager', state: 'ready', manager} as const;
	return {...state, nodes: new Map(state.nodes).set(id, node)};
}

async function send(
	{machine, role}: JoinNodeIntent,
	{client, machines}: Sending,
): Promise<Result<Applied, EngineError>> {
	const [swarm, info] = await Promise.all([client.membership.inspect(), client.info()]);
	if (!swarm.ok) return swarm;
	if (!info.ok) return info;
	const {NodeID: own, RemoteManagers} = info.value.Swarm;
	const managers = RemoteManagers ?? [];
	const address = (managers.find(({NodeID}) => NodeID === own) ?? managers[0])?.Addr;
	if (!machines || address === undefined)
		return failed(engineError('unreachable', nodeJoin.noWay(machine), nodeJoin.noWayNext));
	return machines.use(machine, async (engine): Promise<Result<Applied, EngineError>> => {
		const before = await engine.info();
		if (!before.ok) return before;
		if (before.value.Swarm.LocalNodeState !== 'inactive')
			return failed(engineError('conflict', nodeJoin.isMember(machine), nodeJoin.isMemberNext));
		const joined = await engine.membership.join({
			ListenAddr: usualListenAddress,
			RemoteAddrs: [address],
			JoinToken: role === 'manager' ? swarm.value.JoinTokens.Manager : swarm.value.JoinTokens.Worker,
			Availability: 'active',
		});
		if (!joined.ok) return joined;
		const after = await engine.info();
		return after.ok ? ok({version: 0, createdId: after.value.Swarm.NodeID}) : after;
	});
}

function judge({nodeId, role}: JoinNodeIntent, state: ClusterState): Verdict {
	const node = state.nodes.get(nodeId);
	const isThere =
		nameOfNew(nodeId) === undefined &&
		node?.state === 'ready' &&
		(role === 'worker' || node.manager?.reachability === 'reachable');
	return isThere ? verdict('converged', 1, 1, nodeJoin.joined(role)) : verdict('running', 0, 1, nodeJoin.joining);
}
