/** What would find no place if some nodes were gone: the scheduler is asked, with everything that stays where it is. */
import {NodeSet} from '../../swarmkit/scheduler/placing.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity} from '../model.ts';

type NodeObject = Parameters<NodeSet['put']>[0];
type TaskObject = Parameters<NodeSet['place']>[0][number];

export type Homeless = {
	readonly service: ServiceEntity;
	readonly tasks: number;
	/** Of it that run on after all. */
	readonly left: number;
	/** Why, in the scheduler's words. */
	readonly reason: SafeText;
};

/** Whether the tasks of every node are known one by one. */
export const areTasksKnown = ({nodes}: Pick<ClusterState, 'nodes'>): boolean =>
	[...nodes.values()].every(({tasks, isTallied}) => tasks !== undefined && isTallied !== true);

/** Asks about as many losses as one likes; the state is read once. */
export class Survival {
	readonly #state: Pick<ClusterState, 'nodes' | 'services'>;
	readonly #now: number;
	/** What is there, by node, and by service. */
	readonly #byNode = new Map<string, {readonly entity: TaskEntity; readonly object: TaskObject}[]>();

	constructor({nodes, services, tasks}: Pick<ClusterState, 'nodes' | 'services' | 'tasks'>, now: number) {
		this.#state = {nodes, services};
		this.#now = now;
		for (const entity of tasks.values()) {
			const service = services.get(entity.serviceId);
			if (!service || entity.nodeId === '' || !isWanted(entity.desired) || isTerminal(entity.state)) continue;
			const list = this.#byNode.get(entity.nodeId);
			const held = {entity, object: taskObject(entity, service)};
			if (list) list.push(held);
			else this.#byNode.set(entity.nodeId, [held]);
		}
	}

	without(lost: readonly NodeEntity[]): Homeless[] {
		const gone = new Set(lost.map(({id}) => id));
		const set = new NodeSet(seedOf);
		const left = new Map<string, number>();
		for (const node of this.#state.nodes.values()) {
			if (gone.has(node.id)) continue;
			const info = set.put(nodeObject(node));
			for (const {entity, object} of this.#byNode.get(node.id) ?? []) {
				info.addTask(object);
				if (node.state !== 'down') left.set(entity.serviceId, (left.get(entity.serviceId) ?? 0) + 1);
			}
		}
		const groups = new Map<string, TaskObject[]>();
		for (const id of gone) {
			for (const {entity, object} of this.#byNode.get(id) ?? []) {
				if (this.#state.services.get(entity.serviceId)?.mode !== 'replicated') continue;
				const group = groups.get(entity.serviceId);
				const waiting = {...object, nodeId: ''};
				if (group) group.push(waiting);
				else groups.set(entity.serviceId, [waiting]);
			}
		}
		return [...groups].flatMap(([serviceId, group]): Homeless[] => {
			const service = this.#state.services.get(serviceId);
			const {placed, unplaced, explanation} = set.place(group, this.#now);
			if (!service || unplaced.length === 0) return [];
			return [
				{
					service,
					tasks: unplaced.length,
					left: (left.get(serviceId) ?? 0) + placed.length,
					reason: toSafeText(explanation === '' ? 'no node is left for it' : explanation),
				},
			];
		});
	}
}

/** Any number will do: which of two equal nodes takes a task changes nothing about how many fit. */
const seedOf = (id: string): number => id.length;

const nodeObject = ({raw}: NodeEntity): NodeObject => ({
	kind: 'node',
	id: raw.ID,
	version: raw.Version.Index ?? 0,
	createdAt: 0,
	updatedAt: 0,
	spec: raw.Spec,
	role: raw.ManagerStatus ? 'manager' : 'worker',
	description: raw.Description,
	status: raw.Status,
	membership: 'accepted',
});

function taskObject({id, serviceId, slot, nodeId, state, desired}: TaskEntity, {raw}: ServiceEntity): TaskObject {
	const {Runtime: _template, ...spec} = raw.Spec.TaskTemplate;
	return {
		kind: 'task',
		...{id, serviceId, slot, nodeId},
		version: 0,
		createdAt: 0,
		updatedAt: 0,
		spec,
		specVersion: 1,
		serviceName: raw.Spec.Name,
		serviceLabels: raw.Spec.Labels,
		...(raw.Spec.EndpointSpec && {endpointSpec: raw.Spec.EndpointSpec}),
		status: {state, timestamp: 0, message: ''},
		desiredState: desired,
		attachments: [],
	};
}
