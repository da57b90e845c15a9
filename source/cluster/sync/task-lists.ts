import type {ClusterState, TaskScope} from '../model.ts';
import {tasksCost} from './pace.ts';

/** Which task lists are worth asking for. Pure. */

export type TaskList =
	| {readonly kind: 'all'}
	| {readonly kind: 'services'; readonly ids: readonly string[]}
	| {readonly kind: 'node'; readonly id: string}
	| {readonly kind: 'tasks'; readonly ids: readonly string[]};

/** All tasks are kept known while a list of them is not larger than this, whatever is on the screen. */
const affordableBytes = 32 << 20;
const smallBytes = 1 << 20;

/** How many tasks the swarm is likely to have, history included; from the counts that came with the services. */
function likelyTasks({services, tasks}: ClusterState): number {
	let desired = 0;
	for (const {counts, replicas} of services.values()) desired += counts?.desired ?? replicas ?? 1;
	return Math.max(tasks.size, Math.ceil(desired * 1.5));
}

/** What the screen needs first: undefined when it shows no tasks. */
export function listFor(scope: TaskScope, state: ClusterState): TaskList | undefined {
	if (isSmall(state)) return {kind: 'all'};
	switch (scope.kind) {
		case 'all':
			return {kind: 'all'};
		case 'service':
			return {kind: 'services', ids: [scope.id]};
		case 'node':
			return {kind: 'node', id: scope.id};
		case 'stack': {
			const ids = [...state.services.values()].filter(({stack}) => stack === scope.name).map(({id}) => id);
			return ids.length > 0 ? {kind: 'services', ids} : undefined;
		}
		case 'none':
			return undefined;
		default:
			return scope satisfies never;
	}
}

/** So few tasks that asking for a part of them saves nothing: all are listed, whatever is on the screen. */
export const isSmall = (state: ClusterState): boolean => tasksCost(likelyTasks(state)) <= smallBytes;

/** Whether the list of all tasks is asked for besides, for the counts and reservations of nodes. */
export const isAllAffordable = (state: ClusterState): boolean => tasksCost(likelyTasks(state)) <= affordableBytes;

/** With some to spare: nodes hold more and less of them. */
export function tasksPerNode(state: ClusterState): number {
	return Math.ceil((likelyTasks(state) / Math.max(1, state.nodes.size)) * 1.5);
}

export function sizeOf(list: TaskList, state: ClusterState): number {
	switch (list.kind) {
		case 'all':
			return likelyTasks(state);
		case 'services':
			return list.ids.reduce((sum, id) => sum + Math.ceil((state.services.get(id)?.counts?.desired ?? 1) * 2), 0);
		case 'node':
			return tasksPerNode(state);
		case 'tasks':
			return list.ids.length;
		default:
			return list satisfies never;
	}
}
