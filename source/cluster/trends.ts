/**
 * How many tasks have run since the program began to look, and how often tasks failed. Kept in few steps that widen as time
 * goes on; a swarm that does not change costs nothing.
 */
import type {ClusterState} from './model.ts';

type Trend = {
	/** When it begins, in milliseconds since the epoch. */
	readonly since: number;
	/** Running tasks at the end of each step. */
	readonly running: readonly number[];
	/** Tasks that failed or were rejected, per minute, in each step. */
	readonly failuresPerMinute: readonly number[];
};

/** What a screen reads of it. */
export interface TrendReader {
	/** Undefined until the tasks are known. @param now milliseconds since the epoch */
	read(now: number): Trend | undefined;
}

type Step = {running: number; failures: number};

const firstStepMs = 10_000;
const mostSteps = 60;
/** A swarm that changes all the time is looked at this often. */
const pauseMs = 2000;
const minuteMs = 60_000;

export class Trends implements TrendReader {
	#since: number | undefined;
	#stepMs = firstStepMs;
	#steps: Step[] = [];
	#counted: ReadonlySet<string> = new Set();
	#tasks: ClusterState['tasks'] | undefined;
	#lookedAt = Number.NEGATIVE_INFINITY;

	/** To be told of every change of the cluster. @param now milliseconds since the epoch */
	observe({tasks, services, freshness}: ClusterState, now: number): void {
		if (freshness.tasks.fetchedAt === undefined || tasks === this.#tasks || now - this.#lookedAt < pauseMs) return;
		this.#tasks = tasks;
		this.#lookedAt = now;
		this.#since ??= now;
		let running = 0;
		for (const {counts} of services.values()) running += counts?.running ?? 0;
		const failed = new Set<string>();
		let failures = 0;
		for (const {id, state, since} of tasks.values()) {
			if (state !== 'failed' && state !== 'rejected') continue;
			failed.add(id);
			if (since >= this.#since && !this.#counted.has(id)) failures++;
		}
		this.#counted = failed;
		const step = this.#stepAt(now, this.#since);
		step.running = running;
		step.failures += failures;
	}

	read(now: number): Trend | undefined {
		if (this.#since === undefined) return undefined;
		this.#stepAt(now, this.#since);
		return {
			since: this.#since,
			running: this.#steps.map(({running}) => running),
			failuresPerMinute: this.#steps.map(({failures}) => (failures * minuteMs) / this.#stepMs),
		};
	}

	/** The step of that moment. While nothing changed, as many ran as before. */
	#stepAt(now: number, since: number): Step {
		while ((now - since) / this.#stepMs >= mostSteps) this.#widen();
		const index = Math.max(0, Math.floor((now - since) / this.#stepMs));
		while (this.#steps.length <= index) this.#steps.push({running: this.#steps.at(-1)?.running ?? 0, failures: 0});
		return this.#steps[index] ?? {running: 0, failures: 0};
	}

	/** Two steps become one. */
	#widen(): void {
		this.#stepMs *= 2;
		this.#steps = this.#steps.flatMap((step, index) => {
			if (index % 2 === 1) return [];
			const next = this.#steps[index + 1];
			return [{running: next?.running ?? step.running, failures: step.failures + (next?.failures ?? 0)}];
		});
	}
}
