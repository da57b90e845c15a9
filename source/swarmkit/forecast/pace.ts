import {isDeepStrictEqual} from 'node:util';
import type {Service} from '../../wire/service.ts';
import type {Healthcheck} from '../../wire/task.ts';
import {millisecondsOf} from '../state/duration.ts';
import type {TaskObject} from '../state/objects.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';
import type {ForecastInput, ForecastTask} from './input.ts';

/**
 * How long tasks take to be prepared, to start and to stop: as long as the service's own tasks took of late, which the
 * swarm's history tells, and as long as tasks usually do where it doesn't.
 */

/** A container made of an image that is there. */
const prepareMs = 800;
const startMs = 1400;
/** Of a program that minds SIGTERM. */
const stopMs = 2000;
/** Of a container that never ran. */
const discardMs = 500;
const defaultGraceMs = 10_000;
/** The engine's defaults for the time between probes, and between those of the start period. */
const probeMs = 30_000;
const startProbeMs = 5000;
/** Whatever took longer had other reasons than its program. */
const longestSampleMs = 10 * 60_000;

type Measured = {readonly startMs: number | undefined; readonly stopMs: number | undefined};

export class Pace {
	readonly #measured = new Map<string, Measured>();
	readonly #health = new Map<string, Healthcheck | undefined>();

	constructor({services, tasks}: Pick<ForecastInput, 'services' | 'tasks'>) {
		for (const {ID, Spec} of services) this.#health.set(ID, healthOf(Spec.TaskTemplate));
		const byService = Map.groupBy(tasks, ({serviceId}) => serviceId);
		for (const service of services) this.#measured.set(service.ID, measure(service, byService.get(service.ID) ?? []));
	}

	prepareMs(): number {
		return prepareMs;
	}

	/** From a prepared task to a running one: one with a health check runs once it was healthy. */
	startMs({serviceId, spec}: TaskObject): number {
		const health = healthOf(spec);
		const measured = this.#measured.get(serviceId)?.startMs;
		if (measured !== undefined && isDeepStrictEqual(health, this.#health.get(serviceId))) return measured;
		return startMs + firstProbeMs(health);
	}

	stopMs(task: TaskObject): number {
		if (!isAtLeast(task.status.state, 'starting')) return discardMs;
		return this.#measured.get(task.serviceId)?.stopMs ?? Math.min(stopMs, graceOf(task));
	}

	/** How long its stop takes at the most, where nothing tells whether its program minds SIGTERM. */
	unmeasuredGraceMs(task: TaskObject): number {
		return this.#measured.get(task.serviceId)?.stopMs === undefined ? graceOf(task) : 0;
	}
}

const healthOf = ({ContainerSpec}: TaskObject['spec']): Healthcheck | undefined => ContainerSpec?.Healthcheck;

function graceOf({spec}: TaskObject): number {
	const grace = spec.ContainerSpec?.StopGracePeriod;
	return grace === undefined ? defaultGraceMs : millisecondsOf(grace);
}

/** When the first probe comes: a check that the spec leaves to the image is not known here. */
function firstProbeMs(health: Healthcheck | undefined): number {
	if (!health?.Test || health.Test.length === 0 || health.Test[0] === 'NONE') return 0;
	const interval = health.Interval ? millisecondsOf(health.Interval) : probeMs;
	if (!health.StartPeriod) return interval;
	return Math.min(interval, health.StartInterval ? millisecondsOf(health.StartInterval) : startProbeMs);
}

function measure({Spec}: Service, tasks: readonly ForecastTask[]): Measured {
	const isPerNode = Spec.Mode.Global !== undefined || Spec.Mode.GlobalJob !== undefined;
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
	// A first start may have had to pull the image: the fastest one tells the most.
	const whole = Math.min(...wholeStarts.filter(isSample));
	return {
		startMs: median(starts) ?? (Number.isFinite(whole) ? Math.max(0, whole - prepareMs) : undefined),
		stopMs: median(stops),
	};
}

/** It was told to stop, rather than ended by itself. */
const wasReplaced = ({state, desired}: ForecastTask): boolean =>
	isTerminal(state) && isAtLeast(desired, 'shutdown') && state === 'shutdown';

const isSample = (ms: number): boolean => ms > 0 && ms < longestSampleMs;

function median(samples: readonly number[]): number | undefined {
	const sorted = samples.filter(isSample).toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}
