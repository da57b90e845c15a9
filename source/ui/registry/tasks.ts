/** Tasks: one row per slot with the newest task in it, and the older ones behind it on demand. */
import type {ClusterState, TaskEntity, TaskScope} from '../../cluster/model.ts';
import {goneWords} from '../../cluster/why/gone.ts';
import {causeOf, isStuck} from '../../cluster/why/stuck.ts';
import {whyTask} from '../../cluster/why/why.ts';
import {memoized} from '../../runtime/memoized.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {TaskState} from '../../wire/task.ts';
import {always} from '../keys/binding.ts';
import type {ListScope} from '../kinds/scope.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {CellContext, Column} from '../table/column.ts';
import {by, chain, compareNatural, compareNumbers} from '../table/natural.ts';
import type {Kind} from './kind.ts';
import {logsKey} from './logs-key.ts';
import {viewKey} from './object-keys.ts';
import {execLine, taskDetails} from './task-details.ts';

const stateOrder: readonly TaskState[] = [
	'new',
	'allocated',
	'pending',
	'assigned',
	'accepted',
	'preparing',
	'ready',
	'starting',
	'running',
	'complete',
	'shutdown',
	'failed',
	'rejected',
	'remove',
	'orphaned',
];

/** `web.3`; a global service's tasks are told apart by their node's name rather than by its ID. */
export function taskName({name, nodeId, nodeName, serviceName}: TaskEntity): SafeText {
	return nodeId !== '' && nodeName !== '' && name.endsWith(nodeId) ? safe`${serviceName}.${nodeName}` : name;
}

function nameCell(task: TaskEntity): SafeText {
	return task.isCurrent ? taskName(task) : safe`└ ${taskName(task)}`;
}

function current(task: TaskEntity, {age}: CellContext): SafeText {
	return safe`${toSafeText(task.state)} ${age(task.since)}`;
}

/** The error, with the exit code where the engine's words leave it out. */
export function troubleOf({error, exitCode}: TaskEntity): SafeText {
	if (error === '') return error;
	const isCodeSaid = exitCode === undefined || exitCode === 0 || error.includes(String(exitCode));
	return isCodeSaid ? error : safe`${error} (exit code ${exitCode})`;
}

/**
 * Why the slot is not as it should be: the task's own error, else, while its newest task is still on its way, what the
 * one before it died of. A service that crashes and starts again would show no reason otherwise.
 */
function why(task: TaskEntity, cluster: ClusterState): SafeText {
	const {tasks, services} = cluster;
	const service = services.get(task.serviceId);
	if (service && isStuck(task)) return safe`stuck: ${causeOf(task, service, cluster).short}`;
	if (task.isServiceGone) return goneWords(task);
	const own = troubleOf(task);
	if (own !== '' || !task.isCurrent || task.state === 'running' || task.desired === 'shutdown') return own;
	const failure = lastFailures(tasks).get(slotOf(task));
	return failure ? safe`before: ${troubleOf(failure)}` : own;
}

function slotOf({serviceId, slotKey}: TaskEntity): string {
	return `${serviceId} ${slotKey}`;
}

/** The newest failed task of every slot: found when it is first asked for, once per state of the tasks. */
const lastFailures = memoized((tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, TaskEntity> => {
	const failures = new Map<string, TaskEntity>();
	for (const task of tasks.values()) {
		if (task.isCurrent || task.error === '') continue;
		const slot = slotOf(task);
		const other = failures.get(slot);
		if (!other || other.since < task.since) failures.set(slot, task);
	}
	return failures;
});

const currentTasks = memoized((tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, TaskEntity> => {
	const current = new Map<string, TaskEntity>();
	for (const task of tasks.values()) if (task.isCurrent) current.set(slotOf(task), task);
	return current;
});

const bySlot = chain<TaskEntity>(
	by(({serviceName}) => serviceName, compareNatural),
	by(({slot}) => slot, compareNumbers),
	// Tasks of a global service have no slot but a node.
	by(({nodeName, slot}) => (slot === 0 ? nodeName : ''), compareNatural),
	by(({slotKey}) => slotKey, compareNatural),
);

const newestFirst = chain<TaskEntity>(
	by(({isCurrent}) => (isCurrent ? 0 : 1), compareNumbers),
	by(({createdAt}) => -createdAt, compareNumbers),
	by(({id}) => id, compareNatural),
);

const columns: readonly Column<TaskEntity>[] = [
	{
		id: 'task',
		title: toSafeText('TASK'),
		width: 18,
		min: 10,
		max: 44,
		priority: 0,
		truncate: 'middle',
		value: nameCell,
		compare: bySlot,
	},
	{
		id: 'node',
		title: toSafeText('NODE'),
		width: 10,
		min: 5,
		max: 28,
		priority: 2,
		truncate: 'middle',
		value: ({nodeName, nodeId}) => (nodeId === '' ? toSafeText('–') : nodeName),
		compare: by(({nodeName}) => nodeName, compareNatural),
	},
	{
		id: 'desired',
		title: toSafeText('DESIRED'),
		width: 8,
		priority: 4,
		value: ({desired}) => toSafeText(desired),
		role: () => 'dim',
		compare: by(({desired}) => stateOrder.indexOf(desired), compareNumbers),
	},
	{
		id: 'current',
		title: toSafeText('CURRENT'),
		width: 14,
		min: 13,
		max: 16,
		priority: 1,
		value: current,
		role: ({health}) => (health === 'healthy' ? undefined : health),
		// The newest first: what has just happened is what one looks for.
		compare: by(({since}) => -since, compareNumbers),
	},
	{
		id: 'error',
		title: toSafeText('ERROR'),
		width: 20,
		min: 10,
		max: 60,
		grow: 1,
		priority: 3,
		value: (task, {cluster}) => why(task, cluster),
		role: ({health}) => (health === 'failing' ? 'failing' : 'warning'),
		compare: by(({error}) => error, compareNatural),
	},
];

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
	if (tasks.kind === 'service') return 'no tasks: nothing of this service is meant to run';
	if (tasks.kind === 'node') return 'no tasks on this node';
	return 'no tasks';
}

/** Whether the counts say that there are tasks which have not come yet. */
function isExpectingTasks({services, nodes, freshness}: ClusterState, scope: TaskScope): boolean {
	if (scope.kind === 'service') return (services.get(scope.id)?.counts?.desired ?? 0) > 0;
	if (scope.kind === 'node') return (nodes.get(scope.id)?.tasks?.desired ?? 0) > 0;
	return freshness.tasks.fetchedAt === undefined;
}

function logsOf(task: TaskEntity): LogTarget {
	return {kind: 'task', id: task.id, name: taskName(task)};
}

/** While the whole task is on its way: what the list knows of it. */
function known({health: _health, isCurrent: _isCurrent, slotKey: _slotKey, ...task}: TaskEntity): unknown {
	return task;
}

export const taskKind: Kind<TaskEntity> = {
	id: 'tasks',
	singular: toSafeText('task'),
	columns,
	sorting: {columnId: 'task', isDescending: false},
	tieBreak: chain(bySlot, newestFirst),
	filterable: {
		texts: [taskName, ({nodeName}) => nodeName, ({state}) => state, ({error}) => error],
		fields: {
			name: (task) => [taskName(task)],
			id: ({id}) => [id],
			container: ({containerId}) => [containerId],
			node: ({nodeName}) => [nodeName],
			service: ({serviceName}) => [serviceName],
			state: ({state, health}) => [state, health],
			desired: ({desired}) => [desired],
			image: ({image}) => [image],
			error: ({error}) => [error],
		},
	},
	source: ({tasks}) => tasks,
	inScope,
	name: taskName,
	// A row is a slot: a rolling update replaces every task in the list, and the cursor stays where it was.
	successor: (task, {tasks}) => currentTasks(tasks).get(slotOf(task)),
	isPast: ({isCurrent}) => !isCurrent,
	trouble: why,
	logsOf,
	inspect: (task, {inventory}) => (inventory.task?.ID === task.id ? inventory.task : known(task)),
	why: whyTask,
	copies: (task) => [
		...(task.containerId === '' ? [] : ([['e', 'the way into its container', execLine(task)]] as const)),
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
		viewKey('tasks', {
			id: 'task.details',
			keys: ['enter'],
			title: 'Details: the whole error, container, ports',
			footer: ['details', 2],
			run: (_task, app) => app.showDetails(),
		}),
		viewKey('tasks', {
			id: 'task.why',
			keys: ['w'],
			title: 'Why it is not as desired: node by node, last failures',
			run: (_task, app) => app.showWhy(),
		}),
		{
			id: 'task.history',
			keys: ['H'],
			scope: 'tasks',
			group: 'look',
			title: toSafeText('History: the older tasks of each slot, on or off'),
			footer: {label: toSafeText('history'), rank: 3},
			enabled: always,
			run: (app) => app.toggleHistory(),
		},
		{
			id: 'task.all',
			keys: ['a'],
			scope: 'tasks',
			group: 'look',
			title: toSafeText('All tasks of the swarm'),
			footer: {label: toSafeText('all tasks'), rank: 4},
			enabled: always,
			run: (app) => app.drillTo({kind: 'all'}),
		},
	],
};
