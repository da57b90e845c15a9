import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {Intent, Progress} from '../intent.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';
import {tasksOn} from './plan-drain.ts';

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
	/** Of a removed service: how many tasks it had. */
	readonly tasksBefore: number;
};

export function judge({intent, versionBefore, tasksBefore}: Watched, state: ClusterState): Verdict {
	switch (intent.action) {
		case 'service.remove':
			return judgeRemoval(intent.serviceId, tasksBefore, state);
		case 'service.scale':
		case 'service.step':
		case 'service.restart':
		case 'service.rollback':
		case 'service.image':
			return judgeService(intent.serviceId, versionBefore, state);
		case 'node.availability':
			return judgeAvailability(intent, state);
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

function judgeRemoval(serviceId: string, tasksBefore: number, state: ClusterState): Verdict {
	if (state.services.has(serviceId)) return verdict('running', 0, tasksBefore, safe`removing`);
	const left = [...state.tasks.values()].filter(
		(task) => task.serviceId === serviceId && !isTerminal(task.state),
	).length;
	if (left === 0) return verdict('converged', tasksBefore, tasksBefore, safe`removed`);
	return verdict('running', tasksBefore - left, tasksBefore, safe`${plural(left, 'task')} still stopping`);
}

function judgeService(serviceId: string, versionBefore: number, state: ClusterState): Verdict {
	const service = state.services.get(serviceId);
	if (!service) return verdict('failed', 0, 0, safe`the service is gone`);
	// Until the store has seen the write, what it shows is the past.
	if (service.version <= versionBefore) return verdict('running', 0, 0, safe`sent`);
	const tasks = [...state.tasks.values()].filter((task) => task.serviceId === serviceId);
	const {update} = service;
	if (!update) return judgeCounts(service, tasks);
	switch (update.state) {
		case 'paused':
		case 'rollback_paused':
			return verdict('failed', 0, 0, safe`${pausedWords(update.state)}: ${update.message}`);
		case 'updating':
		case 'rollback_started':
			return judgeUpdate(service, tasks);
		case 'rollback_completed':
		case 'completed':
			return judgeCounts(service, tasks);
		default:
			return update.state satisfies never;
	}
}

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

/** Converged when exactly as many run as are wanted: too many is not there yet either. */
function judgeCounts(service: ServiceEntity, tasks: readonly TaskEntity[]): Verdict {
	const {counts, mode} = service;
	if (!counts) return verdict('running', 0, 0, safe`waiting for counts`);
	const isJob = mode === 'replicated-job' || mode === 'global-job';
	// What the spec asks for: the engine's count of desired tasks may still be from before the write.
	const total = service.replicas ?? counts.desired;
	const done = isJob ? counts.completed : counts.running;
	if (done === total && (isJob || isTaskListSettled(tasks, total))) {
		return verdict('converged', done, total, safe`${done}/${total}`);
	}
	return withTrouble(verdict('running', done, total, safe`${done}/${total}`), tasks);
}

/** The task list may be older or newer than the counts: both must agree, where tasks are known. */
function isTaskListSettled(tasks: readonly TaskEntity[], total: number): boolean {
	if (tasks.length === 0) return true;
	const running = tasks.filter((task) => isWanted(task.desired) && task.state === 'running').length;
	return running === total;
}

/** What keeps it from converging: the error of a current task that fails or can't be placed. */
function withTrouble(judged: Verdict, tasks: readonly TaskEntity[]): Verdict {
	const failing = tasks.find((task) => task.isCurrent && isWanted(task.desired) && task.error !== '');
	const failed = failing ?? newestFailure(tasks);
	if (!failed) return judged;
	return {...judged, state: 'stuck', detail: safe`${judged.detail}: ${failed.name} ${failed.error}`};
}

/** Of a task that was replaced after it failed, while its successor waits for its turn. */
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
	state: ClusterState,
): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, safe`the node is gone`);
	if (node.availability !== availability) return verdict('running', 0, 1, safe`sent`);
	if (availability !== 'drain') return verdict('converged', 1, 1, toSafeText(availability));
	const left = [...state.tasks.values()].filter((task) => task.nodeId === nodeId && !isTerminal(task.state)).length;
	if (left > 0) return verdict('running', 0, left, safe`${plural(left, 'task')} still there`);
	return verdict('converged', 1, 1, safe`no task left there`);
}

function judgeRole({nodeId, role}: Extract<Intent, {action: 'node.role'}>, state: ClusterState): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, safe`the node is gone`);
	if (role === 'manager') {
		return node.manager?.reachability === 'reachable'
			? verdict('converged', 1, 1, safe`a reachable manager`)
			: verdict('running', 0, 1, safe`joining the managers`);
	}
	return node.manager
		? verdict('running', 0, 1, safe`leaving the managers`)
		: verdict('converged', 1, 1, safe`a worker`);
}

/** How many tasks a removal or drain is about. */
export function tasksConcerned(intent: Intent, state: ClusterState): number {
	if ('nodeId' in intent) return tasksOn(intent.nodeId, state).length;
	return [...state.tasks.values()].filter((task) => task.serviceId === intent.serviceId && !isTerminal(task.state))
		.length;
}
