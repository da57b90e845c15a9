/** What nodes hold, added up from tasks that pass by and are not kept: on a large swarm the sums are a hundredth of them. */
import type {TaskRow} from '../../engine/task-row.ts';
import type {TaskState} from '../../wire/task.ts';
import {nothing, plus} from '../capacity.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {Amount} from '../model.ts';

/** Of one node. Whether it is down, on which nothing is known to run, is not looked at here. */
export type NodeLoad = {running: number; desired: number; reserved: Amount};

export const noLoad = (): NodeLoad => ({running: 0, desired: 0, reserved: nothing});

type Weighed = {readonly state: TaskState; readonly desired: TaskState; readonly reserved: Amount};

/** Adds one more task to it, in place: this is done for each of 100,000. */
export function addTask(load: NodeLoad, {state, desired, reserved}: Weighed): void {
	if (state === 'running') load.running++;
	if (!isWanted(desired) || isTerminal(state)) return;
	load.desired++;
	if (reserved !== nothing) load.reserved = plus(load.reserved, reserved);
}

/** Adds up a list of tasks as it comes in. */
export class LoadTally {
	readonly #loads = new Map<string, NodeLoad>();

	add({serviceId, nodeId, state, desired, reservedNanoCpus, reservedMemoryBytes}: TaskRow): void {
		// A container that was attached to a network by hand is a task without a service.
		if (serviceId === '' || nodeId === '') return;
		const reserved =
			reservedNanoCpus === 0 && reservedMemoryBytes === 0
				? nothing
				: {nanoCpus: reservedNanoCpus, memoryBytes: reservedMemoryBytes};
		const load = this.of(nodeId);
		addTask(load, {state, desired, reserved});
		this.#loads.set(nodeId, load);
	}

	of(nodeId: string): NodeLoad {
		return this.#loads.get(nodeId) ?? noLoad();
	}
}
