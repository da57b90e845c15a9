/** What is going on with a service or a node, in the few words that a column has room for. Pure. */
import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isJob, isTerminal, isWanted} from '../entities/health.ts';
import {isOfPresentSpec, updatedTasks} from '../entities/present.ts';
import {unreachableManager} from '../messages.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity, UpdateEntity} from '../model.ts';
import {tasksOfServices} from '../tasks-of.ts';
import {noPlaceWords} from './no-place.ts';
import {causeOf, isStuck} from './stuck.ts';

const nothing = toSafeText('');

/** How long ago that was, in words. */
type Age = (since: number) => SafeText;

/** `updating 2/6`, `no node has label gpu`, `5 restarts in 2m, last exit 1`; '' where there is nothing to say. */
export function serviceNow(service: ServiceEntity, state: ClusterState, age: Age): SafeText {
	const {health, counts, update, replicas, restarts} = service;
	if (health === 'idle') return idleWords(service);
	if (!counts) return nothing;
	if (health === 'healthy') return pastWords(service, age);
	const tasks = tasksOfServices(state.tasks).get(service.id) ?? [];
	const cause = causeWords(service, tasks, state);
	if (update && isUnderWay[update.state]) {
		const words = safe`${toSafeText(isUnderWay[update.state] ?? '')} ${updatedTasks(service, tasks)}/${replicas ?? counts.desired}`;
		return cause === undefined ? words : safe`${words}, ${cause}`;
	}
	if (cause !== undefined) return cause;
	if (restarts) return restartWords(service, age);
	return countWords(service, tasks, state);
}

/** `down 2m: heartbeat failure`, `drain: 2 tasks left`; '' for a node that is ready and takes tasks. */
export function nodeNow(node: NodeEntity, age: Age): SafeText {
	const {state, stateMessage, availability, manager, role, tasks, updatedAt} = node;
	const left = tasks?.running ?? 0;
	if (state !== 'ready') {
		// What is down changes nothing of itself any more: its last change was that.
		const since = updatedAt === 0 ? toSafeText(state) : safe`${toSafeText(state)} ${age(updatedAt)}`;
		return stateMessage === '' ? since : safe`${since}: ${stateMessage}`;
	}
	if (manager?.reachability === 'unreachable') return unreachableManager;
	if ((role === 'manager') !== (manager !== undefined)) {
		return toSafeText(role === 'manager' ? 'becomes a manager' : 'becomes a worker');
	}
	if (availability === 'drain') return left > 0 ? safe`drains: ${plural(left, 'task')} left` : toSafeText('drained');
	return availability === 'pause' ? toSafeText('paused: takes no new tasks') : nothing;
}

const isUnderWay: Readonly<Partial<Record<UpdateEntity['state'], string>>> = {
	updating: 'updating',
	paused: 'update paused at',
	rollback_started: 'rolling back',
	rollback_paused: 'rollback paused at',
};

function idleWords({mode, counts, replicas}: ServiceEntity): SafeText {
	if (isJob(mode)) return toSafeText('complete');
	if (replicas === 0) return toSafeText('scaled to 0');
	return toSafeText(counts?.desired === 0 ? 'no node takes it' : '');
}

const toldForMs = 3_600_000;

/** What has just been: afterwards all is well again. */
function pastWords(service: ServiceEntity, age: Age): SafeText {
	const {update, restarts, updatedAt} = service;
	if (restarts) return restartWords(service, age);
	const at = update?.completedAt;
	if (at === undefined || updatedAt - at > toldForMs) return nothing;
	if (update?.state === 'completed') return safe`updated ${age(at)} ago`;
	return update?.state === 'rollback_completed' ? safe`rolled back ${age(at)} ago` : nothing;
}

function restartWords({restarts}: ServiceEntity, age: Age): SafeText {
	if (!restarts) return nothing;
	const exit = restarts.exitCode === undefined ? nothing : safe`, last exit ${restarts.exitCode}`;
	return safe`${plural(restarts.count, 'restart')} in ${age(restarts.since)}${exit}`;
}

/** Why it does not get on, where that is known. */
function causeWords(service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): SafeText | undefined {
	const waiting = tasks.find((task) => task.state === 'pending' && isWanted(task.desired) && task.error !== '');
	if (waiting) return noPlaceWords(service, tasks, state) ?? waiting.error;
	const stuck = tasks.find((task) => task.isCurrent && isStuck(task));
	if (stuck) return causeOf(stuck, service, state).short;
	const rejected = newest(tasks.filter((task) => task.state === 'rejected' && isOfPresentSpec(task, service)));
	return rejected && rejected.error !== '' ? rejected.error : undefined;
}

function newest(tasks: readonly TaskEntity[]): TaskEntity | undefined {
	return tasks.toSorted((a, b) => b.since - a.since)[0];
}

function countWords(service: ServiceEntity, tasks: readonly TaskEntity[], {nodes}: ClusterState): SafeText {
	const {counts, mode, replicas, health} = service;
	if (!counts) return nothing;
	const failed = newest(tasks.filter((task) => task.state === 'failed' && isOfPresentSpec(task, service)));
	if (health === 'failing' && failed) {
		return failed.exitCode === undefined ? failed.error : safe`failed, exit ${failed.exitCode}`;
	}
	if (isJob(mode)) return safe`${counts.completed}/${replicas ?? counts.desired} complete`;
	if (counts.running < counts.desired) {
		const starting = tasks.filter(
			({desired, state, isCurrent}) => isCurrent && isWanted(desired) && !isTerminal(state) && state !== 'running',
		).length;
		if (starting > 0) return safe`${plural(starting, 'task')} starting`;
		return safe`${plural(counts.desired - counts.running, 'task')} missing`;
	}
	if (counts.running === counts.desired) return nothing;
	const down = tasks.find(({nodeId, state}) => state === 'running' && nodes.get(nodeId)?.state === 'down');
	if (down) return safe`${down.nodeName} is down: still counted`;
	return safe`${plural(counts.running - counts.desired, 'task')} stopping`;
}
