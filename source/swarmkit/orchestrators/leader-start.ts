import type {ServiceObject, TaskObject, Timestamp} from '../state/objects.ts';
import type {Store, Transaction} from '../state/store.ts';
import {isTerminal} from '../state/task-state.ts';
import {byTime, delayMsOf, type Restarts} from './restarts.ts';
import {placeAfter} from './task-templates.ts';

/**
 * What an orchestrator does with the tasks that it finds when its manager becomes the leader: finishes what the leader
 * before may have left half done, and learns from the kept tasks how often slots were restarted (swarmkit
 * manager/orchestrator/taskinit).
 */
export function checkTasks(
	store: Store,
	restarts: Restarts,
	{
		isOurs,
		fix,
	}: {
		readonly isOurs: (service: ServiceObject) => boolean;
		/** Handles what the task's updates would have led to. */
		readonly fix: (tx: Transaction, task: TaskObject) => void;
	},
): void {
	const places = new Map<ServiceObject, Found>();
	const held: {task: TaskObject; delayMs: number}[] = [];
	store.update((tx) => {
		for (const task of tx.all('task')) {
			const service = tx.get('service', task.serviceId);
			if (!service) {
				// Its service was removed and nobody came to say so.
				tx.remove('task', task.id);
				continue;
			}
			if (!isOurs(service)) continue;
			const ofService = places.get(service) ?? (new Map() as Found);
			places.set(service, ofService);
			const {slot, nodeId} = placeAfter(service, task);
			const place = nodeId || slot;
			const known = ofService.get(place);
			ofService.set(place, known ? [known, task].flat() : task);
			fix(tx, task);
			if (task.desiredState === 'ready' && !isTerminal(task.status.state)) {
				held.push({task, delayMs: remainingDelay(task, tx.now)});
			}
		}
	});
	for (const {task, delayMs} of held) restarts.delays.add(task.id, {delayMs});
	for (const [service, ofService] of places) {
		for (const found of ofService.values()) if (Array.isArray(found)) recordRestarts(restarts, service, found);
	}
}

/** The tasks of a service by slot or node: a place mostly has a single one. */
type Found = Map<string | number, TaskObject | TaskObject[]>;

/** The delay counts from the task's last status on, though at most once in full. */
function remainingDelay(task: TaskObject, now: Timestamp): number {
	const delayMs = delayMsOf(task);
	return Math.max(0, Math.min(delayMs, task.status.timestamp + delayMs - now));
}

/** Of the tasks of the newest spec in a slot, all but the first were restarts. */
function recordRestarts(restarts: Restarts, service: ServiceObject, tasks: readonly TaskObject[]): void {
	const newest = Math.max(...tasks.map((task) => task.specVersion));
	const ofNewest = tasks.filter((task) => task.specVersion === newest);
	ofNewest.sort((a, b) => a.createdAt - b.createdAt || byTime(a, b));
	for (const task of ofNewest.slice(1)) restarts.recordFound(service, task);
}
