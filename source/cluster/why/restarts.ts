import {duration, plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {ServiceEntity, TaskEntity} from '../model.ts';
import type {Reasons} from './reasons.ts';

/** How a service's tasks are started again: the rule, what waiting, and which slots have attempts left. */

type Rule = {
	readonly condition: 'none' | 'on-failure' | 'any';
	readonly delayMs: number;
	/** 0: without a limit. */
	readonly attempts: number;
	/** 0: all attempts count, whenever they were. */
	readonly windowMs: number;
};

const nanosPerMs = 1_000_000;
/** swarmkit's api/defaults/service.go. */
const defaultDelayMs = 5000;

export function restartReasons(service: ServiceEntity, tasks: readonly TaskEntity[], now: number): Reasons {
	const rule = ruleOf(service);
	return [
		['restarts', restartRule(service)],
		...waiting(tasks, rule, now),
		...(rule.attempts > 0 && rule.condition !== 'none' ? attempts(service, tasks, rule, now) : []),
	];
}

function ruleOf({raw}: ServiceEntity): Rule {
	const {Condition: condition = 'any', Delay, MaxAttempts = 0, Window = 0} = raw.Spec.TaskTemplate.RestartPolicy ?? {};
	const delayMs = Delay === undefined ? defaultDelayMs : Delay / nanosPerMs;
	return {condition, delayMs, attempts: MaxAttempts, windowMs: Window / nanosPerMs};
}

/** When its tasks are restarted, how soon and how often. */
export function restartRule(service: ServiceEntity): SafeText {
	const {condition, delayMs, attempts, windowMs} = ruleOf(service);
	if (condition === 'none') return toSafeText('never: the restart condition is none');
	const when = condition === 'any' ? toSafeText('always') : toSafeText('after a failure');
	const within = windowMs > 0 ? safe` within ${duration(windowMs)}` : safe``;
	const limit = attempts > 0 ? safe`${plural(attempts, 'attempt')}${within}` : toSafeText('without a limit');
	return safe`${when}, ${duration(delayMs)} later, ${limit}`;
}

/** A task that takes a failed one's place is made at once and held ready until the delay is over. */
function waiting(tasks: readonly TaskEntity[], {delayMs}: Rule, now: number): Reasons {
	return tasks
		.filter(({desired, state}) => desired === 'ready' && !isTerminal(state))
		.map((task) => {
			const leftMs = Math.max(0, task.createdAt + delayMs - now);
			return ['waiting', safe`${task.name} restarts in about ${duration(leftMs)}`];
		});
}

/**
 * Restarts are counted by slot and for each version of the service anew (swarmkit manager/orchestrator/restart). Tasks of
 * the same image and force update are taken to be of one version; as many as count are kept in the history.
 */
function attempts(service: ServiceEntity, tasks: readonly TaskEntity[], rule: Rule, now: number): Reasons {
	const slots = new Map<string, TaskEntity[]>();
	for (const task of tasks) {
		if (task.image !== service.image || task.forceUpdate !== service.forceUpdate) continue;
		slots.set(task.slotKey, [...(slots.get(task.slotKey) ?? []), task]);
	}
	return [...slots.values()].flatMap((slot): Reasons => {
		const [first, ...restarted] = slot.sort((a, b) => a.createdAt - b.createdAt);
		if (!first || !slot.some(({state}) => state === 'failed' || state === 'rejected')) return [];
		const counted = restarted.filter(({createdAt}) => rule.windowMs === 0 || now - createdAt <= rule.windowMs);
		const left = Math.max(0, rule.attempts - counted.length);
		const isAlive = slot.some(({desired, state}) => isWanted(desired) && !isTerminal(state));
		if (left === 0 && !isAlive)
			return [['attempts', safe`${first.name} has none left: it stays down until the service is updated`]];
		return [['attempts', safe`${first.name} has ${left} of ${rule.attempts} left`]];
	});
}
