/** All tasks of each service, whatever has become of them; grouped once per state of the tasks. */
import {memoized} from '../runtime/memoized.ts';
import type {TaskEntity} from './model.ts';

export const tasksOfServices = memoized(
	(tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, readonly TaskEntity[]> =>
		Map.groupBy(tasks.values(), ({serviceId}) => serviceId),
);
