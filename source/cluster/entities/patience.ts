/**
 * How long a task may stay in a state on its way up before it is said to be stuck. What explains a wait makes it longer:
 * an image that is pulled, a health check that has not passed yet, a restart delay.
 */
import type {Service} from '../../wire/service.ts';
import type {Healthcheck, TaskState} from '../../wire/task.ts';

type Waiting = {readonly state: TaskState; readonly desired: TaskState; readonly since: number};

/** How long a service may have too few tasks, or a task that followed a failed one must run, before it is believed. */
export const patienceMs = 30_000;

/** Nodes pull images while a task is `preparing`: gigabytes over a slow line take minutes. */
const preparingMs = 300_000;

const nanosPerMs = 1_000_000;
/** moby daemon/health.go. */
const probe = {intervalMs: 30_000, timeoutMs: 30_000, retries: 3} as const;

/** When the task is stuck if nothing about it changes, in milliseconds since the epoch; Infinity where it may wait for ever. */
export function stuckAt({state, desired, since}: Waiting, service: {readonly raw: Service} | undefined): number {
	// What is not meant to come up is not late; without a time nothing is known of how long it has lasted.
	if ((desired !== 'running' && desired !== 'complete' && desired !== 'ready') || since === 0) return Infinity;
	switch (state) {
		case 'new':
		case 'allocated':
		case 'pending':
		case 'assigned':
		case 'accepted':
			return since + patienceMs;
		case 'preparing':
			return since + preparingMs;
		case 'ready':
			// Held until the restart delay is over.
			return desired === 'ready' ? Infinity : since + patienceMs;
		case 'starting':
			return since + patienceMs + healthyAfterMs(service?.raw.Spec.TaskTemplate.ContainerSpec?.Healthcheck);
		default:
			return Infinity;
	}
}

/** A task is `starting` until its health check has passed, which it must before that says `unhealthy`. */
function healthyAfterMs(check: Healthcheck | undefined): number {
	const {StartPeriod = 0, Interval = 0, Timeout = 0, Retries = 0} = check ?? {};
	const ms = (nanos: number, otherwise: number): number => (nanos > 0 ? nanos / nanosPerMs : otherwise);
	const round = ms(Interval, probe.intervalMs) + ms(Timeout, probe.timeoutMs);
	return StartPeriod / nanosPerMs + round * (Retries || probe.retries);
}
