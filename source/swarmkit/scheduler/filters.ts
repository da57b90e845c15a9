import type {Mount} from '../../wire/task.ts';
import type {TaskObject} from '../state/objects.ts';
import {constraintsOf, meetsConstraints} from './constraints.ts';
import {hostPortsOf, type NodeInfo} from './node-info.ts';
import {reservationsOf} from './resources.ts';

/**
 * What a node must be for a task to go there, one filter per reason. Their order is the policy: a node is charged to the
 * first filter that it fails (swarmkit manager/scheduler/filter.go).
 */

export type Check = (node: NodeInfo) => boolean;

export type Filter = {
	/** The check for such a task, or undefined when the filter doesn't apply to it. */
	readonly checkFor: (task: TaskObject) => Check | undefined;
	/** Says that so many nodes fail. */
	readonly explain: (nodes: number) => string;
};

const onNodes = (nodes: number): string => (nodes === 1 ? 'on 1 node' : `on ${nodes} nodes`);

const ready: Filter = {
	checkFor: () => (info) => info.node.status.State === 'ready' && info.node.spec.Availability === 'active',
	explain: (nodes) =>
		nodes === 1 ? '1 node not available for new tasks' : `${nodes} nodes not available for new tasks`,
};

const resources: Filter = {
	checkFor(task) {
		const reserved = reservationsOf(task.spec);
		if (!reserved?.NanoCPUs && !reserved?.MemoryBytes && !reserved?.GenericResources?.length) return undefined;
		return (info) => info.free.canHold(reserved);
	},
	explain: (nodes) => `insufficient resources ${onNodes(nodes)}`,
};

const plugins: Filter = {
	checkFor(task) {
		const needed = (task.spec.ContainerSpec?.Mounts ?? []).flatMap(volumePlugin);
		const log = task.spec.LogDriver?.Name;
		if (log && log !== 'none') needed.push({Type: 'Log', Name: log});
		if (needed.length === 0) return undefined;
		return (info) => needed.every((plugin) => hasPlugin(info, plugin));
	},
	explain: (nodes) => `missing plugin ${onNodes(nodes)}`,
};

type Plugin = {readonly Type: string; readonly Name: string};

function volumePlugin(mount: Mount): Plugin[] {
	const driver = mount.Type === 'volume' ? mount.VolumeOptions?.DriverConfig?.Name : undefined;
	return driver && driver !== 'local' ? [{Type: 'Volume', Name: driver}] : [];
}

function hasPlugin(info: NodeInfo, wanted: Plugin): boolean {
	const plugins = info.node.description.Engine?.Plugins ?? [];
	// A node that says nothing of its log drivers is taken to have them all (engines before 17.05).
	if (wanted.Type === 'Log' && !plugins.some((plugin) => plugin.Type === 'Log')) return true;
	return plugins.some(
		(plugin) => plugin.Type === wanted.Type && (plugin.Name === wanted.Name || plugin.Name === `${wanted.Name}:latest`),
	);
}

const constraints: Filter = {
	checkFor(task) {
		const wanted = constraintsOf(task.spec.Placement?.Constraints);
		if (wanted.length === 0) return undefined;
		return (info) => meetsConstraints(wanted, info.node);
	},
	explain: (nodes) => `scheduling constraints not satisfied ${onNodes(nodes)}`,
};

const architectures: Readonly<Record<string, string>> = {x86_64: 'amd64', aarch64: 'arm64'};
const architecture = (name: string | undefined): string => architectures[name ?? ''] ?? name ?? '';

const platforms: Filter = {
	checkFor(task) {
		const wanted = task.spec.Placement?.Platforms ?? [];
		if (wanted.length === 0) return undefined;
		return (info) => {
			const has = info.node.description.Platform;
			return wanted.some(
				({OS, Architecture}) =>
					(!OS || OS === has?.OS) && (!Architecture || architecture(Architecture) === architecture(has?.Architecture)),
			);
		};
	},
	explain: (nodes) => `unsupported platform ${onNodes(nodes)}`,
};

const hostPorts: Filter = {
	checkFor(task) {
		const ports = hostPortsOf(task);
		if (ports.length === 0) return undefined;
		return (info) => !ports.some((port) => info.usesHostPort(port));
	},
	explain: (nodes) => `host-mode port already in use ${onNodes(nodes)}`,
};

const maxReplicas: Filter = {
	checkFor(task) {
		const most = task.spec.Placement?.MaxReplicas ?? 0;
		if (most === 0) return undefined;
		return (info) => info.activeTasksOf(task.serviceId) < most;
	},
	explain: () => 'max replicas per node limit exceed',
};

/** There are no cluster volumes in the simulation, so a task that mounts one fits nowhere. */
const clusterVolumes: Filter = {
	checkFor(task) {
		const mounts = task.spec.ContainerSpec?.Mounts ?? [];
		return mounts.some((mount) => mount.Type === 'cluster') ? () => false : undefined;
	},
	explain: (nodes) => `cannot fulfill requested CSI volume mounts ${onNodes(nodes)}`,
};

export const filters: readonly Filter[] = [
	ready,
	resources,
	plugins,
	constraints,
	platforms,
	hostPorts,
	maxReplicas,
	clusterVolumes,
];
