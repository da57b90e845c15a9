import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import {type Intent, objectOf, type Progress} from '../intent.ts';
import type {ClusterState, ServiceEntity, TaskEntity, UpdateEntity} from '../model.ts';
import type {TaskLookup} from './task-lookup.ts';

/**
 * How far an action has come, read off the cluster's state as `docker service` reads it (docker/cli
 * cli/command/service/progress): pure, so that the same state always gives the same verdict.
 */
export type Verdict = Pick<Progress, 'done' | 'total' | 'detail'> & {
	readonly state: 'running' | 'stuck' | 'converged' | 'failed';
};

/** What the watch knows besides the state. */
export type Watched = {
	readonly intent: Intent;
	/** The version that the object had before; converged is judged on what came after. */
	readonly versionBefore: number;
	/** Of a removed service, or a drained node: how many tasks it had. */
	readonly tasksBefore: number;
};

export function judge({intent, versionBefore, tasksBefore}: Watched, state: ClusterState, tasks: TaskLookup): Verdict {
	switch (intent.action) {
		case 'service.remove':
			return judgeRemoval(intent.serviceId, tasksBefore, state, tasks);
		case 'service.scale':
		case 'service.step':
		case 'service.restart':
		case 'service.rollback':
		case 'service.deploy':
		case 'service.continue':
		case 'service.image':
		case 'service.edit':
			return judgeService(intent, versionBefore, state, tasks);
		case 'object.create':
			return verdict('converged', 1, 1, safe`made`);
		case 'object.remove':
			return verdict('converged', 1, 1, safe`removed`);
		case 'object.labels':
			return verdict('converged', 1, 1, safe`labels changed`);
		case 'node.availability':
			return judgeAvailability(intent, tasksBefore, state, tasks);
		case 'node.role':
			return judgeRole(intent, state);
		case 'node.remove':
			return state.nodes.has(intent.nodeId)
				? verdict('running', 0, 1, safe`still listed`)
				: verdict('converged', 1, 1, safe`removed`);
		case 'node.labels':
			return verdict('converged', 1, 1, safe`labels changed`);
		default:
			return intent satisfies never;
	}
}

const verdict = (state: Verdict['state'], done: number, total: number, detail: SafeText): Verdict => ({
	state,
	done,
	total,
	detail,
});

/** What a node that is down is said to run, nobody knows: docker's progress leaves it out, and so does this. */
const isOnDeadNode = ({nodeId}: TaskEntity, {nodes}: ClusterState): boolean => nodes.get(nodeId)?.state === 'down';

const isThere = (task: TaskEntity, state: ClusterState): boolean =>
	!isTerminal(task.state) && !isOnDeadNode(task, state);

function judgeRemoval(serviceId: string, tasksBefore: number, state: ClusterState, tasks: TaskLookup): Verdict {
	if (state.services.has(serviceId)) return verdict('running', 0, tasksBefore, safe`removing`);
	const left = tasks.ofService(serviceId).filter((task) => isThere(task, state)).length;
	if (left === 0) return verdict('converged', tasksBefore, tasksBefore, safe`removed`);
	const done = Math.max(0, tasksBefore - left);
	return verdict('running', done, tasksBefore, safe`${plural(left, 'task')} still stopping`);
}

function judgeService(
	{action, serviceId}: ServiceIntent,
	versionBefore: number,
	state: ClusterState,
	lookup: TaskLookup,
): Verdict {
	const service = state.services.get(serviceId);
	if (!service && action === 'service.deploy' && versionBefore === 0) return verdict('running', 0, 0, safe`made`);
	if (!service) return verdict('failed', 0, 0, safe`the service is gone`);
	// Until the store has seen the write, what it shows is the past.
	if (service.version <= versionBefore) return verdict('running', 0, 0, safe`sent`);
	const tasks = lookup.ofService(serviceId);
	const {update} = service;
	if (!update) return judgeSteady(service, tasks, state);
	switch (update.state) {
		case 'paused':
		case 'rollback_paused':
			return verdict('failed', 0, 0, withCause(safe`${pausedWords(update.state)}: ${update.message}`, update, tasks));
		case 'rollback_started':
			if (action !== 'service.rollback') {
				const back = judgeUpdate(service, tasks);
				return {...back, state: 'stuck', detail: withCause(safe`${back.detail}: ${update.message}`, update, tasks)};
			}
			return judgeUpdate(service, tasks);
		case 'updating':
			return judgeUpdate(service, tasks);
		case 'rollback_completed':
			// The swarm has taken back what was asked for: all tasks run, and not what was wanted.
			if (action !== 'service.rollback' && action !== 'service.continue') {
				return verdict('failed', 0, 0, withCause(safe`rolled back by the swarm: ${update.message}`, update, tasks));
			}
			return judgeSteady(service, tasks, state);
		case 'completed':
			return judgeSteady(service, tasks, state);
		default:
			return update.state satisfies never;
	}
}

type ServiceIntent = Extract<Intent, {readonly serviceId: string}>;

/** What the engine says of an update names no more than a task's ID; what went wrong is that task's own error. */
function withCause(words: SafeText, {startedAt = 0}: UpdateEntity, tasks: readonly TaskEntity[]): SafeText {
	const failed = tasks
		.filter((task) => task.createdAt >= startedAt && (task.state === 'failed' || task.state === 'rejected'))
		.sort((a, b) => b.since - a.since)[0];
	return failed && failed.error !== '' ? safe`${words}; ${failed.name}: ${failed.error}` : words;
}

const judgeSteady = (service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Verdict =>
	service.mode.endsWith('job') ? judgeJob(service, tasks) : judgeTasks(service, tasks, state);

const pausedWords = (state: 'paused' | 'rollback_paused'): SafeText =>
	state === 'paused' ? toSafeText('the update is paused') : toSafeText('the rollback is paused');

/** While tasks are replaced one after another: how many run with the newest settings. */
function judgeUpdate(service: ServiceEntity, tasks: readonly TaskEntity[]): Verdict {
	const wanted = tasks.filter((task) => isWanted(task.desired) && task.isCurrent);
	const since = service.update?.startedAt ?? 0;
	const total = service.counts?.desired ?? wanted.length;
	const done = wanted.filter((task) => task.state === 'running' && task.createdAt >= since).length;
	const words = service.update?.state === 'rollback_started' ? safe`rolling back` : safe`updating`;
	return withTrouble(verdict('running', Math.min(done, total), total, safe`${words} ${done}/${total}`), tasks);
}

/** The engine's own count of this run's completed tasks; it comes in one answer with the version that began the run. */
function judgeJob(service: ServiceEntity, tasks: readonly TaskEntity[]): Verdict {
	const {counts, replicas} = service;
	if (!counts) return verdict('running', 0, 0, safe`waiting for counts`);
	const total = replicas ?? counts.completed + counts.desired;
	const {completed} = counts;
	if (completed >= total) return verdict('converged', completed, total, safe`${completed}/${total} complete`);
	return withTrouble(verdict('running', completed, total, safe`${completed}/${total} complete`), tasks);
}

/**
 * Converged when exactly as many slots run what the service asks for now as are wanted: too many is not there yet either.
 * Tasks that are told to stop don't count, tasks on dead nodes neither.
 */
function judgeTasks(service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Verdict {
	const wanted = tasks.filter((task) => isWanted(task.desired) && !isOnDeadNode(task, state));
	const total = service.replicas ?? wanted.length;
	// Tasks are fetched a moment after the service; without any there is nothing to judge by but the engine's counts.
	const isUnknown = wanted.length === 0 && (service.counts?.desired ?? 0) > 0;
	const running = new Set<string>();
	for (const task of wanted) if (task.state === 'running' && isUpToDate(task, service)) running.add(task.slotKey);
	const done = running.size;
	if (done === total && !isUnknown) return verdict('converged', done, total, safe`${done}/${total}`);
	return withTrouble(verdict('running', done, total, safe`${done}/${total}`), tasks);
}

/**
 * The time between a write and the orchestrator's first look at it: no update status yet, and all old tasks run. Which
 * tasks will be replaced shows in what most updates change.
 */
const isUpToDate = (task: TaskEntity, service: ServiceEntity): boolean =>
	task.image === service.image && task.forceUpdate === service.forceUpdate;

/** What keeps it from converging: the error of a current task that fails or can't be placed. */
function withTrouble(judged: Verdict, tasks: readonly TaskEntity[]): Verdict {
	const failing = tasks.find((task) => task.isCurrent && isWanted(task.desired) && task.error !== '');
	const failed = failing ?? newestFailure(tasks);
	if (!failed) return judged;
	return {...judged, state: 'stuck', detail: safe`${judged.detail}: ${failed.name} ${failed.error}`};
}

/** Of a task that was replaced after it failed, while its successor waiting. */
function newestFailure(tasks: readonly TaskEntity[]): TaskEntity | undefined {
	const waiting = new Set(
		tasks.filter((task) => task.isCurrent && task.desired === 'ready').map((task) => task.slotKey),
	);
	return tasks
		.filter((task) => waiting.has(task.slotKey) && (task.state === 'failed' || task.state === 'rejected'))
		.sort((a, b) => b.since - a.since)[0];
}

function judgeAvailability(
	{nodeId, availability}: Extract<Intent, {action: 'node.availability'}>,
	tasksBefore: number,
	state: ClusterState,
	tasks: TaskLookup,
): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, safe`the node is gone`);
	if (node.availability !== availability) return verdict('running', 0, Math.max(1, tasksBefore), safe`sent`);
	if (availability !== 'drain') return verdict('converged', 1, 1, toSafeText(availability));
	if (node.tasks === undefined) return verdict('running', 0, 1, safe`drained; asking for its tasks`);
	const left = tasks.onNode(nodeId).filter((task) => isThere(task, state));
	const total = Math.max(1, tasksBefore, left.length);
	if (left.length === 0) return verdict('converged', total, total, safe`no task left there`);
	return verdict('running', total - left.length, total, drainWords(left, state));
}

/** A job's task stays on a drained node until it is done (engines 20.10 and 26.1). */
function drainWords(left: readonly TaskEntity[], {services}: ClusterState): SafeText {
	const isJob = ({serviceId}: TaskEntity) => services.get(serviceId)?.mode.endsWith('job') ?? false;
	const words = safe`${plural(left.length, 'task')} still there`;
	return left.every(isJob) ? safe`${words}: jobs run to their end on a drained node` : words;
}

function judgeRole({nodeId, role}: Extract<Intent, {action: 'node.role'}>, state: ClusterState): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, safe`the node is gone`);
	if (role === 'manager') {
		return node.manager?.reachability === 'reachable'
			? verdict('converged', 1, 1, safe`a reachable manager`)
			: verdict('running', 0, 1, safe`joining the managers`);
	}
	return node.manager || node.role !== 'worker'
		? verdict('running', 0, 1, safe`leaving the managers`)
		: verdict('converged', 1, 1, safe`a worker`);
}

/** How many tasks a removal or drain is about. */
export function tasksConcerned(intent: Intent, tasks: TaskLookup): number {
	const concerned = 'nodeId' in intent ? tasks.onNode(intent.nodeId) : tasks.ofService(objectOf(intent));
	return concerned.filter((task) => !isTerminal(task.state)).length;
}
