import type {Forecast, ForecastChange, Place} from '../../swarmkit/forecast/input.ts';
import {bytes, cpus, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {freeOn, nothing, plus, takesTasks, times} from '../capacity.ts';
import {nodeEntity, nodeFacts} from '../entities/node.ts';
import {serviceFacts} from '../entities/service.ts';
import type {PlanLine} from '../intent.ts';
import type {Amount, ClusterState, NodeEntity, ServiceEntity} from '../model.ts';
import {line} from '../plan-line.ts';
import {obstaclesFor} from '../why/obstacles.ts';
import {fitsLine, freeLine} from './messages.ts';

/** What a forecast leaves behind: what is free then, and why a task finds no place on this node and on that. Pure. */

/** The nodes and the specs as the changes have made them. */
type After = {
	readonly nodes: ReadonlyMap<string, NodeEntity>;
	readonly specOf: (serviceId: string) => ServiceSpec | undefined;
};

/** The state with the nodes that are to join, so that each has its name. */
export function withJoining(changes: readonly ForecastChange[], state: ClusterState): ClusterState {
	const joining = changes.flatMap((change) => (change.kind === 'add-node' ? [joined(change.node)] : []));
	if (joining.length === 0) return state;
	return {...state, nodes: new Map([...state.nodes, ...joining.map((node) => [node.id, node] as const)])};
}

const joined = (raw: SwarmNode): NodeEntity =>
	nodeEntity(nodeFacts(raw), {isDuplicate: false, reserved: nothing, tasks: {running: 0, desired: 0}});

/** Whether all of it fits, and what is free afterwards. */
export function capacityLines(
	forecast: Forecast,
	changes: readonly ForecastChange[],
	state: ClusterState,
): readonly PlanLine[] {
	const words = ({free, nodes}: Free): SafeText =>
		safe`${cpus(free.nanoCpus)} CPUs and ${bytes(free.memoryBytes)} on ${plural(nodes, 'node')}`;
	const [before, then] = [state.nodes, stateAfter(changes, forecast, state).nodes].map((nodes) => words(freeOf(nodes)));
	if (before === undefined || then === undefined) return [];
	const isFitting = forecast.unplaced.length === 0 && forecast.starts.length > 0;
	return [line('plain', isFitting ? fitsLine(before, then) : freeLine(before, then))];
}

/** Of each service that finds no place: every node, and what is against it there. */
export function placeDetails(
	forecast: Forecast,
	changes: readonly ForecastChange[],
	state: ClusterState,
): readonly PlanLine[] {
	const {nodes, specOf} = stateAfter(changes, forecast, state);
	const services = [...new Set(forecast.unplaced.map(({serviceId}) => serviceId))];
	return services.slice(0, servicesShown).flatMap((id) => {
		const spec = specOf(id);
		if (!spec) return [];
		const tasks = [...state.tasks.values()].filter(({serviceId}) => serviceId === id);
		const obstacles = obstaclesFor(describedBy(id, spec, state), tasks, state);
		const byReason = Map.groupBy(
			[...nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
			(node) => reasonOf(obstacles(node)),
		);
		return [...byReason].map(([reason, these]) => line('plain', safe`${nodeNames(these)}: ${reason}`));
	});
}

function stateAfter(changes: readonly ForecastChange[], {starts, stops}: Forecast, state: ClusterState): After {
	const specs = new Map([...state.services.values()].map(({id, raw}) => [id, raw.Spec]));
	const before = new Map(specs);
	for (const change of changes) {
		if (change.kind === 'spec' || change.kind === 'create-service') specs.set(change.serviceId, change.spec);
		const previous = change.kind === 'rollback' ? state.services.get(change.serviceId)?.raw.PreviousSpec : undefined;
		if (change.kind === 'rollback' && previous) specs.set(change.serviceId, previous);
	}
	const nodes = new Map(withJoining(changes, state).nodes);
	for (const change of changes) changeNode(nodes, change);
	const moved = (places: readonly Place[], specOf: ReadonlyMap<string, ServiceSpec>, sign: 1 | -1): void => {
		for (const {serviceId, nodeId} of places) {
			const node = nodes.get(nodeId);
			if (!node?.reserved) continue;
			const amount = times(reservationOf(specOf.get(serviceId)), sign);
			nodes.set(nodeId, {...node, reserved: plus(node.reserved, amount)});
		}
	};
	moved(stops, before, -1);
	moved(starts, specs, 1);
	return {nodes, specOf: (id) => specs.get(id)};
}

function changeNode(nodes: Map<string, NodeEntity>, change: ForecastChange): void {
	const node = 'nodeId' in change ? nodes.get(change.nodeId) : undefined;
	if (!node) return;
	const {raw} = node;
	const become = (changed: Partial<SwarmNode>): unknown =>
		nodes.set(node.id, {...node, ...nodeFacts({...raw, ...changed})});
	if (change.kind === 'remove-node') nodes.delete(node.id);
	if (change.kind === 'node-down') become({Status: {...raw.Status, State: 'down'}});
	if (change.kind === 'availability') become({Spec: {...raw.Spec, Availability: change.availability}});
	if (change.kind === 'node-labels') become({Spec: {...raw.Spec, Labels: change.labels}});
}

const reservationOf = (spec: ServiceSpec | undefined): Amount => {
	const {NanoCPUs = 0, MemoryBytes = 0} = spec?.TaskTemplate.Resources?.Reservations ?? {};
	return {nanoCpus: NanoCPUs, memoryBytes: MemoryBytes};
};

type Free = {readonly free: Amount; readonly nodes: number};

function freeOf(nodes: ReadonlyMap<string, NodeEntity>): Free {
	const open = [...nodes.values()].filter(takesTasks);
	return {free: open.map((node) => freeOn(node) ?? nothing).reduce(plus, nothing), nodes: open.length};
}

/** So many nodes and services are gone into; of more there is `w`. */
const nodesShown = 8;
const servicesShown = 3;

function nodeNames(nodes: readonly NodeEntity[]): SafeText {
	const names = nodes.map(({name}) => name);
	const rest = names.length - nodesShown;
	return joinSafe(rest > 1 ? [...names.slice(0, nodesShown), safe`${rest} more`] : names, ', ');
}

/** The service as it will be; one that is only to be made is nothing but its spec. */
function describedBy(
	id: string,
	spec: ServiceSpec,
	{services}: ClusterState,
): Pick<ServiceEntity, 'id' | 'raw' | 'ports'> {
	const {raw} = services.get(id) ?? {raw: {ID: id, Version: {Index: 0}, CreatedAt: '', UpdatedAt: '', Endpoint: {}}};
	return serviceFacts({...raw, Spec: spec});
}

const reasonOf = (obstacles: readonly SafeText[]): SafeText =>
	obstacles.length > 0 ? joinSafe(obstacles, ', ') : toSafeText('has room, but not for all');
