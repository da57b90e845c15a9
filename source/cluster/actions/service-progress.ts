import type {SafeText} from '../../text/safe-text.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import {hasEndedEarly, isOfPresent, isOfPresentSpec, updatedTasks} from '../entities/present.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';
import {type ServiceSubject, type Verdict, verdict, type Watched} from './action.ts';
import {progress} from './messages.ts';
import type {TaskLookup} from './task-lookup.ts';

/**
 * How far a service is from what it was asked to be, read off the cluster's state as `docker service` reads it (docker/cli
 * cli/command/service/progress): pure, so that the same state always gives the same verdict.
 */

type ServiceIntent = {readonly action: string} & ServiceSubject;

/** What a node that is down is said to run, nobody knows: docker's progress leaves it out, and so does this. */
const isOnDeadNode = ({nodeId}: TaskEntity, {nodes}: ClusterState): boolean => nodes.get(nodeId)?.state === 'down';

/** It runs, or is about to, as far as anybody knows. */
export const isThere = (task: TaskEntity, state: ClusterState): boolean =>
	!isTerminal(task.state) && !isOnDeadNode(task, state);

/** What it means to an action that the swarm rolls back: it has failed, it may be how it ends, or it is what was wanted. */
export type RollbackMeaning = 'failure' | 'outcome' | 'purpose';

/** How far an action on a service's settings has come. */
export function judgeService(
	{intent: {serviceId}, versionBefore}: Watched<ServiceIntent>,
	state: ClusterState,
	lookup: TaskLookup,
	rollback: RollbackMeaning,
): Verdict {
	const service = state.services.get(serviceId);
	if (!service) return verdict('failed', 0, 0, progress.serviceGone);
	// Until the store has seen the write, what it shows is the past.
	if (service.version <= versionBefore) return verdict('running', 0, 0, progress.sent);
	const tasks = lookup.ofService(serviceId);
	const {update} = service;
	if (!update) return judgeSteady(service, tasks, state);
	switch (update.state) {
		case 'paused':
		case 'rollback_paused':
			return verdict(
				'failed',
				0,
				0,
				withCause(progress.paused(update.state === 'rollback_paused', update.message), service, tasks),
			);
		case 'rollback_started':
			if (rollback !== 'purpose') {
				const back = judgeUpdate(service, tasks);
				return {
					...back,
					state: 'stuck',
					detail: withCause(progress.because(back.detail, update.message), service, tasks),
				};
			}
			return judgeUpdate(service, tasks);
		case 'updating':
			return judgeUpdate(service, tasks);
		case 'rollback_completed':
			// The swarm has taken back what was asked for: all tasks run, and not what was wanted.
			if (rollback === 'failure') {
				return verdict('failed', 0, 0, withCause(progress.rolledBack(update.message), service, tasks));
			}
			return judgeSteady(service, tasks, state);
		case 'completed':
			return judgeSteady(service, tasks, state);
		default:
			return update.state satisfies never;
	}
}

/** What the engine says of an update names no more than a task's ID; what went wrong is that task's own error. */
function withCause(words: SafeText, service: ServiceEntity, tasks: readonly TaskEntity[]): SafeText {
	const ended = tasks
		.filter((task) => isOfPresent(task, service) && hasEndedEarly(task, service))
		.sort((a, b) => b.since - a.since)[0];
	const cause = ended && causeOfEnd(ended);
	return ended && cause ? progress.withCause(words, ended.name, cause) : words;
}

/** Why a task is over that was to stay up; '' where nothing is known. */
export const causeOfEnd = ({state, error}: Pick<TaskEntity, 'state' | 'error'>): SafeText =>
	state === 'complete' ? progress.endedWell : error;

const judgeSteady = (service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Verdict =>
	service.mode.endsWith('job') ? judgeJob(service, tasks) : judgeTasks(service, tasks, state);

/** While tasks are replaced one after another: how many run with the newest settings. */
function judgeUpdate(service: ServiceEntity, tasks: readonly TaskEntity[]): Verdict {
	const wanted = tasks.filter((task) => isWanted(task.desired) && task.isCurrent);
	const total = service.counts?.desired ?? wanted.length;
	const done = updatedTasks(service, tasks);
	const words = progress.updating(service.update?.state === 'rollback_started', done, total);
	return withTrouble(verdict('running', Math.min(done, total), total, words), service, tasks);
}

/** The engine's own count of this run's completed tasks; it comes in one answer with the version that began the run. */
function judgeJob(service: ServiceEntity, tasks: readonly TaskEntity[]): Verdict {
	const {counts, replicas} = service;
	if (!counts) return verdict('running', 0, 0, progress.countsMissing);
	const total = replicas ?? counts.completed + counts.desired;
	const {completed} = counts;
	if (completed >= total) return verdict('converged', completed, total, progress.complete(completed, total));
	return withTrouble(verdict('running', completed, total, progress.complete(completed, total)), service, tasks);
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
	// Between a write and the orchestrator's first look at it there is no update status yet, and all old tasks run.
	for (const task of wanted) if (task.state === 'running' && isOfPresentSpec(task, service)) running.add(task.slotKey);
	const done = running.size;
	if (done === total && !isUnknown) return verdict('converged', done, total, progress.running(done, total));
	return withTrouble(verdict('running', done, total, progress.running(done, total)), service, tasks);
}

/** What keeps it from converging: the error of a current task that fails or can't be placed. */
function withTrouble(judged: Verdict, service: ServiceEntity, tasks: readonly TaskEntity[]): Verdict {
	const concerned = tasks.filter((task) => !hasFailed(task) || isOfPresent(task, service));
	const failing = concerned.find((task) => task.isCurrent && isWanted(task.desired) && task.error !== '');
	const failed = failing ?? newestFailure(concerned);
	if (!failed) return judged;
	return {...judged, state: 'stuck', detail: progress.inTrouble(judged.detail, failed.name, failed.error)};
}

const hasFailed = ({state}: TaskEntity): boolean => state === 'failed' || state === 'rejected';

/** Of a task that was replaced after it failed, while its successor waits. */
function newestFailure(tasks: readonly TaskEntity[]): TaskEntity | undefined {
	const waiting = new Set(
		tasks.filter((task) => task.isCurrent && task.desired === 'ready').map((task) => task.slotKey),
	);
	return tasks.filter((task) => waiting.has(task.slotKey) && hasFailed(task)).sort((a, b) => b.since - a.since)[0];
}
