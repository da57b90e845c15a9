import type {SafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';
import {nodeWord} from '../docker-command/names.ts';
import type {ClusterState} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {clusterNameOf, majorityOf, managersOf, quorumWithout, withRole} from '../quorum.ts';
import {type Draft, type Verdict, verdict} from './action.ts';
import {progress, role as words} from './messages.ts';
import {type NamedNode, nodeAction} from './node-action.ts';
import {quorumLines} from './quorum-lines.ts';

export type RoleIntent = {readonly action: 'node.role'; readonly nodeId: string; readonly role: NodeRole};

/** Makes a node a manager or a worker: what is left of the quorum afterwards is said with the arithmetic. */
export const nodeRole = nodeAction<RoleIntent>({
	verb: ({role}) => (role === 'manager' ? 'Promote' : 'Demote'),
	change: ({role}, spec) => ({...spec, Role: role}),
	planFor: ({role}, named, state, {contextName}) =>
		role === 'manager' ? planPromotion(named, state) : planDemotion(named, state, clusterNameOf(state, contextName)),
	partOf: (_, {Role}) => ({key: Role, words: words.a(Role)}),
	wanted: ({role}) => words.a(role),
	operand: ({nodeId, role}, state) => ({
		command: ['docker', 'node', role === 'manager' ? 'promote' : 'demote'],
		word: nodeWord(nodeId, state),
	}),
	judge: ({intent}, state) => judge(intent, state),
	after: ({nodeId, role}, state) => withRole(nodeId, role, state),
	// Managers come and go one by one: each changes what the next one may do to the quorum.
	settles: 'role',
	isOneByOne: true,
});

function planPromotion({node, name}: NamedNode, state: ClusterState): Draft<RoleIntent> {
	const title = words.promote(name);
	if (node.role === 'manager') return {title, refusal: words.already(name, 'manager')};
	if (node.state !== 'ready') {
		return {title, refusal: words.notReady(name, node.state)};
	}
	const after = withRole(node.id, 'manager', state);
	return {
		title,
		lines: [...goodNumbers(after), words.keepsTaking],
		quorum: () => quorumLines(state, after),
		consent: {kind: 'dialog'},
		undo: {action: 'node.role', nodeId: node.id, role: 'worker'},
	};
}

/** Why 3 and 5 are good and 4 isn't, for whoever is about to make it 4. */
function goodNumbers(after: ClusterState): PlanLine[] {
	const managers = managersOf(after.nodes.values()).length;
	if (managers % 2 === 1) return [];
	const numbers = [managers - 1, managers, managers + 1];
	return [words.oddIsBetter(numbers.map((members) => words.tolerates(members, members - majorityOf(members))))];
}

function planDemotion({node, name}: NamedNode, state: ClusterState, clusterName: SafeText): Draft<RoleIntent> {
	const title = words.demote(name);
	if (node.role === 'worker') return {title, refusal: words.already(name, 'worker')};
	const members = managersOf(state.nodes.values());
	if (members.length <= 1) {
		return {title, refusal: words.isLast(name)};
	}
	const left = quorumWithout(state.nodes.values(), node.id);
	const after = withRole(node.id, 'worker', state);
	const lines: PlanLine[] = [
		// Engines refuse it too, as long as they can count; typing the cluster's name sends it all the same.
		...(left.isAllowed ? [] : [words.losesQuorum(name, left), words.noQuorum]),
		...goodNumbers(after),
		...(node.manager?.isLeader ? [words.isLeader(name)] : []),
		words.keeps,
	];
	return {
		title,
		lines,
		quorum: () => quorumLines(state, after),
		consent: left.isAllowed ? {kind: 'dialog'} : {kind: 'typed', word: clusterName},
		undo: {action: 'node.role', nodeId: node.id, role: 'manager'},
	};
}

function judge({nodeId, role}: RoleIntent, state: ClusterState): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, progress.nodeGone);
	if (role === 'manager') {
		return node.manager?.reachability === 'reachable'
			? verdict('converged', 1, 1, words.promoted)
			: verdict('running', 0, 1, words.promoting);
	}
	return node.manager || node.role !== 'worker'
		? verdict('running', 0, 1, words.demoting)
		: verdict('converged', 1, 1, words.demoted);
}
