/** What keeps a service from being as desired, as the rules part it among themselves. */
import type {ClusterState, ServiceEntity, TaskEntity} from '../../model.ts';
import {liveTasks} from '../service-rules.ts';

const longMs = 2 * 60_000;

export const isLooping = ({restarts}: ServiceEntity): boolean => restarts?.isLoop === true;

export const isPaused = ({update}: ServiceEntity): boolean =>
	update?.state === 'paused' || update?.state === 'rollback_paused';

/** The task that has been pending for the longest time of those that have been for long. */
export function waitsForLong(
	service: ServiceEntity,
	state: Pick<ClusterState, 'tasks'>,
	now: number,
): TaskEntity | undefined {
	return liveTasks(service, state)
		.filter((task) => task.state === 'pending' && now - task.createdAt > longMs)
		.sort((a, b) => a.createdAt - b.createdAt)[0];
}
