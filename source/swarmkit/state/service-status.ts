import type {ServiceStatus} from '../../wire/service.ts';
import type {ServiceObject, TaskObject} from './objects.ts';
import {jobSizeOf, modeName, replicasOf} from './service-mode.ts';
import type {StoreReader} from './store.ts';

/**
 * The counts that `GET /services?status=true` adds: computed when asked, never stored (swarmkit
 * manager/controlapi/service.go ListServiceStatuses). Running goes by the observed state alone: tasks that are being
 * stopped count, and so do those of a dead node.
 */
export function serviceStatus(reader: StoreReader, service: ServiceObject): ServiceStatus {
	const mode = modeName(service.spec);
	const tasks = reader.tasksOfService(service.id);
	switch (mode) {
		case 'replicated':
			return counts(tasks, replicasOf(service.spec));
		case 'global':
			return counts(
				tasks,
				count(tasks, (task) => task.desiredState === 'running'),
			);
		case 'replicated-job':
		case 'global-job': {
			const ofThisRun = tasks.filter((task) => task.jobIteration === service.job?.iteration);
			const completed = count(ofThisRun, (task) => task.status.state === 'complete');
			const desired =
				mode === 'replicated-job'
					? jobSizeOf(service.spec).maxConcurrent
					: count(ofThisRun, (task) => task.desiredState === 'complete') - completed;
			return {...counts(ofThisRun, desired), CompletedTasks: completed};
		}
	}
}

function counts(tasks: readonly TaskObject[], desired: number): ServiceStatus {
	const running = count(tasks, (task) => task.status.state === 'running');
	return {RunningTasks: running, DesiredTasks: desired, CompletedTasks: 0};
}

function count(tasks: readonly TaskObject[], counts: (task: TaskObject) => boolean): number {
	let number = 0;
	for (const task of tasks) if (counts(task)) number++;
	return number;
}
