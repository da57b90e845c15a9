import {constraintsOf, meetsConstraints} from '../scheduler/constraints.ts';
import type {ServiceObject} from '../state/objects.ts';
import {compareStates, isTerminal} from '../state/task-state.ts';
import {advance, isWantedOrJob} from './desired-state.ts';
import type {JobSurroundings} from './job-surroundings.ts';
import {isInvalidNode} from './task-templates.ts';

/**
 * Sees to it that a global job has a task of this run on every node that is ready, active and eligible when the job is
 * looked at; the tasks of former runs go, also the completed ones (swarmkit manager/orchestrator/jobs/global).
 */
export function reconcileGlobalJob({store, templates, restarts}: JobSurroundings, service: ServiceObject): void {
	const constraints = constraintsOf(service.spec.TaskTemplate.Placement?.Constraints);
	const nodes = store.all('node').filter((node) => meetsConstraints(constraints, node));
	const candidates = nodes.filter((node) => node.status.State === 'ready' && node.spec.Availability === 'active');
	const tasks = store.tasksOfService(service.id);
	const ofThisRun = tasks.filter((task) => task.jobIteration === service.job?.iteration && isWantedOrJob(task));
	const older = tasks.filter((task) => task.jobIteration !== service.job?.iteration);
	const byNode = new Map(ofThisRun.map((task) => [task.nodeId, task]));

	store.update((tx) => {
		for (const node of candidates) {
			if (byNode.has(node.id)) continue;
			templates.create(tx, service, {slot: 0, nodeId: node.id, desiredState: 'complete'});
		}
		for (const task of ofThisRun) {
			if (compareStates(task.status.state, 'complete') > 0) restarts.restart(tx, service, task);
		}
		for (const task of older) advance(tx, task.id, 'remove');
		for (const node of nodes.filter(isInvalidNode)) {
			const task = byNode.get(node.id);
			if (task && !isTerminal(task.status.state)) advance(tx, task.id, 'shutdown');
		}
	});
}
