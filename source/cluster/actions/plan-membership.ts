import {plural} from '../../text/format.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';
import type {Intent, PlanLine} from '../intent.ts';
import type {ClusterState, NodeEntity} from '../model.ts';
import {majorityOf, managersOf, quorumOf, quorumWithout} from '../quorum.ts';
import {type Draft, line} from './draft.ts';
import {movingLines} from './plan-drain.ts';

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
	const after = managersOf(state.nodes.values()).length + 1;
	return {
		title,
		lines: [
			line('plain', safe`${plural(after, 'manager')} afterwards; ${after - majorityOf(after)} of them may fail.`),
			...evenHint(after),
		],
		undo: {action: 'node.role', nodeId: node.id, role: 'worker'},
	};
}

export function planDemotion(node: NodeEntity, name: SafeText, state: ClusterState): Draft {
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
	if (!left.isAllowed) {
		return {
			title,
			refusal: safe`Without ${name} ${plural(left.managers, 'manager')} would be left, of which ${left.needed} must be reachable and ${left.reachable} ${are(left.reachable)}: the swarm would lose its quorum. Bring the other managers back first.`,
		};
	}
	const lines: PlanLine[] = [
		line(
			left.tolerated > 0 ? 'plain' : 'warning',
			safe`${plural(left.managers, 'manager')} left; ${left.tolerated === 0 ? safe`none` : safe`${left.tolerated}`} may fail then.`,
		),
		...evenHint(left.managers),
		...(node.manager?.isLeader
			? [line('warning', safe`${name} leads: another manager takes over, which takes a few seconds.`)]
			: []),
		line('plain', safe`Its tasks stay.`),
	];
	return {title, lines, consent: {kind: 'dialog'}, undo: {action: 'node.role', nodeId: node.id, role: 'manager'}};
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
		lines: [line('danger', safe`The swarm forgets ${name}; to come back it must join anew, under a new ID.`)],
		consent: {kind: 'dialog'},
	};
}

const are = (count: number): SafeText => (count === 1 ? safe`is` : safe`are`);

/** Four managers bear the loss of one, as three do, and are one more to lose. */
function evenHint(managers: number): PlanLine[] {
	if (managers % 2 === 1) return [];
	const fewer = managers - 1;
	return [
		line(
			'warning',
			safe`An even number: ${managers} managers bear no more losses than ${fewer}. 3 and 5 are good numbers.`,
		),
	];
}
