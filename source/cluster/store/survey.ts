/** What the tasks of one service, or of one node, add up to. */

import type {TaskState} from '../../wire/task.ts';
import {earliest, isTerminal, isWanted, type SlotEvidence, taskHealth} from '../entities/health.ts';
import {patienceMs, stuckAt} from '../entities/patience.ts';
import type {ServiceFacts} from '../entities/service.ts';
import {slotKeyOf} from '../entities/task.ts';
import type {ServiceEntity, ServiceMode} from '../model.ts';
import {addTask, type NodeLoad, noLoad} from './node-loads.ts';
import type {TaskRecord} from './task-record.ts';

/** The newest task of a slot, and the one before it. */
export type Slot = {newest: TaskRecord; previous: TaskRecord | undefined};

/** Newer first by creation; objects of one raft transaction share even that, so the version and the ID settle it. */
function isNewer(a: TaskRecord, b: TaskRecord): boolean {
	if (a.facts.createdAt !== b.facts.createdAt) return a.facts.createdAt > b.facts.createdAt;
	return a.version !== b.version ? a.version > b.version : a.id > b.id;
}

export function slotsOf(tasks: Iterable<TaskRecord>, mode: ServiceMode | undefined): Map<string, Slot> {
	const slots = new Map<string, Slot>();
	for (const task of tasks) {
		const key = slotKeyOf(task.facts, mode);
		const slot = slots.get(key);
		if (!slot) slots.set(key, {newest: task, previous: undefined});
		else if (isNewer(task, slot.newest)) {
			slot.previous = slot.newest;
			slot.newest = task;
		} else if (!slot.previous || isNewer(task, slot.previous)) slot.previous = task;
	}
	return slots;
}

const hasFailed = (task: TaskRecord | undefined): boolean =>
	task?.facts.state === 'failed' || task?.facts.state === 'rejected';

const isLive = ({facts}: TaskRecord, isNodeDown: (nodeId: string) => boolean): boolean =>
	facts.state === 'running' && isWanted(facts.desired) && !isNodeDown(facts.nodeId);

/** See health.ts for what follows from it. `now` in milliseconds since the epoch. */
export function slotEvidence(
	slots: Iterable<Slot>,
	tasks: Iterable<TaskRecord>,
	isNodeDown: (nodeId: string) => boolean,
	service: ServiceFacts,
	now: number,
): SlotEvidence {
	let [failing, recovering, starting, live, wanted] = [0, 0, 0, 0, 0];
	const stuck = new Set<TaskState>();
	for (const task of tasks) if (isLive(task, isNodeDown)) live++;
	for (const {newest, previous} of slots) {
		const {state, desired, error, since, nodeId} = newest.facts;
		const isStuck = now >= stuckAt(newest.facts, service);
		if (isStuck) stuck.add(state);
		if (isWanted(desired) || state === 'complete') wanted++;
		const health = taskHealth({
			state,
			desired,
			hasError: error !== '',
			isNodeDown: isNodeDown(nodeId),
			isStuck,
			isServiceGone: false,
		});
		const isUnderWay = isWanted(desired) && !isTerminal(state) && state !== 'running';
		if (health === 'failing' || (isUnderWay && hasFailed(previous))) failing++;
		else if (isUnderWay) starting++;
		else if (state === 'running' && hasFailed(previous) && now - since < patienceMs) recovering++;
	}
	return {failing, recovering, starting, live, stuck: earliest([...stuck]), wanted};
}

/**
 * Running, desired and completed tasks for engines that don't send ServiceStatus (before API 1.41), as `docker service
 * ls` counts them there: tasks on nodes that are down don't count as running.
 */
export function countsOf(
	service: ServiceFacts,
	tasks: Iterable<TaskRecord>,
	isNodeDown: (nodeId: string) => boolean,
): NonNullable<ServiceEntity['counts']> {
	const iteration = service.raw.JobStatus?.JobIteration.Index ?? 0;
	let [running, wanted, completed] = [0, 0, 0];
	for (const {facts, jobIteration} of tasks) {
		if (facts.state === 'running' && !isNodeDown(facts.nodeId)) running++;
		if (facts.state === 'complete' && jobIteration === iteration) completed++;
		else if (isWanted(facts.desired)) wanted++;
	}
	const {Mode: mode} = service.raw.Spec;
	const desired = mode.ReplicatedJob ? (mode.ReplicatedJob.MaxConcurrent ?? 1) : service.replicas;
	return {running, desired: desired ?? wanted, completed};
}

/** What runs on a node, what is meant to, and what that reserves. */
export function loadOf(tasks: Iterable<TaskRecord>): NodeLoad {
	const load = noLoad();
	for (const {facts, reserved} of tasks) addTask(load, {state: facts.state, desired: facts.desired, reserved});
	return load;
}
