import {plural} from '../../text/format.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';
import type {Intent, PlanLine} from '../intent.ts';
import type {ClusterState, NodeEntity} from '../model.ts';
import {majorityOf, managersOf, quorumOf, quorumWithout, withRole} from '../quorum.ts';
import {type Draft, line} from './draft.ts';
import {movingLines} from './plan-drain.ts';
import {quorumLines} from './quorum-lines.ts';

/** Plans that touch who manages the swarm: what is left of the quorum afterwards, with the arithmetic. */

export function planPromotion(node: NodeEntity, name: SafeText, state: ClusterState): Draft {
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

export function planDemotion(node: NodeEntity, name: SafeText, state: ClusterState, clusterName: SafeText): Draft {
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

export function planNodeRemoval(
	{force}: Extract<Intent, {action: 'node.remove'}>,
	node: NodeEntity,
	name: SafeText,
	state: ClusterState,
): Draft {
	const title = force ? safe`Remove node ${name} by force` : safe`Remove node ${name}`;
	if (node.manager || node.role === 'manager') {
		const quorum = quorumOf(state.nodes.values());
		const arithmetic = quorum ? safe` (${quorum.managers} managers, ${quorum.needed} needed)` : safe``;
		return {title, refusal: safe`${name} is a manager${arithmetic}: demote it first, then remove it.`};
	}
	if (node.state === 'ready' && !force) {
		return {
			title,
			refusal: safe`${name} is up, and only a node that is down can be removed: drain it, then run docker swarm leave on it.`,
		};
	}
	return {
		title,
		moving: () => movingLines(node, state),
		lines: [line('danger', safe`The swarm forgets ${name}; to come back it must join again, with a new ID.`)],
		consent: {kind: 'dialog'},
	};
}

const are = (count: number): SafeText => (count === 1 ? safe`is` : safe`are`);
