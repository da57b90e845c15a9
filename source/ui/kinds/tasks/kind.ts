/** Tasks: one row per slot with the newest task in it, and the older ones behind it on demand. */

import type {ClusterState, TaskEntity, TaskScope} from '../../../cluster/model.ts';
import {usageOfTask} from '../../../cluster/usage-sums.ts';
import {whyTask} from '../../../cluster/why/why.ts';
import {memoized} from '../../../runtime/memoized.ts';
import {safe} from '../../../text/safe-text.ts';
import {keysOf} from '../../keys/keys-of.ts';
import type {LogTarget} from '../../logs/log-feed.ts';
import {containersOf} from '../../nodes/node-commands.ts';
import type {Kind} from '../kind.ts';
import {logsKey, previousLogsKey} from '../logs-key.ts';
import {changeKey, viewKey} from '../object-keys.ts';
import type {ListScope} from '../scope.ts';
import {execLine, taskDetails} from './details.ts';
import {slotOf, taskListing, taskName} from './listing.ts';

const currentTasks = memoized((tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, TaskEntity> => {
	const current = new Map<string, TaskEntity>();
	for (const task of tasks.values()) if (task.isCurrent) current.set(slotOf(task), task);
	return current;
});

function inScope({tasks, hasHistory}: ListScope): {key: string; test: (task: TaskEntity) => boolean} {
	const isShown = (task: TaskEntity): boolean => hasHistory || task.isCurrent;
	const key = `${hasHistory ? 'history' : 'current'} ${scopeKey(tasks)}`;
	switch (tasks.kind) {
		case 'service':
			return {key, test: (task) => task.serviceId === tasks.id && isShown(task)};
		case 'node':
			// A task that left the node in its service's history is history here too, whatever its slot runs elsewhere.
			return {key, test: (task) => task.nodeId === tasks.id && isShown(task)};
		case 'stack': {
			// The label is the service's; its tasks have only its name, which docker stack deploy begins so.
			const prefix = `${tasks.name}_`;
			return {key, test: (task) => task.serviceName.startsWith(prefix) && isShown(task)};
		}
		case 'all':
			return {key, test: isShown};
		case 'none':
			return {key, test: () => false};
	}
}

function scopeKey(scope: TaskScope): string {
	switch (scope.kind) {
		case 'service':
		case 'node':
			return `${scope.kind} ${scope.id}`;
		case 'stack':
			return `stack ${scope.name}`;
		default:
			return scope.kind;
	}
}

function emptyNote(state: ClusterState, {tasks}: ListScope): string {
	if (state.services.size === 0) return 'no tasks before there are services: docker service create --name web nginx';
	if (tasks.kind === 'none') return 'select a service or a node to see its tasks';
	if (isExpectingTasks(state, tasks)) return 'reading the tasks…';
	if (tasks.kind === 'service') return 'no tasks: none are desired';
	if (tasks.kind === 'node') return 'no tasks on this node';
	return 'no tasks';
}

/** Whether the counts say that there are tasks which have not come yet. */
function isExpectingTasks({services, nodes, freshness}: ClusterState, scope: TaskScope): boolean {
	if (scope.kind === 'service') return (services.get(scope.id)?.counts?.desired ?? 0) > 0;
	if (scope.kind === 'node') return (nodes.get(scope.id)?.tasks?.desired ?? 0) > 0;
	return freshness.tasks.fetchedAt === undefined;
}

const isFailing = ({health}: TaskEntity): boolean => health === 'failing';

function logsOf(task: TaskEntity): LogTarget {
	return {kind: 'task', id: task.id, name: taskName(task)};
}

/** While the whole task is on its way: what the list knows of it. */
function known({health: _health, isCurrent: _isCurrent, slotKey: _slotKey, ...task}: TaskEntity): unknown {
	return task;
}

export const taskKind: Kind<TaskEntity> = {
	...taskListing,
	usage: (task, cluster) => usageOfTask(cluster, task),
	get: taskListing,
	openedBy: {keys: ['3'], title: 'Tasks'},
	source: ({tasks}) => tasks,
	inScope,
	successor: (task, {tasks}) => currentTasks(tasks).get(slotOf(task)),
	logsOf,
	inspect: (task, {inventory}) => (inventory.task?.ID === task.id ? inventory.task : known(task)),
	why: whyTask,
	copies: (task) => [
		...(task.containerId === '' ? [] : ([['e', 'a shell in its container', execLine(task)]] as const)),
		...(task.containerId === '' ? [] : ([['c', 'container', task.containerId]] as const)),
		...(task.error === '' ? [] : ([['r', 'error', task.error]] as const)),
	],
	details: (task, cluster) => [['task', taskName(task)], ...taskDetails(task, cluster)],
	emptyNote,
	keys: [
		logsKey('tasks', {
			id: 'task.logs',
			title: 'Logs of this task alone',
			rank: 1,
			targetOf: logsOf,
			possible: (task) => (task.nodeId === '' ? safe`${taskName(task)} has no node yet, so it has no logs.` : true),
		}),
		changeKey('tasks', {
			id: 'task.shell',
			keys: ['S'],
			title: 'Shell in its container',
			possible: (task) => (containersOf([task]).length > 0 ? true : safe`${taskName(task)} has no running container.`),
			run: (task, app) => app.nodes.shell(taskName(task), containersOf([task])),
		}),
		previousLogsKey('tasks', {id: 'task.previous-logs', targetOf: logsOf, isWanted: isFailing}),
		viewKey('tasks', {
			id: 'task.details',
			keys: ['enter'],
			title: 'Details: the whole error, container, ports',
			footer: {label: 'details', rank: 2},
			run: (_task, app) => app.texts.showDetails(),
		}),
		viewKey('tasks', {
			id: 'task.why',
			keys: ['w'],
			title: 'Why it is not as desired: node by node, last failures',
			footer: {label: 'why', rank: 5},
			isWanted: isFailing,
			run: (_task, app) => app.texts.showWhy(),
		}),
		...keysOf({scope: 'tasks', group: 'look'}, [
			{
				id: 'task.history',
				keys: ['H'],
				title: 'History: the older tasks of each slot, on or off',
				footer: {label: 'history', rank: 3},
				run: (app) => app.navigation.toggleHistory(),
			},
			{
				id: 'task.all',
				keys: ['a'],
				title: 'All tasks of the swarm',
				footer: {label: 'all tasks', rank: 4},
				run: (app) => app.navigation.drillTo({kind: 'all'}),
			},
		]),
	],
};
