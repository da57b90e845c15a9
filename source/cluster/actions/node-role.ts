import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';
import {nodeWord} from '../docker-command/names.ts';
import type {ClusterState} from '../model.ts';
import {line, type PlanLine} from '../plan-line.ts';
import {clusterNameOf, majorityOf, managersOf, quorumWithout, withRole} from '../quorum.ts';
import {type Draft, type Verdict, verdict} from './action.ts';
import {type NamedNode, nodeAction} from './node-action.ts';
import {quorumLines} from './quorum-lines.ts';

export type RoleIntent = {readonly action: 'node.role'; readonly nodeId: string; readonly role: NodeRole};

/** Makes a node a manager or a worker: what is left of the quorum afterwards is said with the arithmetic. */
export const nodeRole = nodeAction<RoleIntent>({
	verb: ({role}) => (role === 'manager' ? 'Promote' : 'Demote'),
	change: ({role}, spec) => ({...spec, Role: role}),
	planFor: ({role}, named, state, {contextName}) =>
		role === 'manager' ? planPromotion(named, state) : planDemotion(named, state, clusterNameOf(state, contextName)),
	partOf: (_, {Role}) => ({key: Role, words: roleWords(Role)}),
	wanted: ({role}) => roleWords(role),
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

const roleWords = (role: NodeRole): SafeText => safe`a ${toSafeText(role)}`;

function planPromotion({node, name}: NamedNode, state: ClusterState): Draft<RoleIntent> {
	const title = safe`Promote ${name} to a manager`;
	if (node.role === 'manager') return {title, refusal: safe`${name} is a manager already.`};
	if (node.state !== 'ready') {
		return {
			title,
			refusal: safe`${name} is ${node.state as SafeText}: a manager that can't be reached only makes the quorum harder to keep.`,
		};
	}
	const after = withRole(node.id, 'manager', state);
	return {
		title,
		lines: [...goodNumbers(after), line('plain', safe`Its tasks stay, and it keeps taking new ones.`)],
		quorum: () => quorumLines(state, after),
		consent: {kind: 'dialog'},
		undo: {action: 'node.role', nodeId: node.id, role: 'worker'},
	};
}

/** Why 3 and 5 are good and 4 isn't, for whoever is about to make it 4. */
function goodNumbers(after: ClusterState): PlanLine[] {
	const managers = managersOf(after.nodes.values()).length;
	if (managers % 2 === 1) return [];
	const [fewer, more] = [managers - 1, managers + 1];
	const bears = (members: number): SafeText =>
		safe`${members} managers tolerate the loss of ${members - majorityOf(members)}`;
	return [
		line(
			'warning',
			safe`${bears(fewer)}, ${bears(managers)}, ${bears(more)}: a majority must remain, so an even number only adds one more that can fail. Use 3 or 5.`,
		),
	];
}

function planDemotion({node, name}: NamedNode, state: ClusterState, clusterName: SafeText): Draft<RoleIntent> {
	const title = safe`Demote ${name} to a worker`;
	if (node.role === 'worker') return {title, refusal: safe`${name} is a worker already.`};
	const members = managersOf(state.nodes.values());
	if (members.length <= 1) {
		return {
			title,
			refusal: safe`${name} is the last manager: without it there is no swarm. Promote another node first.`,
		};
	}
	const left = quorumWithout(state.nodes.values(), node.id);
	const after = withRole(node.id, 'worker', state);
	const lines: PlanLine[] = [
		...(left.isAllowed ? [] : lossLines(name, left)),
		...goodNumbers(after),
		...(node.manager?.isLeader
			? [line('warning', safe`${name} leads: another manager takes over, which takes a few seconds.`)]
			: []),
		line('plain', safe`Its tasks stay.`),
	];
	return {
		title,
		lines,
		quorum: () => quorumLines(state, after),
		consent: left.isAllowed ? {kind: 'dialog'} : {kind: 'typed', word: clusterName},
		undo: {action: 'node.role', nodeId: node.id, role: 'manager'},
	};
}

/** Engines refuse it too, as long as they can count; typing the cluster's name sends it all the same. */
function lossLines(name: SafeText, left: ReturnType<typeof quorumWithout>): PlanLine[] {
	return [
		line(
			'danger',
			safe`Without ${name} ${plural(left.managers, 'manager')} would be left, of which ${left.needed} must be reachable and ${left.reachable} ${are(left.reachable)}: the swarm would lose its quorum. Bring the other managers back first.`,
		),
		line(
			'danger',
			safe`Without a quorum nothing can be changed: tasks keep running, but failed ones are not replaced.`,
		),
	];
}

const are = (count: number): SafeText => (count === 1 ? safe`is` : safe`are`);

function judge({nodeId, role}: RoleIntent, state: ClusterState): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, safe`the node is gone`);
	if (role === 'manager') {
		return node.manager?.reachability === 'reachable'
			? verdict('converged', 1, 1, safe`a reachable manager`)
			: verdict('running', 0, 1, safe`joining the managers`);
	}
	return node.manager || node.role !== 'worker'
		? verdict('running', 0, 1, safe`leaving the managers`)
		: verdict('converged', 1, 1, safe`a worker`);
}
