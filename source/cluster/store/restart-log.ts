/**
 * How often the tasks of a service have failed and been replaced. The engine keeps the last few tasks of a slot only, so
 * what it has forgotten is remembered here for as long as it counts.
 */
import {patienceMs} from '../entities/patience.ts';
import {isOfPresentSpec} from '../entities/present.ts';
import type {Restarts} from '../entities/restarts.ts';
import type {ServiceFacts} from '../entities/service.ts';
import type {Slot} from './survey.ts';
import type {TaskRecord} from './task-record.ts';

/** A failure older than this is history. */
const countedMs = 600_000;
/** So many restarts, the last ones no further back than this, are a loop. */
const loopRestarts = 2;
const loopMs = 300_000;
const longestCalmMs = 180_000;

type Failure = {readonly at: number; readonly exitCode: number | undefined};

export class RestartLog {
	readonly #failures = new Map<string, Map<string, Failure>>();

	/**
	 * Notes what has failed since the last look; undefined while nothing has.
	 * @param now milliseconds since the epoch
	 */
	observe(
		service: ServiceFacts,
		tasks: Iterable<TaskRecord>,
		slots: Iterable<Slot>,
		now: number,
	): Restarts | undefined {
		const failed = [...tasks].filter(({facts}) => facts.state === 'failed' || facts.state === 'rejected');
		if (failed.length === 0 && !this.#failures.has(service.id)) return undefined;
		const newest = new Set<string>();
		for (const slot of slots) newest.add(slot.newest.id);
		const known = this.#failures.get(service.id) ?? new Map<string, Failure>();
		const begin = Math.max(now - countedMs, service.update?.startedAt ?? 0);
		for (const {id, facts} of failed) {
			// The newest of its slot has been replaced by nothing yet, and another version's end tells nothing of this one.
			if (newest.has(id) || !isOfPresentSpec(facts, service)) continue;
			if (facts.since >= begin) known.set(id, {at: facts.since, exitCode: facts.exitCode});
		}
		for (const [id, {at}] of known) if (at < begin) known.delete(id);
		if (known.size === 0) {
			this.#failures.delete(service.id);
			return undefined;
		}
		this.#failures.set(service.id, known);
		return restartsOf([...known.values()], now);
	}

	forget(serviceId: string): void {
		this.#failures.delete(serviceId);
	}
}

function restartsOf(failures: readonly Failure[], now: number): Restarts {
	const inOrder = failures.toSorted((a, b) => a.at - b.at);
	const since = inOrder[0]?.at ?? now;
	const last = inOrder.at(-1);
	const gaps = inOrder.slice(1).map(({at}, index) => at - (inOrder[index]?.at ?? at));
	// What fails every minute has not recovered by running for half of one.
	const calmMs = Math.min(longestCalmMs, Math.max(patienceMs, 2 * Math.max(0, ...gaps)));
	const recent = inOrder.filter(({at}) => now - at < loopMs);
	const isLoop = recent.length >= loopRestarts && now - (last?.at ?? 0) < calmMs;
	return {count: inOrder.length, since, exitCode: last?.exitCode, isLoop};
}
