import {isAtLeast, isTerminal} from '../state/task-state.ts';
import type {ForecastTask, Span, UsualTimes} from './input.ts';

/** How long tasks took to start and to stop, read off the times in a swarm's task history. Pure. */

/** What it takes to know of a task for that. */
export type TimedTask = Pick<ForecastTask, 'slot' | 'nodeId' | 'state' | 'desired' | 'createdAt' | 'since'>;

export type Samples = {
	/** From the end of the task before to running. */
	readonly starts: readonly number[];
	/** From being made to running, where nothing had to end first. */
	readonly wholeStarts: readonly number[];
	readonly stops: readonly number[];
};

/** Whatever took longer had other reasons than its program. */
const longestSampleMs = 10 * 60_000;

/** @param tasks those of one service */
export function samplesOf(isPerNode: boolean, tasks: readonly TimedTask[]): Samples {
	const slots = Map.groupBy(tasks, ({slot, nodeId}) => (isPerNode ? nodeId : slot));
	const starts: number[] = [];
	const wholeStarts: number[] = [];
	const stops: number[] = [];
	for (const slot of slots.values()) {
		const inOrder = slot.toSorted((a, b) => a.createdAt - b.createdAt);
		for (const [index, task] of inOrder.entries()) {
			const before = inOrder[index - 1];
			if (before && wasReplaced(before)) {
				const isStartFirst = task.state === 'running' && task.since <= before.since;
				stops.push(before.since - (isStartFirst ? task.since : task.createdAt));
			}
			if (task.state !== 'running') continue;
			if (!before) wholeStarts.push(task.since - task.createdAt);
			else if (wasReplaced(before) && before.since >= task.createdAt) starts.push(task.since - before.since);
		}
	}
	return {starts: starts.filter(isSample), wholeStarts: wholeStarts.filter(isSample), stops: stops.filter(isSample)};
}

/** It was told to stop, rather than ended by itself. */
const wasReplaced = ({state, desired}: TimedTask): boolean =>
	isTerminal(state) && isAtLeast(desired, 'shutdown') && state === 'shutdown';

const isSample = (ms: number): boolean => ms > 0 && ms < longestSampleMs;

/** The next may be a little faster, or slower, than all that were seen. */
const [faster, slower, slackMs] = [0.5, 1.5, 1000];

export function spanOf(samples: readonly number[]): Span | undefined {
	const sorted = samples.toSorted((a, b) => a - b);
	const usual = sorted[Math.floor(sorted.length / 2)];
	if (usual === undefined) return undefined;
	return {least: faster * (sorted[0] ?? usual), usual, most: slower * (sorted.at(-1) ?? usual) + slackMs};
}

/** Of many tasks, without the tenth that was the slowest. */
export function usualTimesOf(samples: readonly Samples[]): UsualTimes {
	const start = spanOf(trimmed(samples.flatMap(({starts}) => starts)));
	const stop = spanOf(trimmed(samples.flatMap(({stops}) => stops)));
	return {...(start && {start}), ...(stop && {stop})};
}

const trimmed = (samples: readonly number[]): number[] =>
	samples.toSorted((a, b) => a - b).slice(0, Math.max(1, Math.ceil(samples.length * 0.9)));
