/** How evenly a service's tasks lie on the nodes that may hold them. Pure. */
import {constraintsOf, meetsConstraints} from '../swarmkit/scheduler/constraints.ts';
import type {SafeText} from '../text/safe-text.ts';
import {takesTasks} from './capacity.ts';
import {spread} from './messages.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from './model.ts';
import {tasksByService, type ZoneKey, zoneKeyOf, zoneOf} from './topology.ts';

type Spread = {
	/** Tasks in every zone that has a node which may hold one, or does, by the zone's name. */
	readonly zones: readonly (readonly [zone: SafeText, tasks: number])[];
	/** Nodes that hold at least one of its tasks. */
	readonly used: number;
	/** Nodes that may hold one: ready, active, and its constraints hold there. */
	readonly eligible: number;
	readonly most: {readonly tasks: number; readonly node: SafeText} | undefined;
	readonly fewest: {readonly tasks: number; readonly node: SafeText} | undefined;
	/** By how much the fullest node exceeds the emptiest of those that may hold its tasks: 0 and 1 are even. */
	readonly skew: number;
};

export function spreadOf(service: ServiceEntity, state: Pick<ClusterState, 'nodes' | 'services' | 'tasks'>): Spread {
	const key = zoneKeyOf(state);
	const held = new Map<string, number>();
	for (const {nodeId} of tasksByService(state.tasks).get(service.id) ?? []) {
		if (nodeId !== '') held.set(nodeId, (held.get(nodeId) ?? 0) + 1);
	}
	const eligible = eligibleNodes(service, state.nodes);
	const counted = eligible
		.map((node) => ({tasks: held.get(node.id) ?? 0, node: node.name}))
		.sort((a, b) => b.tasks - a.tasks || (a.node < b.node ? -1 : 1));
	const most = counted[0];
	const fewest = counted.at(-1);
	return {
		zones: tasksPerZone(held, eligible, state.nodes, key),
		used: held.size,
		eligible: eligible.length,
		most,
		fewest,
		skew: most && fewest ? most.tasks - fewest.tasks : 0,
	};
}

function eligibleNodes({raw}: ServiceEntity, nodes: ClusterState['nodes']): NodeEntity[] {
	const constraints = constraintsOf(raw.Spec.TaskTemplate.Placement?.Constraints ?? []);
	return [...nodes.values()].filter((node) => {
		const {ID: id, Spec: spec, Description: description, Status: status} = node.raw;
		return takesTasks(node) && meetsConstraints(constraints, {id, role: spec.Role, spec, description, status});
	});
}

function tasksPerZone(
	held: ReadonlyMap<string, number>,
	eligible: readonly NodeEntity[],
	nodes: ClusterState['nodes'],
	key: ZoneKey,
): Spread['zones'] {
	const zones = new Map<SafeText, number>(eligible.map((node) => [zoneOf(node, key), 0]));
	for (const [nodeId, tasks] of held) {
		const node = nodes.get(nodeId);
		if (node) zones.set(zoneOf(node, key), (zones.get(zoneOf(node, key)) ?? 0) + tasks);
	}
	return [...zones].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** In words, and what is uneven about it. */
export const spreadWords = (of: Spread): SafeText => spread(of);
