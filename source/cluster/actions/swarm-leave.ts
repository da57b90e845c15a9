import {wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import {clusterNameOf, isReachable, majorityOf, managersOf} from '../quorum.ts';
import {type Action, type Circumstances, type Draft, verdict} from './action.ts';
import {leave, noUndo} from './swarm-messages.ts';
import {engineName, type SwarmSubject} from './swarm-subject.ts';
import {unversioned} from './write.ts';

/** `force`: managers, and engines that are locked, leave in no other way. */
export type LeaveSwarmIntent = {readonly action: 'swarm.leave'; readonly force: boolean} & SwarmSubject;

/** Takes the engine on the screen out of its swarm: what that does to the quorum is said with the arithmetic. */
export const swarmLeave: Action<LeaveSwarmIntent, never> = {
	verb: () => 'Leave',
	plan,
	command: ({force}) => wholeCommand('docker', 'swarm', 'leave', ...(force ? ['--force'] : [])),
	send: async ({force}, {client}) => unversioned(await client.membership.leave({force})),
	judge: (_, {connection}) =>
		connection.state === 'lost' && connection.reason === 'not-in-swarm'
			? verdict('converged', 1, 1, leave.left)
			: verdict('running', 0, 1, leave.leaving),
};

function plan({force}: LeaveSwarmIntent, state: ClusterState, {contextName}: Circumstances): Draft<never> {
	const title = leave.title(engineName(state));
	const {connection, engine, nodes} = state;
	const reason = connection.state === 'lost' ? connection.reason : undefined;
	if (reason === 'not-in-swarm') return {title, refusal: leave.notMember};
	if (reason === 'pending') return {title, lines: [leave.giveUp], consent: {kind: 'dialog'}};
	if (!force) return {title, lines: [leave.tasksStop, leave.staysListed], consent: {kind: 'dialog'}};
	const typed = (word: typeof leave.forceWord) => ({kind: 'typed', word}) as const;
	if (reason === 'locked' || reason === 'expired')
		return {
			title,
			lines: [reason === 'locked' ? leave.locked : leave.expired, noUndo],
			consent: typed(leave.forceWord),
		};
	const members = managersOf(nodes.values());
	const others = members.filter(({id}) => id !== engine?.nodeId);
	const needed = majorityOf(members.length);
	const left = others.filter(isReachable).length;
	const name = clusterNameOf(state, contextName);
	if (others.length === 0) return {title, lines: [leave.erases(state.services.size), noUndo], consent: typed(name)};
	const isLost = left < needed;
	return {
		title,
		lines: [
			isLost
				? leave.losesQuorum(left, members.length, needed)
				: leave.othersKept(left, members.length, needed, left - needed),
			leave.demoteFirst,
			leave.tasksStop,
			leave.staysListed,
		],
		consent: typed(isLost ? name : leave.forceWord),
	};
}
