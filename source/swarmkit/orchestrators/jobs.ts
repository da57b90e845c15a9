import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {ServiceObject} from '../state/objects.ts';
import {isJob, modeName} from '../state/service-mode.ts';
import type {Change} from '../state/store.ts';
import {isTerminal} from '../state/task-state.ts';
import {advance, isWantedOrJob} from './desired-state.ts';
import {reconcileGlobalJob} from './global-job.ts';
import {checkTasks} from './leader-start.ts';
import {reconcileReplicatedJob} from './replicated-job.ts';
import {Restarts} from './restarts.ts';
import {isInvalidNode, TaskTemplates} from './task-templates.ts';

/**
 * Runs jobs to their end (swarmkit manager/orchestrator/jobs). A job is looked at when it is written and when one of its
 * tasks ends; what happens to nodes doesn't move its tasks.
 */
export function startJobs(surroundings: ControllerSurroundings): Controller {
	const {store} = surroundings;
	const templates = new TaskTemplates(surroundings.seeded);
	const restarts = new Restarts(surroundings, templates);
	const reconcile = (service: ServiceObject): void => {
		if (modeName(service.spec) === 'replicated-job') reconcileReplicatedJob({store, templates, restarts}, service);
		else reconcileGlobalJob({store, templates, restarts}, service);
	};

	checkTasks(store, restarts, {
		isOurs: isJob,
		fix(tx, task) {
			const isOfGlobalJob = task.nodeId !== '' && modeNameOf(tx.get('service', task.serviceId)) === 'global-job';
			if (isOfGlobalJob && isWantedOrJob(task) && isInvalidNode(tx.get('node', task.nodeId))) {
				advance(tx, task.id, 'shutdown');
			}
		},
	});
	const unwatch = store.watch((commit) => {
		for (const change of commit.changes) {
			restarts.see(change);
			see(change);
		}
	});
	for (const service of store.all('service')) if (isJob(service)) reconcile(service);

	function see(change: Change): void {
		if (change.kind === 'service' && isJob(change.object)) {
			if (change.action === 'remove') removed(change.object.id);
			else reconcileCurrent(change.object.id);
		} else if (change.kind === 'task' && change.action === 'update') {
			const task = change.object;
			if (isTerminal(task.status.state) && isWantedOrJob(task)) reconcileCurrent(task.serviceId);
		}
	}

	function reconcileCurrent(serviceId: string): void {
		const service = store.get('service', serviceId);
		if (service && isJob(service)) reconcile(service);
	}

	function removed(serviceId: string): void {
		restarts.forgetService(serviceId);
		store.update((tx) => {
			for (const task of tx.tasksOfService(serviceId)) advance(tx, task.id, 'remove');
		});
	}

	return {
		stop() {
			unwatch();
			restarts.stop();
		},
	};
}

const modeNameOf = (service: ServiceObject | undefined) => service && modeName(service.spec);
