import type {TaskObject, Timestamp} from '../state/objects.ts';

/**
 * How often tasks were replaced, per slot of a service (per node of a global one) and spec version. It lives in the
 * leader's memory alone; a new leader rebuilds it from the tasks that were kept (swarmkit manager/orchestrator/restart).
 */

type Place = {readonly slot: number; readonly nodeId: string};
type Restarts = {specVersion: number; total: number; times: Timestamp[]};

export class RestartHistory {
	readonly #byService = new Map<string, Map<string, Restarts>>();

	/** Remembers that `replacement` took another task's place; nothing when its policy sets no limit. */
	record(place: Place, replacement: TaskObject): void {
		if (!replacement.spec.RestartPolicy?.MaxAttempts) return;
		let places = this.#byService.get(replacement.serviceId);
		if (!places) {
			places = new Map();
			this.#byService.set(replacement.serviceId, places);
		}
		const known = places.get(keyOf(place));
		// Failures of an older spec don't count against the new one.
		const isCurrent = known?.specVersion === replacement.specVersion;
		const restarts = isCurrent ? known : {specVersion: replacement.specVersion, total: 0, times: []};
		restarts.total++;
		restarts.times.push(replacement.createdAt);
		places.set(keyOf(place), restarts);
	}

	/**
	 * The replacements that count against the task's MaxAttempts: all of its spec version, or with a window (in
	 * milliseconds) those in that time before the task ended.
	 */
	count(place: Place, task: TaskObject, windowMs: number): number {
		const restarts = this.#byService.get(task.serviceId)?.get(keyOf(place));
		if (!restarts || restarts.specVersion !== task.specVersion) return 0;
		if (windowMs === 0) return restarts.total;
		const endedAt = task.status.timestamp;
		restarts.times = restarts.times.filter((at) => at > endedAt - windowMs);
		return restarts.times.filter((at) => at < endedAt).length;
	}

	forgetService(serviceId: string): void {
		this.#byService.delete(serviceId);
	}
}

const keyOf = ({slot, nodeId}: Place): string => `${slot}/${nodeId}`;
