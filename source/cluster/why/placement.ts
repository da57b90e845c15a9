import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isWanted} from '../entities/health.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';
import {needsOf, obstaclesFor} from './obstacles.ts';
import type {Reasons} from './reasons.ts';

/** Why tasks find no place: the scheduler's words, what is needed, and what stands against each node. */

/** The same words of several tasks are said once. */
export function waitingReasons(tasks: readonly TaskEntity[]): Reasons {
	const byWords = new Map<SafeText, number>();
	for (const task of tasks) {
		if (task.state !== 'pending' || !isWanted(task.desired)) continue;
		const words = task.error === '' ? task.message : task.error;
		byWords.set(words, (byWords.get(words) ?? 0) + 1);
	}
	return [...byWords].map(([words, count]) => ['scheduler', safe`${plural(count, 'task')} pending: ${words}`]);
}

const namedAtMost = 8;

/** Only where something waits for a place, or should run and does not. Nodes of which the same is true share a line. */
export function placementReasons(service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Reasons {
	const {counts, replicas} = service;
	const isShort = counts !== undefined && counts.running < (replicas ?? counts.desired);
	if (!isShort && !tasks.some((task) => task.state === 'pending')) return [];
	const needs = needsOf(service);
	const obstacles = obstaclesFor(service, tasks, state);
	const byVerdict = new Map<SafeText, SafeText[]>();
	for (const node of [...state.nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const against = obstacles(node);
		const verdict = against.length === 0 ? toSafeText('fits') : safe`no: ${joinSafe(against, '; ')}`;
		byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), node.name]);
	}
	return [
		['needs', needs.length === 0 ? toSafeText('nothing but a node that takes tasks') : joinSafe(needs, ', ')],
		...[...byVerdict].map(([verdict, names]): Reasons[number] => [
			names.length === 1 ? 'node' : 'nodes',
			safe`${listed(names)}: ${verdict}`,
		]),
	];
}

function listed(names: readonly SafeText[]): SafeText {
	const rest = names.length - namedAtMost;
	return rest > 0 ? safe`${joinSafe(names.slice(0, namedAtMost), ', ')} and ${rest} more` : joinSafe(names, ', ');
}
