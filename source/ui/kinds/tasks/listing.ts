/** The tasks as a table shows them. */
import type {ClusterState, TaskEntity} from '../../../cluster/model.ts';
import {usageOfTask} from '../../../cluster/usage-sums.ts';
import {goneWords} from '../../../cluster/why/gone.ts';
import {causeOf, isStuck} from '../../../cluster/why/stuck.ts';
import {memoized} from '../../../runtime/memoized.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {TaskState} from '../../../wire/task.ts';
import type {CellContext, Column} from '../../table/column.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Listing} from '../listing.ts';
import {usageColumns} from '../usage-columns.ts';

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

export function current(task: TaskEntity, {age}: CellContext): SafeText {
	return safe`${toSafeText(task.state)} ${age(task.since)}`;
}

/** The error, with the exit code where the engine's words leave it out. */
export function troubleOf({error, exitCode}: TaskEntity): SafeText {
	if (error === '') return error;
	const isCodeSaid = exitCode === undefined || exitCode === 0 || error.includes(String(exitCode));
	return isCodeSaid ? error : safe`${error} (exit code ${exitCode})`;
}

/**
 * Why the slot is failing: the task's own error, else, while its newest task is still on its way, what the
 * one before it died of. A service that crashes and starts again would show no reason otherwise.
 */
export function why(task: TaskEntity, cluster: ClusterState): SafeText {
	const {tasks, services} = cluster;
	const service = services.get(task.serviceId);
	if (service && isStuck(task)) return safe`stuck: ${causeOf(task, service, cluster).short}`;
	if (task.isServiceGone) return goneWords(task);
	const own = troubleOf(task);
	if (own !== '' || !task.isCurrent || task.state === 'running' || task.desired === 'shutdown') return own;
	const failure = lastFailures(tasks).get(slotOf(task));
	return failure ? safe`before: ${troubleOf(failure)}` : own;
}

export function slotOf({serviceId, slotKey}: TaskEntity): string {
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
		yields: 'alike',
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
	...usageColumns<TaskEntity>(usageOfTask, 5),
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

declare module '../kind-id.ts' {
	interface Entities {
		readonly tasks: TaskEntity;
	}
}

export const taskListing: Listing<TaskEntity> = {
	id: 'tasks',
	shortNames: ['ps', 'po'],
	singular: toSafeText('task'),
	columns,
	sorting: {columnId: 'task', isDescending: false},
	opensWorstFirst: true,
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
	name: taskName,
	// A row is a slot: a rolling update replaces every task in the list, and the cursor stays where it was.
	isPast: ({isCurrent}) => !isCurrent,
	trouble: why,
};
