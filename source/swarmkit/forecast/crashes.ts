import {isDeepStrictEqual} from 'node:util';
import type {Service} from '../../wire/service.ts';
import type {TaskSpec} from '../../wire/task.ts';
import {millisecondsOf} from '../state/duration.ts';
import type {ServiceObject, TaskObject} from '../state/objects.ts';
import type {Failing, ForecastInput, ForecastTask} from './input.ts';

/**
 * Which services' tasks end by themselves, again and again, as the swarm's task history tells: those that follow with the
 * same program are taken to do the same. Of another program nothing is known, so it is taken to run.
 */

/** What ended longer ago says nothing about today. */
const recentMs = 10 * 60_000;
/** A program that runs for longer than this before it ends is not in a crash loop as far as one plan is concerned. */
const longestSpellMs = 2 * 60_000;
/** A task has outlived the crash loop when it runs for so many spells, and for so long at the least. */
const outlivedSpells = 3;
const outlivedMs = 15_000;
/** So many have to have ended before it is taken for more than an accident. */
const endedAtLeast = 2;
/** From a task's making to its program's start, without the restart delay. */
const onItsWayMs = 1500;
const defaultDelayMs = 5000;

type Known = {readonly failing: Failing; readonly spec: TaskSpec};

export class Crashes {
	readonly #known = new Map<string, Known>();
	readonly #same = new WeakMap<TaskSpec, boolean>();

	constructor({services, tasks, now}: Pick<ForecastInput, 'services' | 'tasks' | 'now'>) {
		const byService = Map.groupBy(tasks, ({serviceId}) => serviceId);
		for (const service of services) {
			const failing = failingOf(service, byService.get(service.ID) ?? [], now);
			if (failing) this.#known.set(service.ID, {failing, spec: service.Spec.TaskTemplate});
		}
	}

	/** How a task like this will end by itself; undefined when it is taken to run. */
	of(task: TaskObject): Failing | undefined {
		const known = this.#known.get(task.serviceId);
		return known && this.#isSameProgram(task.spec, known.spec) ? known.failing : undefined;
	}

	/** Its tasks end by themselves, and it is to have another program. */
	isUntested({id, spec}: ServiceObject): boolean {
		const known = this.#known.get(id);
		return known !== undefined && !this.#isSameProgram(spec.TaskTemplate, known.spec);
	}

	#isSameProgram(spec: TaskSpec, known: TaskSpec): boolean {
		let isSame = this.#same.get(spec);
		if (isSame === undefined) {
			isSame = isDeepStrictEqual(spec.ContainerSpec, known.ContainerSpec);
			this.#same.set(spec, isSame);
		}
		return isSame;
	}
}

function failingOf({ID, Spec}: Service, tasks: readonly ForecastTask[], now: number): Failing | undefined {
	const isJob = Spec.Mode.ReplicatedJob !== undefined || Spec.Mode.GlobalJob !== undefined;
	const present = tasks.filter(({formerSpec}) => formerSpec === undefined);
	const ended = present.filter((task) => now - task.since < recentMs && hasEndedByItself(task, isJob));
	if (ended.length < endedAtLeast) return undefined;
	const {Delay: delay} = Spec.TaskTemplate.RestartPolicy ?? {};
	const delayMs = delay === undefined ? defaultDelayMs : millisecondsOf(delay);
	const spells = ended.filter(({state}) => state !== 'rejected').map((task) => spellOf(task, delayMs));
	const spell = spells.toSorted((a, b) => a - b)[Math.floor(spells.length / 2)] ?? 0;
	if (spell > longestSpellMs) return undefined;
	const isOutlived = ({state, since}: ForecastTask): boolean =>
		state === 'running' && now - since > Math.max(outlivedMs, outlivedSpells * spell);
	if (present.some(isOutlived) || (isJob && present.some(({state}) => state === 'complete'))) return undefined;
	const newest = ended.reduce((a, b) => (b.since > a.since ? b : a));
	return {serviceId: ID, state: newest.state as Failing['state'], afterMs: spell};
}

/** What ends because it was told to is `shutdown`. */
function hasEndedByItself({state}: ForecastTask, isJob: boolean): boolean {
	if (state === 'failed' || state === 'rejected') return true;
	return state === 'complete' && !isJob;
}

/** A task that follows another is made when that one ends, and waits for the restart delay first. */
function spellOf({createdAt, since}: ForecastTask, delayMs: number): number {
	const whole = since - createdAt - onItsWayMs;
	return Math.max(200, whole > delayMs ? whole - delayMs : whole);
}
