import {duration} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isOfPresent} from '../entities/present.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';
import {tasksOfServices} from '../tasks-of.ts';
import {countedWords} from './counted.ts';
import {failureReasons, healthReasons, imageReasons} from './failures.ts';
import {goneReasons} from './gone.ts';
import {jobFailureWords} from './job-failures.ts';
import {placementReasons, waitingReasons} from './placement.ts';
import type {Reasons} from './reasons.ts';
import {restartReasons} from './restarts.ts';
import {addressReasons, stuckReasons} from './stuck.ts';

/** Why a service, or one of its tasks, is not as desired: everything that is known about it, as labels and values. Pure. */

/** @param now milliseconds since the epoch, for how long ago something was */
export function whyService(service: ServiceEntity, state: ClusterState, now: number): Reasons {
	const tasks = tasksOfServices(state.tasks).get(service.id) ?? [];
	const present = tasks.filter((task) => isOfPresent(task, service));
	return [
		['now', standing(service)],
		...told('counted', countedWords(service, tasks, state)),
		...told('failures', jobFailureWords(service, present)),
		...updateReasons(service),
		...stuckReasons(service, tasks, state, now),
		...waitingReasons(tasks),
		...imageReasons(present),
		...addressReasons(service, tasks, state),
		...healthReasons(service, present),
		...failureReasons(present, now, state.inside?.kills),
		...placementReasons(service, tasks, state),
		...restartReasons(service, tasks, now),
	];
}

/** A task's own state first, then all that holds for its service. */
export function whyTask(task: TaskEntity, state: ClusterState, now: number): Reasons {
	const service = state.services.get(task.serviceId);
	const words = [toSafeText(task.state), task.message, task.error].filter((text) => text !== '');
	const own: Reasons = [
		['task', safe`${task.name}: ${joinSafe(words, ', ')} for ${duration(Math.max(0, now - task.since))}`],
		['desired', toSafeText(task.desired)],
	];
	if (task.isServiceGone) return [...own, ...goneReasons(task)];
	if (!service) return own;
	return [...own, ...whyService(service, state, now)];
}

const told = (label: string, words: SafeText | undefined): Reasons => (words === undefined ? [] : [[label, words]]);

function standing({name, mode, counts, replicas}: ServiceEntity): SafeText {
	if (!counts) return safe`how many tasks of ${name} run is not known yet`;
	if (mode.endsWith('job')) return safe`${counts.completed} of ${replicas ?? counts.desired} complete`;
	const wanted = replicas ?? counts.desired;
	const words = safe`${counts.running} of ${wanted} run`;
	return counts.running === wanted ? safe`${words}: as desired` : words;
}

function updateReasons({update}: ServiceEntity): Reasons {
	if (!update || update.state === 'completed') return [];
	const words = toSafeText(update.state.replaceAll('_', ' '));
	const said = update.message === '' ? words : safe`${words}: ${update.message}`;
	const isPaused = update.state === 'paused' || update.state === 'rollback_paused';
	const next = isPaused
		? safe`. Nothing more is replaced until it is continued, rolled back, or changed again.`
		: safe``;
	return [['update', safe`${said}${next}`]];
}
