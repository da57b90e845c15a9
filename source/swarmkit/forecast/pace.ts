import {isDeepStrictEqual} from 'node:util';
import type {Healthcheck} from '../../wire/task.ts';
import {millisecondsOf} from '../state/duration.ts';
import type {TaskObject} from '../state/objects.ts';
import {isPerNode} from '../state/service-mode.ts';
import {isAtLeast} from '../state/task-state.ts';
import type {ForecastInput, Span, UsualTimes} from './input.ts';
import {type Samples, samplesOf, spanOf} from './time-samples.ts';

/**
 * How long tasks take to be prepared, to start and to stop: as long as the service's own tasks took of late, which the
 * swarm's history tells; else as long as those of the whole swarm did; else as long as tasks usually do.
 */

/** A container made of an image that is there. */
const prepare: Span = {least: 200, usual: 800, most: 2500};
const start: Span = {least: 300, usual: 1400, most: 4000};
/** Of a program that minds SIGTERM. */
const stop: Span = {least: 200, usual: 2000, most: 3000};
/** Of a container that never ran. */
const discard: Span = {least: 50, usual: 500, most: 1500};
const defaultGraceMs = 10_000;
/** What it takes to end a program that has ignored SIGTERM for its whole grace period. */
const killMs = 1500;
/** The engine's defaults for the time between probes, and between those of the start period. */
const probeMs = 30_000;
const startProbeMs = 5000;

/** By how much at the most the stops of two tasks differ beyond what is known of them. */
const unevenness = 0.2;

/** An arbitrary part of one that belongs to an ID. */
function shareOf(id: string): number {
	let sum = 0;
	for (let index = 0; index < id.length; index++) sum = (Math.imul(sum, 31) + id.charCodeAt(index)) >>> 0;
	return (Math.imul(sum, 2654435761) >>> 0) / 2 ** 32;
}

/** Which end of each span a forecast goes by. */
export type Hurry = keyof Span;

type Measured = {readonly start: Span | undefined; readonly stop: Span | undefined};

export class Pace {
	readonly #hurry: Hurry;
	readonly #usual: UsualTimes;
	readonly #measured = new Map<string, Measured>();
	readonly #health = new Map<string, Healthcheck | undefined>();

	constructor({services, tasks, usual = {}}: Pick<ForecastInput, 'services' | 'tasks' | 'usual'>, hurry: Hurry) {
		this.#hurry = hurry;
		this.#usual = usual;
		for (const {ID, Spec} of services) this.#health.set(ID, healthOf(Spec.TaskTemplate));
		const byService = Map.groupBy(tasks, ({serviceId}) => serviceId);
		for (const service of services)
			this.#measured.set(
				service.ID,
				measured(
					samplesOf(isPerNode(service.Spec), byService.get(service.ID) ?? []),
					firstProbe(healthOf(service.Spec.TaskTemplate)).least,
				),
			);
	}

	prepareMs(): number {
		return prepare[this.#hurry];
	}

	/** From a prepared task to a running one: one with a health check runs once it was healthy. */
	startMs({serviceId, spec}: TaskObject): number {
		const health = healthOf(spec);
		const own = this.#measured.get(serviceId)?.start;
		if (own !== undefined && isDeepStrictEqual(health, this.#health.get(serviceId))) return own[this.#hurry];
		return (this.#usual.start ?? start)[this.#hurry] + firstProbe(health)[this.#hurry];
	}

	stopMs(task: TaskObject): number {
		return this.#steadyStopMs(task) * this.#unevenness(task.id);
	}

	/** Which of two tasks that are told to stop at once ends first is open: the quick course has one first, the slow the other. */
	#unevenness(taskId: string): number {
		if (this.#hurry === 'usual') return 1;
		const share = shareOf(taskId);
		return this.#hurry === 'least' ? 1 - unevenness * share : 1 + unevenness * share;
	}

	#steadyStopMs(task: TaskObject): number {
		if (!isAtLeast(task.status.state, 'starting')) return discard[this.#hurry];
		const own = this.#measured.get(task.serviceId)?.stop;
		if (own !== undefined) return own[this.#hurry];
		const usual = (this.#usual.stop ?? stop)[this.#hurry];
		const grace = graceOf(task) + killMs;
		// Nothing tells whether this program minds SIGTERM.
		return this.#hurry === 'most' ? Math.max(usual, grace) : Math.min(usual, grace);
	}

	/** How long its stop takes at the most, where nothing tells whether its program minds SIGTERM. */
	unmeasuredGraceMs(task: TaskObject): number {
		return this.#measured.get(task.serviceId)?.stop === undefined ? graceOf(task) : 0;
	}
}

const healthOf = ({ContainerSpec}: TaskObject['spec']): Healthcheck | undefined => ContainerSpec?.Healthcheck;

function graceOf({spec}: TaskObject): number {
	const grace = spec.ContainerSpec?.StopGracePeriod;
	return grace === undefined ? defaultGraceMs : millisecondsOf(grace);
}

const noProbe: Span = {least: 0, usual: 0, most: 0};

/** When the first probe comes, and at the latest the second: a check that the spec leaves to the image is not known here. */
function firstProbe(health: Healthcheck | undefined): Span {
	if (!health?.Test || health.Test.length === 0 || health.Test[0] === 'NONE') return noProbe;
	const interval = health.Interval ? millisecondsOf(health.Interval) : probeMs;
	const first = health.StartPeriod
		? Math.min(interval, health.StartInterval ? millisecondsOf(health.StartInterval) : startProbeMs)
		: interval;
	return {least: first, usual: first, most: 2 * interval};
}

/**
 * A first start may have had to pull the image: the fastest one tells the most.
 * @param probeMs before that no task runs, however fast it starts
 */
function measured({starts, wholeStarts, stops}: Samples, probeMs: number): Measured {
	const fastest = wholeStarts.length > 0 ? Math.max(0, Math.min(...wholeStarts) - prepare.usual) : undefined;
	const first = fastest === undefined ? undefined : spanOf([fastest]);
	// The first task of a slot may have waited for much else: the next one need not.
	return {
		start: spanOf(starts) ?? (first && {...first, least: Math.min(start.least + probeMs, first.least)}),
		stop: spanOf(stops),
	};
}
