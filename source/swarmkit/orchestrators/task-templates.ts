import {isDeepStrictEqual} from 'node:util';
import type {TaskSpec, TaskState} from '../../wire/task.ts';
import type {Seeded} from '../random.ts';
import {constraintsOf, meetsConstraints} from '../scheduler/constraints.ts';
import type {NodeObject, ServiceObject, TaskObject} from '../state/objects.ts';
import {modeName} from '../state/service-mode.ts';
import type {Transaction} from '../state/store.ts';

/**
 * How tasks are made from services, and whether a task is still what its service asks for (swarmkit
 * manager/orchestrator/task.go).
 */

type TaskPlace = {
	readonly slot: number;
	/** The node that a global service's task is made for; '' lets the scheduler choose. */
	readonly nodeId: string;
	readonly desiredState: TaskState;
};

export class TaskTemplates {
	readonly #seeded: Seeded;
	/** One spec object for all tasks of a service's spec. */
	readonly #specs = new WeakMap<TaskSpec, TaskSpec>();

	constructor(seeded: Seeded) {
		this.#seeded = seeded;
	}

	create(tx: Transaction, service: ServiceObject, {slot, nodeId, desiredState}: TaskPlace): TaskObject {
		return tx.create({
			kind: 'task',
			id: this.#seeded.id('task', `${service.id}/${slot}/${nodeId}`),
			serviceId: service.id,
			slot,
			nodeId,
			spec: this.#specOf(service),
			specVersion: service.specVersion,
			serviceName: service.spec.Name,
			serviceLabels: service.spec.Labels,
			...(service.spec.EndpointSpec ? {endpointSpec: service.spec.EndpointSpec} : {}),
			status: {state: 'new', timestamp: tx.now, message: 'created'},
			desiredState,
			attachments: [],
			...(service.job ? {jobIteration: service.job.iteration} : {}),
		});
	}

	isDirty(service: ServiceObject, task: TaskObject, node: NodeObject | undefined): boolean {
		return isDirtyAgainst(this.#specOf(service), service, task, node);
	}

	/** The template without the key that only templates carry, made once. */
	#specOf(service: ServiceObject): TaskSpec {
		const template = service.spec.TaskTemplate;
		let spec = this.#specs.get(template);
		if (!spec) {
			spec = withoutRuntime(template);
			this.#specs.set(template, spec);
		}
		return spec;
	}
}

/** Whether a task is no longer what its service asks for: what `_up-to-date` leaves out (swarmkit controlapi/task.go). */
export const isTaskDirty = (service: ServiceObject, task: TaskObject, node: NodeObject | undefined): boolean =>
	isDirtyAgainst(withoutRuntime(service.spec.TaskTemplate), service, task, node);

/**
 * Whether the task has to be replaced to be what the service asks for now. Not so when only the placement differs and
 * the task's node satisfies the new one.
 */
function isDirtyAgainst(
	wanted: TaskSpec,
	service: ServiceObject,
	task: TaskObject,
	node: NodeObject | undefined,
): boolean {
	if (task.specVersion === service.specVersion) return false;
	if (!isDeepStrictEqual(wanted, task.spec)) {
		const {Placement: wantedPlacement, ...wantedRest} = wanted;
		const {Placement: _placement, ...rest} = task.spec;
		const isPlacementOnly = isDeepStrictEqual(wantedRest, rest);
		if (!isPlacementOnly || !node) return true;
		return !meetsConstraints(constraintsOf(wantedPlacement?.Constraints), node);
	}
	return !isDeepStrictEqual(service.spec.EndpointSpec, task.endpointSpec);
}

function withoutRuntime(template: TaskSpec): TaskSpec {
	const {Runtime: _runtime, ...kept} = template;
	return kept;
}

/** The place of the task that follows `task`: the same slot, or the same node for the services that run on each node. */
export function placeAfter(service: ServiceObject, task: TaskObject): {readonly slot: number; readonly nodeId: string} {
	const mode = modeName(service.spec);
	const isPerNode = mode === 'global' || mode === 'global-job';
	return isPerNode ? {slot: 0, nodeId: task.nodeId} : {slot: task.slot, nodeId: ''};
}

/** Nothing is to run on such a node: it is gone, down or drained. */
export const isInvalidNode = (node: NodeObject | undefined): boolean =>
	!node || node.status.State === 'down' || node.spec.Availability === 'drain';
