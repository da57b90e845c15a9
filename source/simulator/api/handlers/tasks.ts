import {isTaskDirty} from '../../../swarmkit/orchestrators/task-templates.ts';
import type {TaskObject} from '../../../swarmkit/state/objects.ts';
import type {StoreReader} from '../../../swarmkit/state/store.ts';
import {controlOf, type Handler, json, list, param} from '../call.ts';
import {type Filters, parseFilters} from '../filters.ts';
import {lookUp} from '../lookup.ts';
import {taskName} from '../names.ts';
import {renderTask} from '../render/task.ts';
import {type Route, route} from '../router.ts';
import {wordsOf} from './nodes.ts';

/** /tasks (moby daemon/cluster/tasks.go, swarmkit controlapi/task.go). */

/** Every state that the API has a word for, those that are never seen included. */
const states = [
	'new',
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

const listTasks: Handler = async (call) => {
	const filters = parseFilters(call.query);
	const {store} = await controlOf(call, 'read');
	const {candidates, isWanted} = select(store, filters);
	return list(rendered(candidates, isWanted, store));
};

function* rendered(tasks: readonly TaskObject[], isWanted: (task: TaskObject) => boolean, store: StoreReader) {
	for (const task of tasks) if (isWanted(task)) yield renderTask(task, store);
}

/** Services and nodes are looked up by what was typed, and narrow the candidates before anything is compared. */
function select(store: StoreReader, filters: Filters) {
	filters.accept('name', 'id', 'label', 'service', 'node', 'desired-state', '_up-to-date', 'runtime');
	const serviceIds = new Set(filters.get('service').map((reference) => lookUp(store, 'service', reference).id));
	const nodeIds = new Set(filters.get('node').map((reference) => lookUp(store, 'node', reference).id));
	const desired = wordsOf(filters, 'desired-state', states);
	const isWanted = (task: TaskObject): boolean =>
		(serviceIds.size === 0 || serviceIds.has(task.serviceId)) &&
		(nodeIds.size === 0 || nodeIds.has(task.nodeId)) &&
		(desired.length === 0 || desired.includes(task.desiredState)) &&
		filters.beginsWith('name', taskName(task)) &&
		filters.beginsWith('id', task.id) &&
		filters.matchesSwarmLabels('label', task.serviceLabels) &&
		filters.isOneOf('runtime', 'container') &&
		(!filters.has('_up-to-date') || isUpToDate(store, task));
	return {candidates: candidatesOf(store, [...serviceIds], [...nodeIds]), isWanted};
}

function candidatesOf(store: StoreReader, serviceIds: readonly string[], nodeIds: readonly string[]): TaskObject[] {
	if (serviceIds.length > 0) return byId(serviceIds.flatMap((id) => store.tasksOfService(id)));
	if (nodeIds.length > 0) return byId(nodeIds.flatMap((id) => store.tasksOfNode(id)));
	return store.all('task');
}

const byId = (tasks: TaskObject[]): TaskObject[] => tasks.sort((a, b) => (a.id < b.id ? -1 : 1));

/** What its service asks for now, although the spec may have been written anew since (a scaled service's older tasks). */
function isUpToDate(store: StoreReader, task: TaskObject): boolean {
	const service = store.get('service', task.serviceId);
	return service !== undefined && !isTaskDirty(service, task, store.get('node', task.nodeId));
}

const inspectTask: Handler = async (call) => {
	const {store} = await controlOf(call, 'read');
	return json(renderTask(lookUp(store, 'task', param(call, 'id')), store));
};

export const taskRoutes: readonly Route[] = [
	route('GET', '/tasks', listTasks),
	route('GET', '/tasks/{id}', inspectTask),
];
