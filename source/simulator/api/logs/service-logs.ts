import type {Clock} from '../../../runtime/clock.ts';
import type {TaskObject} from '../../../swarmkit/state/objects.ts';
import {isAtLeast} from '../../../swarmkit/state/task-state.ts';
import type {Control, LogCursor} from '../../contract.ts';
import type {Sink} from '../call.ts';
import {sorted} from '../go/encode.ts';
import {toNanoseconds} from '../go/time.ts';
import {encodeError, type LogFormat} from './frames.ts';
import {LogPump} from './pump.ts';
import type {LogRequest} from './request.ts';

/**
 * The logs of a service's tasks, or of one task, from the nodes that have them (swarmkit manager/logbroker). Tail and since
 * apply to every task by itself. What is followed never ends by itself, and takes in tasks that come later.
 */

/** Whose logs are asked for. */
export type LogSelector = {readonly kind: 'service' | 'task'; readonly id: string};

type ServiceLogs = {
	readonly control: Control;
	readonly clock: Clock;
	readonly selector: LogSelector;
	readonly request: LogRequest;
	readonly format: LogFormat;
};

export async function pumpServiceLogs(logs: ServiceLogs, sink: Sink): Promise<void> {
	const {control, clock, request, format} = logs;
	const pump = new LogPump(sink, format);
	const opened = new Set<string>();
	const missing = new Set<string>();
	const open = (task: TaskObject) => {
		if (opened.has(task.id)) return;
		const until = request.follow ? undefined : toNanoseconds(clock.now());
		const found = openLog(control, task, request);
		if (found.kind === 'missing') missing.add(found.reason);
		if (found.kind !== 'open') return;
		opened.add(task.id);
		pump.add(found.cursor, contextOf(task), until);
	};
	for (const task of selectedTasks(logs)) {
		// A task that has not run yet is waited for, or passed over.
		if (request.follow || isAtLeast(task.status.state, 'running')) open(task);
	}
	const stopWatching = request.follow ? watchTasks(logs, open) : () => undefined;
	try {
		await pump.run({forEver: request.follow});
	} finally {
		stopWatching();
	}
	if (!request.follow) await reportMissing(missingOf(logs, missing), format, sink);
}

const selectedTasks = ({control: {store}, selector: {kind, id}}: ServiceLogs): TaskObject[] => {
	if (kind === 'service') return store.tasksOfService(id);
	const task = store.get('task', id);
	return task ? [task] : [];
};

type Opened =
	| {readonly kind: 'open'; readonly cursor: LogCursor}
	| {readonly kind: 'nothing'}
	| {readonly kind: 'missing'; readonly reason: string};

function openLog(control: Control, task: TaskObject, {query}: LogRequest): Opened {
	if (task.nodeId === '') return {kind: 'nothing'};
	if (!control.isReachable(task.nodeId)) return {kind: 'missing', reason: `node ${task.nodeId} is not available`};
	const container = control.containersOf(task.nodeId)?.ofTask(task.id);
	return container ? {kind: 'open', cursor: container.openLog(query)} : {kind: 'nothing'};
}

/** Calls with each task of the selection whenever something about it changes. */
function watchTasks({control: {store}, selector}: ServiceLogs, open: (task: TaskObject) => void): () => void {
	return store.watch(({changes}) => {
		for (const {kind, action, object} of changes) {
			if (kind !== 'task' || action === 'remove') continue;
			if (selector.kind === 'service' ? object.serviceId === selector.id : object.id === selector.id) open(object);
		}
	});
}

/** One task that was never put on a node is named, too. */
function missingOf({control: {store}, selector: {kind, id}}: ServiceLogs, missing: ReadonlySet<string>): string[] {
	const task = kind === 'task' ? store.get('task', id) : undefined;
	return [...missing, ...(task?.nodeId === '' ? [`task ${id} has not been scheduled`] : [])];
}

async function reportMissing(missing: readonly string[], format: LogFormat, sink: Sink): Promise<void> {
	if (missing.length === 0) return;
	const warning =
		'rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: ';
	await sink.write(encodeError(`${warning}${missing.join(', ')}`, format));
}

/** What `details` says of every line of a task's log. */
function contextOf({nodeId, serviceId, id}: TaskObject): string {
	const labels = {
		'com.docker.swarm.node.id': nodeId,
		'com.docker.swarm.service.id': serviceId,
		'com.docker.swarm.task.id': id,
	};
	return detailsText(labels);
}

/** Log attributes as Go's url.QueryEscape has them, by key. */
export const detailsText = (attributes: Readonly<Record<string, string>>): string =>
	Object.entries(sorted(attributes, (value) => value))
		.map(([key, value]) => `${queryEscape(key)}=${queryEscape(value)}`)
		.join(',');

const queryEscape = (text: string): string =>
	encodeURIComponent(text)
		.replaceAll('%20', '+')
		.replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
