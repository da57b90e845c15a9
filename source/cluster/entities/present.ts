import type {ServiceEntity, TaskEntity} from '../model.ts';
import {isWanted} from './health.ts';

/**
 * Whether what became of a task says anything about its service's present settings: what an update has replaced failed of
 * other causes, however lately. An update that the swarm takes back by itself is one with its rollback.
 */
export const isOfPresent = (task: Pick<TaskEntity, 'createdAt'>, {update}: Pick<ServiceEntity, 'update'>): boolean =>
	task.createdAt >= (update?.startedAt ?? 0);

/**
 * Whether a task has ended that was to stay up. An engine stops a container whose health check fails, and one that then ends
 * with exit code 0 is said to be complete, without a word of an error (moby daemon/cluster/executor/container/controller.go).
 */
export const hasEndedEarly = (
	{state}: Pick<TaskEntity, 'state'>,
	service: Pick<ServiceEntity, 'mode'> | undefined,
): boolean =>
	state === 'failed' ||
	state === 'rejected' ||
	(state === 'complete' && service !== undefined && !service.mode.endsWith('job'));

/** Whether it was made with what most updates change as it is now: which tasks will be replaced shows there. */
export const isOfPresentSpec = (
	task: Pick<TaskEntity, 'image' | 'forceUpdate'>,
	{image, forceUpdate}: Pick<ServiceEntity, 'image' | 'forceUpdate'>,
): boolean => task.image === image && task.forceUpdate === forceUpdate;

/** How far an update has come: how many tasks run that are not to be replaced by it any more. */
export function updatedTasks(
	service: Pick<ServiceEntity, 'update' | 'image' | 'forceUpdate'>,
	tasks: readonly TaskEntity[],
): number {
	const isUpdated = service.update?.startedAt === undefined ? isOfPresentSpec : isOfPresent;
	return tasks.filter(
		(task) => task.isCurrent && task.state === 'running' && isWanted(task.desired) && isUpdated(task, service),
	).length;
}
