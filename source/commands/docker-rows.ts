import type {EngineEvent} from '../wire/event.ts';
import type {Network} from '../wire/network.ts';
import type {NodeDescription, SwarmNode} from '../wire/node.ts';
import type {Service} from '../wire/service.ts';
import type {Config, Secret} from '../wire/store.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import type {Task} from '../wire/task.ts';
import type {Volume} from '../wire/volume.ts';
import {publishedRanges} from './docker-ports.ts';
import {
	goTime,
	humanAge,
	labelOf,
	labelsText,
	modeText,
	type PlainLabels,
	shortId,
	shortImage,
	taskPorts,
	titled,
} from './docker-texts.ts';

/**
 * What templates of `--format` can name, kind by kind: the fields that the docker CLI has, with the texts that it prints
 * (docker/cli, the formatter of each command).
 */

/** The fields of one object. */
export type DockerRow = Readonly<Record<string, unknown>>;

export type DockerRowOptions = {
	/** IDs of twelve characters, images without their digests, short errors. */
	readonly isTruncated: boolean;
	/** Milliseconds since the epoch: ages are counted from it. */
	readonly now: number;
	/** The engine that was asked; undefined where it did not say. */
	readonly info: SystemInfo | undefined;
};

export function nodeRow(node: SwarmNode, {info}: DockerRowOptions): DockerRow {
	const {Description: description, ManagerStatus: manager} = node;
	return {
		ID: node.ID,
		Self: info !== undefined && info.Swarm.NodeID === node.ID,
		Hostname: description.Hostname ?? '',
		Status: titled(node.Status.State),
		Availability: titled(node.Spec.Availability),
		ManagerStatus: manager?.Leader ? 'Leader' : titled(manager?.Reachability ?? ''),
		TLSStatus: certificateState(description, info),
		EngineVersion: description.Engine?.EngineVersion ?? '',
	};
}

/** Whether the node's certificate is of the swarm's present authority. */
function certificateState({TLSInfo: own}: NodeDescription, info: SystemInfo | undefined): string {
	const cluster = info?.Swarm.Cluster?.TLSInfo;
	if (!own || !cluster) return 'Unknown';
	const isSame =
		own.TrustRoot === cluster.TrustRoot &&
		own.CertIssuerSubject === cluster.CertIssuerSubject &&
		own.CertIssuerPublicKey === cluster.CertIssuerPublicKey;
	return isSame ? 'Ready' : 'Needs Rotation';
}

type Counts = {readonly running: number; readonly desired: number; readonly completed: number};

/** @param counts as the tasks have it, for engines that don't count */
export function serviceRow(service: Service, counts: Counts | undefined): DockerRow {
	const {Spec: spec, ServiceStatus: status, Endpoint: endpoint} = service;
	const {running, desired, completed} = status
		? {running: status.RunningTasks, desired: status.DesiredTasks, completed: status.CompletedTasks}
		: (counts ?? {running: 0, desired: 0, completed: 0});
	return {
		ID: shortId(service.ID),
		Name: spec.Name,
		Mode: modeText(spec),
		Replicas: `${running}/${desired}${behindReplicas(service, desired, completed)}`,
		Image: shortImage(spec.TaskTemplate.ContainerSpec?.Image ?? ''),
		Ports: publishedRanges(endpoint?.Ports ?? []),
	};
}

function behindReplicas({Spec: {Mode: mode, TaskTemplate: task}}: Service, desired: number, completed: number): string {
	if (mode.ReplicatedJob) return ` (${completed}/${mode.ReplicatedJob.TotalCompletions ?? 0} completed)`;
	if (mode.GlobalJob) return ` (${completed}/${desired + completed} completed)`;
	const most = task.Placement?.MaxReplicas ?? 0;
	return mode.Replicated && most > 0 ? ` (max ${most} per node)` : '';
}

/** The longest error that is shown, its quotes aside. */
const shortError = 30;

export type TaskNames = {readonly ServiceName: string; readonly NodeName: string};

export function taskRow(task: Task, names: TaskNames, {isTruncated, now}: DockerRowOptions): DockerRow {
	const image = task.Spec.ContainerSpec?.Image ?? '';
	const error = [...(task.Status.Err ?? '')];
	const shown = isTruncated && error.length > shortError ? [...error.slice(0, shortError - 1), '…'] : error;
	return {
		ID: isTruncated ? shortId(task.ID) : task.ID,
		Name: `${names.ServiceName}.${task.Slot || (task.NodeID ?? '')}`,
		Image: isTruncated ? shortImage(image) : image,
		Node: names.NodeName,
		DesiredState: titled(task.DesiredState),
		CurrentState: `${titled(task.Status.State)} ${humanAge(task.Status.Timestamp, now).toLowerCase()} ago`,
		Error: shown.length === 0 ? '' : `"${shown.join('')}"`,
		Ports: taskPorts(task.Status.PortStatus?.Ports ?? []),
	};
}

export const stackRow = (name: string, services: number): DockerRow => ({Name: name, Services: String(services)});

export function networkRow(network: Network, {isTruncated}: DockerRowOptions): DockerRow {
	return {
		ID: isTruncated ? shortId(network.Id) : network.Id,
		Name: network.Name,
		Driver: network.Driver,
		Scope: network.Scope,
		IPv4: String(network.EnableIPv4 ?? false),
		IPv6: String(network.EnableIPv6),
		Internal: String(network.Internal),
		CreatedAt: goTime(network.Created),
		...labelled(network.Labels),
	};
}

export const secretRow = (secret: Secret, options: DockerRowOptions): DockerRow => ({
	...storedRow(secret, options),
	Driver: secret.Spec.Driver?.Name ?? '',
});

export const configRow = (config: Config, options: DockerRowOptions): DockerRow => storedRow(config, options);

const storedRow = ({ID, Spec, CreatedAt, UpdatedAt}: Secret | Config, {now}: DockerRowOptions): DockerRow => ({
	ID,
	Name: Spec.Name,
	CreatedAt: `${humanAge(CreatedAt, now)} ago`,
	UpdatedAt: `${humanAge(UpdatedAt, now)} ago`,
	...labelled(Spec.Labels),
});

/** What docker shows of volumes that belong to one engine. */
const notOfVolumes = 'N/A';

export const volumeRow = (volume: Volume): DockerRow => ({
	Name: volume.Name,
	Driver: volume.Driver,
	Scope: volume.Scope,
	Mountpoint: volume.Mountpoint,
	Availability: notOfVolumes,
	Group: notOfVolumes,
	Links: notOfVolumes,
	Size: notOfVolumes,
	Status: notOfVolumes,
	...labelled(volume.Labels),
});

const labelled = (labels: PlainLabels): DockerRow => ({
	Labels: labelsText(labels),
	Label: (name: unknown) => labelOf(labels, String(name)),
});

/** The fields of Go's own struct: `{{json .}}` prints the engine's object instead. */
export const eventRow = ({Type, Action, Actor, scope, time, timeNano, status, id, from}: EngineEvent): DockerRow => ({
	Type,
	Action,
	Actor,
	Scope: scope ?? '',
	Time: time,
	TimeNano: timeNano,
	Status: status ?? '',
	ID: id ?? '',
	From: from ?? '',
});

type ContextObject = {
	readonly Name: string;
	readonly Current: boolean;
	readonly Description: string;
	readonly DockerEndpoint: string;
};

export const contextRow = ({Name, Current, Description, DockerEndpoint}: ContextObject): DockerRow => ({
	Name,
	Current,
	Description: Name === 'default' ? 'Current DOCKER_HOST based configuration' : Description,
	DockerEndpoint,
	Error: '',
});
