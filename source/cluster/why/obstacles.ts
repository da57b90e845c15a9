import {constraintsOf, meetsConstraints} from '../../swarmkit/scheduler/constraints.ts';
import {bytes, cpus} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {GenericResource, SwarmNode} from '../../wire/node.ts';
import type {Mount} from '../../wire/task.ts';
import {freeOn} from '../capacity.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {ClusterState, NodeEntity, PublishedPort, ServiceEntity, TaskEntity} from '../model.ts';

/** What keeps tasks of a service off a node, in the order of the scheduler's filters (swarmkit manager/scheduler/filter.go). */

type Reserved =
	| {readonly NanoCPUs?: number; readonly MemoryBytes?: number; readonly GenericResources?: readonly GenericResource[]}
	| undefined;

/** What a node must have, in words. */
export function needsOf({raw, ports}: ServiceEntity): SafeText[] {
	const {Placement: placement, Resources: resources} = raw.Spec.TaskTemplate;
	const most = placement?.MaxReplicas ?? 0;
	return [
		...(placement?.Constraints ?? []).map((constraint) => toSafeText(constraint)),
		...reservationWords(resources?.Reservations),
		...pluginsOf(raw.Spec.TaskTemplate).map(({Type, Name}) => toSafeText(`the ${Type.toLowerCase()} plugin ${Name}`)),
		...hostPortsOf(ports).map(portWords),
		...(most > 0 ? [safe`at most ${most} on a node`] : []),
	];
}

/** @param tasks those of the service */
export function obstaclesFor(
	service: Pick<ServiceEntity, 'id' | 'raw' | 'ports'>,
	tasks: readonly TaskEntity[],
	state: ClusterState,
): (node: NodeEntity) => SafeText[] {
	const template = service.raw.Spec.TaskTemplate;
	const {Placement: placement, Resources: resources} = template;
	const portUsers = portUsersFor(service, state);
	return (node) => [
		...(node.state === 'ready' ? [] : [safe`it is ${toSafeText(node.state)}`]),
		...(node.availability === 'active' ? [] : [safe`its availability is ${toSafeText(node.availability)}`]),
		...shortages(node, resources?.Reservations),
		...missingPlugins(template, node),
		...unmet(placement?.Constraints ?? [], node),
		...otherPlatform(placement?.Platforms ?? [], node),
		...portUsers(node.id),
		...crowding(placement?.MaxReplicas ?? 0, node, tasks),
	];
}

function reservationWords(reserved: Reserved): SafeText[] {
	return [
		...(reserved?.NanoCPUs ? [safe`${cpus(reserved.NanoCPUs)} CPUs`] : []),
		...(reserved?.MemoryBytes ? [safe`${bytes(reserved.MemoryBytes)} of memory`] : []),
		...[...genericAmounts(reserved?.GenericResources)].map(([kind, amount]) => safe`${amount} ${toSafeText(kind)}`),
	];
}

function shortages(node: NodeEntity, reserved: Reserved): SafeText[] {
	const free = freeOn(node);
	const [nanoCpus, memoryBytes] = [reserved?.NanoCPUs ?? 0, reserved?.MemoryBytes ?? 0];
	const had = genericAmounts(node.raw.Description.Resources?.GenericResources);
	return [
		...(free && nanoCpus > free.nanoCpus
			? [safe`${cpus(free.nanoCpus)} CPUs free of the ${cpus(nanoCpus)} reserved`]
			: []),
		...(free && memoryBytes > free.memoryBytes
			? [safe`${bytes(free.memoryBytes)} free of the ${bytes(memoryBytes)} reserved`]
			: []),
		...[...genericAmounts(reserved?.GenericResources)].flatMap(([kind, amount]) => {
			const has = had.get(kind) ?? 0;
			return amount > has ? [safe`it has ${has} of the ${amount} ${toSafeText(kind)} reserved`] : [];
		}),
	];
}

/** How many of each kind: counted ones by their number, named ones one each. */
function genericAmounts(resources: readonly GenericResource[] | undefined): ReadonlyMap<string, number> {
	const amounts = new Map<string, number>();
	for (const {DiscreteResourceSpec: discrete, NamedResourceSpec: named} of resources ?? []) {
		if (discrete) amounts.set(discrete.Kind, (amounts.get(discrete.Kind) ?? 0) + discrete.Value);
		if (named) amounts.set(named.Kind, (amounts.get(named.Kind) ?? 0) + 1);
	}
	return amounts;
}

type Plugin = {readonly Type: string; readonly Name: string};
type Template = ServiceEntity['raw']['Spec']['TaskTemplate'];

function pluginsOf({ContainerSpec: container, LogDriver: log}: Template): Plugin[] {
	const needed = (container?.Mounts ?? []).flatMap(volumePlugin);
	return log?.Name && log.Name !== 'none' ? [...needed, {Type: 'Log', Name: log.Name}] : needed;
}

function volumePlugin({Type, VolumeOptions}: Mount): Plugin[] {
	const driver = Type === 'volume' ? VolumeOptions?.DriverConfig?.Name : undefined;
	return driver && driver !== 'local' ? [{Type: 'Volume', Name: driver}] : [];
}

function missingPlugins(template: Template, {raw}: NodeEntity): SafeText[] {
	const had = raw.Description.Engine?.Plugins ?? [];
	return pluginsOf(template)
		.filter(({Type, Name}) => {
			// A node that says nothing of its log drivers is taken to have them all (engines before 17.05).
			if (Type === 'Log' && !had.some((plugin) => plugin.Type === 'Log')) return false;
			return !had.some((plugin) => plugin.Type === Type && [Name, `${Name}:latest`].includes(plugin.Name));
		})
		.map(({Type, Name}) => toSafeText(`it has no ${Type.toLowerCase()} plugin ${Name}`));
}

function unmet(constraints: readonly string[], {raw}: NodeEntity): SafeText[] {
	const node = {id: raw.ID, role: raw.Spec.Role, spec: raw.Spec, description: raw.Description, status: raw.Status};
	return constraints
		.filter((constraint) => !meetsConstraints(constraintsOf([constraint]), node))
		.map((constraint) => {
			const [{key} = {key: ''}] = constraintsOf([constraint]);
			return safe`${toSafeText(constraint)} does not hold: ${actualWords(key, raw)}`;
		});
}

/** What the node has where the constraint looks. */
function actualWords(key: string, {ID, Spec, Description, Status}: SwarmNode): SafeText {
	const [, owner, label] = /^(node|engine)\.labels\.(.+)$/.exec(key) ?? [];
	if (label !== undefined) {
		const labels = owner === 'node' ? Spec.Labels : Description.Engine?.Labels;
		const value = labels?.[label];
		const name = toSafeText(label);
		return value === undefined ? safe`it has no label ${name}` : safe`its ${name} is ${toSafeText(value)}`;
	}
	const values: Readonly<Record<string, string | undefined>> = {
		'node.id': ID,
		'node.hostname': Description.Hostname,
		'node.role': Spec.Role,
		'node.ip': Status.Addr,
		'node.platform.os': Description.Platform?.OS,
		'node.platform.arch': Description.Platform?.Architecture,
	};
	const value = values[key];
	if (value === undefined) return toSafeText('no node has that');
	return safe`its ${toSafeText(key.replace(/^node\.(?:platform\.)?/, ''))} is ${toSafeText(value)}`;
}

type Platform = {readonly Architecture?: string; readonly OS?: string};

const architectures: Readonly<Record<string, string>> = {x86_64: 'amd64', aarch64: 'arm64'};
const architecture = (name: string | undefined): string => architectures[name ?? ''] ?? name ?? '';
const platformWords = ({OS, Architecture}: Platform): string =>
	[OS, architecture(Architecture)].filter(Boolean).join('/');

function otherPlatform(wanted: readonly Platform[], {raw}: NodeEntity): SafeText[] {
	const has = raw.Description.Platform ?? {};
	const isFine = wanted.some(
		({OS, Architecture}) =>
			(!OS || OS === has.OS) && (!Architecture || architecture(Architecture) === architecture(has.Architecture)),
	);
	if (wanted.length === 0 || isFine) return [];
	return [toSafeText(`it is ${platformWords(has)}, the image is for ${wanted.map(platformWords).join(', ')}`)];
}

const hostPortsOf = (ports: readonly PublishedPort[]): PublishedPort[] =>
	ports.filter(({mode, publishedPort}) => mode === 'host' && publishedPort > 0);

const portWords = ({publishedPort, protocol}: PublishedPort): SafeText =>
	toSafeText(`the node's own port ${publishedPort}/${protocol}`);

/** Which tasks sit on the host ports that the service wants, by node. Own tasks count: two can't share a port either. */
function portUsersFor(
	service: Pick<ServiceEntity, 'ports'>,
	{services, tasks}: ClusterState,
): (nodeId: string) => SafeText[] {
	const wanted = hostPortsOf(service.ports);
	if (wanted.length === 0) return () => [];
	const users = new Map<string, SafeText[]>();
	const shared = new Map<string, PublishedPort | undefined>();
	for (const {id, ports} of services.values()) {
		const common = hostPortsOf(ports).find(({publishedPort, protocol}) =>
			wanted.some((port) => port.publishedPort === publishedPort && port.protocol === protocol),
		);
		if (common) shared.set(id, common);
	}
	for (const {serviceId, nodeId, desired, state, name} of tasks.values()) {
		const port = shared.get(serviceId);
		if (!port || nodeId === '' || !isWanted(desired) || isTerminal(state)) continue;
		const words = safe`${name} has its port ${port.publishedPort}/${toSafeText(port.protocol)}`;
		users.set(nodeId, [...(users.get(nodeId) ?? []), words]);
	}
	return (nodeId) => users.get(nodeId) ?? [];
}

function crowding(most: number, {id}: NodeEntity, tasks: readonly TaskEntity[]): SafeText[] {
	if (most <= 0) return [];
	const there = tasks.filter(
		({nodeId, state, desired}) => nodeId === id && isWanted(desired) && !isTerminal(state),
	).length;
	return there >= most ? [safe`it has ${there} of them already`] : [];
}
