import {isDeepStrictEqual} from 'node:util';
import type {ServiceSpec} from '../../wire/service.ts';
import type {ServiceObject, TaskObject} from '../state/objects.ts';
import type {Change} from '../state/store.ts';
import {RollingUpdate} from './rolling-update.ts';
import type {UpdateSurroundings} from './update-surroundings.ts';

/** The rolling updates of an orchestrator's services, one at a time for each (swarmkit manager/orchestrator/update). */
export class Updates {
	readonly #surroundings: UpdateSurroundings;
	readonly #byService = new Map<string, RollingUpdate>();
	/** What services were being updated to when their update paused. */
	readonly #pausedAt = new Map<string, ServiceSpec>();

	constructor(surroundings: UpdateSurroundings) {
		this.#surroundings = surroundings;
	}

	/**
	 * Brings these slots (each the updatable tasks of one slot or node) to the service's spec. A running update towards the
	 * same spec goes on; one towards another is given up for this. What has paused does not go on for the same spec either:
	 * posting that takes the status away, and nothing happens (seen on 20.10 and 26.1), unless it is a rollback to it.
	 */
	update(service: ServiceObject, slots: readonly (readonly TaskObject[])[]): void {
		const running = this.#byService.get(service.id);
		if (running) {
			if (isDeepStrictEqual(running.service.spec, service.spec)) return;
			running.cancel();
		}
		if (this.#isStuck(service)) return;
		const update = new RollingUpdate(this.#surroundings, service, () => {
			if (this.#byService.get(service.id) === update) this.#byService.delete(service.id);
			if (isPaused(this.#surroundings.store.get('service', service.id))) this.#pausedAt.set(service.id, service.spec);
		});
		this.#byService.set(service.id, update);
		update.start(slots);
	}

	/** To be told of every change. */
	see(change: Change): void {
		if (change.kind === 'task' && change.action !== 'create') {
			this.#byService.get(change.object.serviceId)?.seeTask(change.object, change.action === 'remove');
		} else if (change.kind === 'service' && change.action === 'remove') {
			this.#byService.get(change.object.id)?.cancel();
			this.#pausedAt.delete(change.object.id);
		}
	}

	#isStuck({id, spec, updateStatus}: ServiceObject): boolean {
		const pausedAt = this.#pausedAt.get(id);
		if (!pausedAt) return false;
		if (updateStatus?.state !== 'rollback_started' && isDeepStrictEqual(pausedAt, spec)) return true;
		this.#pausedAt.delete(id);
		return false;
	}

	stop(): void {
		for (const update of [...this.#byService.values()]) update.cancel();
	}
}

function isPaused(service: ServiceObject | undefined): boolean {
	return service?.updateStatus?.state === 'paused' || service?.updateStatus?.state === 'rollback_paused';
}
