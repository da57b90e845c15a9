/** Why tasks of a service find no place on any node, in one clause: what all the nodes lack. Pure. */
import {constraintsOf, meetsConstraints} from '../../swarmkit/scheduler/constraints.ts';
import {bytes, cpus} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {freeOn} from '../capacity.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity} from '../model.ts';
import {obstaclesFor} from './obstacles.ts';

/**
 * `no node has label gpu`, `no node has 4 CPUs free`; undefined where the nodes have nothing in common.
 * @param tasks those of the service
 */
export function noPlaceWords(
	service: ServiceEntity,
	tasks: readonly TaskEntity[],
	state: ClusterState,
): SafeText | undefined {
	const {Placement: placement, Resources: resources} = service.raw.Spec.TaskTemplate;
	const nodes = [...state.nodes.values()];
	const constraints = placement?.Constraints ?? [];
	for (const constraint of constraints) {
		if (!nodes.some((node) => meets(node, [constraint]))) return unmetWords(constraint, nodes);
	}
	const allowed = nodes.filter((node) => meets(node, constraints));
	if (allowed.length === 0) return toSafeText('no node meets all its constraints');
	const open = allowed.filter((node) => node.state === 'ready' && node.availability === 'active');
	if (open.length === 0) return closedWords(allowed);
	const {NanoCPUs = 0, MemoryBytes = 0} = resources?.Reservations ?? {};
	const scope = toSafeText(open.length === nodes.length ? 'no node has' : 'no node it may run on has');
	if (open.every((node) => (freeOn(node)?.nanoCpus ?? Number.POSITIVE_INFINITY) < NanoCPUs))
		return safe`${scope} ${cpus(NanoCPUs)} CPUs free`;
	if (open.every((node) => (freeOn(node)?.memoryBytes ?? Number.POSITIVE_INFINITY) < MemoryBytes))
		return safe`${scope} ${bytes(MemoryBytes)} of memory free`;
	return commonWords(service, tasks, state, open);
}

function meets({raw}: NodeEntity, constraints: readonly string[]): boolean {
	const node = {id: raw.ID, role: raw.Spec.Role, spec: raw.Spec, description: raw.Description, status: raw.Status};
	return constraints.length === 0 || meetsConstraints(constraintsOf([...constraints]), node);
}

function unmetWords(constraint: string, nodes: readonly NodeEntity[]): SafeText {
	const [, owner, label] = /^\s*(node|engine)\.labels\.([^\s=!]+)\s*==/.exec(constraint) ?? [];
	if (label === undefined) return safe`no node has ${toSafeText(constraint)}`;
	const isLabelled = nodes.some(({raw}) => {
		const labels = owner === 'node' ? raw.Spec.Labels : raw.Description.Engine?.Labels;
		return labels?.[label] !== undefined;
	});
	if (!isLabelled) return safe`no node has label ${toSafeText(label)}`;
	return safe`no node has label ${toSafeText(constraint.replace(/^\s*(?:node|engine)\.labels\./, '').replace(/\s*==\s*/, '='))}`;
}

/** The nodes that it may run on, and none of them takes tasks. */
function closedWords(allowed: readonly NodeEntity[]): SafeText {
	const [first] = allowed;
	if (!first || allowed.length > 1) return toSafeText('no node that it may run on takes tasks');
	return safe`${first.name} is ${toSafeText(first.state === 'ready' ? first.availability : first.state)}`;
}

/** What stands against all of them alike. */
function commonWords(
	service: ServiceEntity,
	tasks: readonly TaskEntity[],
	state: ClusterState,
	open: readonly NodeEntity[],
): SafeText | undefined {
	const against = obstaclesFor(service, tasks, state);
	const [first = [], ...others] = open.map(against);
	const common = first.find((words) => others.every((each) => each.includes(words)));
	if (common !== undefined) return safe`on every node: ${common}`;
	return [first, ...others].every((each) => each.some((words) => words.includes('its port')))
		? toSafeText('its port is taken on every node')
		: undefined;
}
