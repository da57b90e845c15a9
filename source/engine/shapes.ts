import type {CreatedId, NetworkCreated, UpdateAnswer} from '../wire/answers.ts';
import type {
	ContainerChange,
	ContainerInspect,
	ContainerRow,
	ContainerStats,
	ContainerTop,
	ExecInspect,
} from '../wire/container.ts';
import type {DiskUsage, ImageRow, Pruned} from '../wire/disk.ts';
import type {DistributionInspect} from '../wire/distribution.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Network} from '../wire/network.ts';
import type {SwarmNode} from '../wire/node.ts';
import type {Plugin} from '../wire/plugin.ts';
import type {Service} from '../wire/service.ts';
import type {Config, Secret} from '../wire/store.ts';
import type {EngineVersion, Swarm, SystemInfo, UnlockKeyAnswer} from '../wire/swarm.ts';
import type {Task} from '../wire/task.ts';
import type {Volume, VolumeList} from '../wire/volume.ts';
import {type TaskRow, toTaskRow} from './task-row.ts';

/**
 * Readers of the engine's objects: each checks the parts that the program reads without looking, and throws a TypeError
 * that names what is missing. Everything else passes through as it came.
 */

type Part = 'string' | 'number' | 'object';
type Parts = Readonly<Record<string, Part>>;

const stored: Parts = {ID: 'string', Version: 'object', 'Version.Index': 'number', Spec: 'object'};

function reader<T>(name: string, parts: Parts): (value: unknown) => T {
	const paths = Object.entries(parts).map(([path, part]) => ({path, keys: path.split('.'), part}));
	return (value) => {
		if (!isPart(value, 'object')) throw new TypeError(`a ${name} is no object`);
		for (const {path, keys, part} of paths) {
			if (!isPart(at(value, keys), part)) throw new TypeError(`a ${name} has no ${path}`);
		}
		return value as T;
	};
}

function at(value: unknown, keys: readonly string[]): unknown {
	return keys.reduce((parent, key) => (parent as Record<string, unknown> | null | undefined)?.[key], value);
}

function isPart(value: unknown, part: Part): boolean {
	return typeof value === part && value !== null;
}

const readTask = reader<Task>('task', {...stored, Status: 'object', 'Status.State': 'string', DesiredState: 'string'});

const readers = {
	node: reader<SwarmNode>('node', {
		...stored,
		'Spec.Role': 'string',
		'Spec.Availability': 'string',
		Description: 'object',
		Status: 'object',
		'Status.State': 'string',
	}),
	service: reader<Service>('service', {
		...stored,
		'Spec.Name': 'string',
		'Spec.TaskTemplate': 'object',
		'Spec.Mode': 'object',
		Endpoint: 'object',
	}),
	task: readTask,
	taskRow: (value: unknown): TaskRow => toTaskRow(readTask(value)),
	network: reader<Network>('network', {Id: 'string', Name: 'string', Driver: 'string', Scope: 'string'}),
	secret: reader<Secret>('secret', {...stored, 'Spec.Name': 'string'}),
	config: reader<Config>('config', {...stored, 'Spec.Name': 'string'}),
	volume: reader<Volume>('volume', {Name: 'string', Driver: 'string'}),
	plugin: reader<Plugin>('plugin', {
		Name: 'string',
		Config: 'object',
		'Config.Description': 'string',
		'Config.Interface': 'object',
	}),
	swarm: reader<Swarm>('swarm', {...stored, JoinTokens: 'object'}),
	/** A bare string of JSON. */
	nodeId(value: unknown): string {
		if (typeof value !== 'string') throw new TypeError('a node ID is no text');
		return value;
	},
	unlockKey: reader<UnlockKeyAnswer>('unlock key', {UnlockKey: 'string'}),
	info: reader<SystemInfo>('info', {
		Name: 'string',
		ServerVersion: 'string',
		Swarm: 'object',
		'Swarm.LocalNodeState': 'string',
	}),
	version: reader<EngineVersion>('version', {Version: 'string', ApiVersion: 'string'}),
	volumeList: reader<VolumeList>('list of volumes', {}),
	distribution: reader<DistributionInspect>('registry answer', {Descriptor: 'object', 'Descriptor.digest': 'string'}),
	created: reader<CreatedId>('create answer', {ID: 'string'}),
	networkCreated: reader<NetworkCreated>('create answer', {Id: 'string'}),
	updated: reader<UpdateAnswer>('update answer', {}),
	containerInspect: reader<ContainerInspect>('container', {
		Id: 'string',
		Name: 'string',
		State: 'object',
		'State.Status': 'string',
	}),
	diskUsage: reader<DiskUsage>('disk usage', {}),
	containerStats: reader<ContainerStats>('statistic', {
		cpu_stats: 'object',
		'cpu_stats.cpu_usage': 'object',
		memory_stats: 'object',
	}),
	containerRow: reader<ContainerRow>('container', {Id: 'string', Image: 'string', State: 'string', Status: 'string'}),
	containerTop: reader<ContainerTop>('list of processes', {Titles: 'object'}),
	containerChange: reader<ContainerChange>('change', {Path: 'string', Kind: 'number'}),
	imageRow: reader<ImageRow>('image', {Id: 'string', Size: 'number'}),
	pruned: reader<Pruned>('clean-up answer', {}),
	execCreated: reader<{Id: string}>('exec answer', {Id: 'string'}),
	exec: reader<ExecInspect>('exec', {ID: 'string'}),
	event: reader<EngineEvent>('event', {Type: 'string', Action: 'string', Actor: 'object', time: 'number'}),
} satisfies Record<string, (value: unknown) => unknown>;

type Readers = typeof readers;

/** The kinds of objects, and what each is read as. */
export type ShapeName = keyof Readers;
export type Shape<Name extends ShapeName> = ReturnType<Readers[Name]>;

/** The reader of one kind, without `this` and for one argument: fit for `map`. */
export function readerOf<Name extends ShapeName>(name: Name): (value: unknown) => Shape<Name> {
	const read = readers[name] as (value: unknown) => Shape<Name>;
	return (value) => read(value);
}
