/** Tasks whose service the engine has forgotten: what they are, and what ends them. Pure. */
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {ClusterState, TaskEntity} from '../model.ts';
import type {Reasons} from './reasons.ts';

/** Nobody has told them to stop. */
const isLeftBehind = ({isServiceGone, state, desired}: TaskEntity): boolean =>
	isServiceGone && isWanted(desired) && !isTerminal(state);

/** Those that run and that nothing will ever stop: what the overview tells of. */
export const leftRunning = ({tasks}: Pick<ClusterState, 'tasks'>): TaskEntity[] =>
	[...tasks.values()].filter((task) => isLeftBehind(task) && task.state === 'running');

/** `4 tasks on w1 and w2 run on, though their services are gone`. */
export function leftRunningWords(tasks: readonly TaskEntity[]): SafeText {
	const nodes = [...new Set(tasks.map(({nodeName}) => nodeName))].sort();
	const services = new Set(tasks.map(({serviceId}) => serviceId)).size;
	return safe`${plural(tasks.length, 'task')} of ${plural(services, 'service')} that ${toSafeText(services === 1 ? 'is' : 'are')} gone still ${toSafeText(tasks.length === 1 ? 'runs' : 'run')} on ${joinSafe(nodes, ', ')}`;
}

/** For a row, or a line: its own error has nothing to say any more. */
export const goneWords = (task: TaskEntity): SafeText =>
	toSafeText(
		isTerminal(task.state) || isLeftBehind(task)
			? 'its service is gone: the engine has kept this task'
			: 'its service is gone: it is being stopped',
	);

const aNewLeader = 'a manager that takes over the lead deletes them: demote the leader, then promote it again';

/** Instead of all that a service would tell. */
export function goneReasons(task: TaskEntity): Reasons {
	const {serviceId, nodeName, containerId, state} = task;
	const gone = safe`${toSafeText(serviceId.slice(0, 12))} is gone`;
	if (isTerminal(state)) {
		return [
			['service', safe`${gone}: the engine keeps this ended task in its list, it costs nothing`],
			['helps', toSafeText(aNewLeader)],
		];
	}
	if (!isLeftBehind(task)) return [['service', safe`${gone}: the task is being stopped`]];
	const why: Reasons[number] = [
		'service',
		safe`${gone}, and nothing has told this task so: engines before 23 forget the tasks of a removed job`,
	];
	if (state !== 'running') {
		return [why, ['harm', toSafeText('none: it has no container')], ['helps', toSafeText(aNewLeader)]];
	}
	const end = safe`docker rm -f ${containerId === '' ? toSafeText('its container') : toSafeText(containerId.slice(0, 12))} on ${nodeName} ends it`;
	return [why, ['helps', safe`${end}; ${toSafeText(aNewLeader)}`]];
}
