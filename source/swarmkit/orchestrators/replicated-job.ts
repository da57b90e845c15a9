import type {ServiceObject, TaskObject} from '../state/objects.ts';
import {jobSizeOf} from '../state/service-mode.ts';
import {compareStates, isTerminal} from '../state/task-state.ts';
import {advance, isWantedOrJob} from './desired-state.ts';
import type {JobSurroundings} from './job-surroundings.ts';

/**
 * Keeps as many tasks of a replicated job going as may run at once, each in a slot of its own, until every slot has
 * completed (swarmkit manager/orchestrator/jobs/replicated).
 */
export function reconcileReplicatedJob({store, templates, restarts}: JobSurroundings, service: ServiceObject): void {
	const ofThisRun: TaskObject[] = [];
	const older: TaskObject[] = [];
	for (const task of store.tasksOfService(service.id)) {
		(task.jobIteration === service.job?.iteration ? ofThisRun : older).push(task);
	}
	const completed = ofThisRun.filter((task) => task.status.state === 'complete');
	const going = ofThisRun.filter((task) => task.status.state !== 'complete' && isWantedOrJob(task));
	// A failed task counts as going until it has been restarted, or given up by its restart policy.
	const failed = going.filter((task) => compareStates(task.status.state, 'complete') > 0);

	const {maxConcurrent, totalCompletions} = jobSizeOf(service.spec);
	const allowed = totalCompletions - completed.length - going.length;
	const occupied = new Set([...completed, ...going].map((task) => task.slot));
	store.update((tx) => {
		const slots = freeSlots(occupied, Math.min(maxConcurrent - going.length, allowed), totalCompletions);
		for (const slot of slots) templates.create(tx, service, {slot, nodeId: '', desiredState: 'complete'});
		for (const task of failed) restarts.restart(tx, service, task);
		for (const task of older) if (!isTerminal(task.status.state)) advance(tx, task.id, 'remove');
	});
}

function freeSlots(occupied: ReadonlySet<number>, count: number, total: number): number[] {
	const free: number[] = [];
	for (let slot = 0; slot < total && free.length < count; slot++) if (!occupied.has(slot)) free.push(slot);
	return free;
}
