/** The previous container: its log ends with the reason for which what runs now has nothing to say yet. */
import type {ClusterState, TaskEntity} from '../../cluster/model.ts';
import {tasksOfServices} from '../../cluster/tasks-of.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {LogTarget} from './log-feed.ts';
import {hasStopped} from './log-sources.ts';

/** The logs of the container that ended last before what the target shows; fails with the sentence that says why there is none. */
export function previousContainer(
	target: LogTarget | undefined,
	{tasks, services}: Pick<ClusterState, 'tasks' | 'services'>,
): Result<LogTarget, SafeText> {
	const candidates = target && candidatesFor(target, tasks);
	if (!target || !candidates) {
		return failed(toSafeText('Only a service or a task has a previous container: select one first.'));
	}
	const [newest] = candidates.filter(hasRun).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
	if (newest) return ok({kind: 'task', id: newest.id, name: nameOf(newest)});
	const isKnown = target.kind !== 'service' || services.has(target.id);
	return failed(
		isKnown
			? safe`No container before this one is known of ${target.name}: the swarm keeps the last few tasks of a slot only.`
			: safe`${target.name} is gone.`,
	);
}

function candidatesFor({kind, id}: LogTarget, tasks: ReadonlyMap<string, TaskEntity>): TaskEntity[] | undefined {
	const ofService = (serviceId: string): readonly TaskEntity[] => tasksOfServices(tasks).get(serviceId) ?? [];
	if (kind === 'service') return ofService(id).filter((task) => hasStopped(task, true));
	const shown = kind === 'task' ? tasks.get(id) : undefined;
	return shown && ofService(shown.serviceId).filter((task) => isBefore(task, shown));
}

/** Of tasks of one service. */
function isBefore(task: TaskEntity, shown: TaskEntity): boolean {
	return task.id !== shown.id && task.slotKey === shown.slotKey && task.createdAt <= shown.createdAt;
}

/** A task that was rejected, or never placed, has had no container. */
const hasRun = ({containerId, exitCode}: TaskEntity): boolean => containerId !== '' || exitCode !== undefined;

function nameOf({name, state, exitCode}: TaskEntity): SafeText {
	return exitCode === undefined ? safe`${name}, ${toSafeText(state)}` : safe`${name}, exit code ${exitCode}`;
}
