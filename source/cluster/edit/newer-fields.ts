/**
 * What a service's spec can say that not every engine knows: an engine takes the whole spec and leaves such a setting out
 * without a word. Pure.
 *
 * From the version history of moby's API, and what its routes take away by version (moby
 * daemon/server/router/swarm/helpers.go).
 */
import {compareApi} from '../../engine/api-version.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {isSame} from './changes.ts';

/** A setting that the engine would drop, and the API version that brought it. */
export type Dropped = {readonly setting: string; readonly since: string};

type Newer = {
	readonly since: string;
	/** As the spec spells it, from the part where a person looks for it. */
	readonly setting: string;
	/** What the spec says of it; nothing where it asks for nothing. */
	readonly value: (spec: ServiceSpec) => unknown;
};

const container = (spec: ServiceSpec) => spec.TaskTemplate.ContainerSpec ?? {};
const privilege = (spec: ServiceSpec, name: string) => container(spec).Privileges?.[name];

type Mount = NonNullable<ReturnType<typeof container>['Mounts']>[number];
/** Of each mount that says something of it, by its target. */
const ofMounts = (spec: ServiceSpec, value: (mount: Mount) => unknown): unknown =>
	(container(spec).Mounts ?? []).flatMap((mount) => (isSaid(value(mount)) ? [[mount.Target, value(mount)]] : []));
/** 0 is a setting of its own here. */
const numberIn = (value: unknown): unknown => (typeof value === 'number' ? [value] : undefined);

const newerSettings: readonly Newer[] = [
	{since: '1.25', setting: 'Secrets', value: (spec) => container(spec).Secrets},
	{since: '1.30', setting: 'Configs', value: (spec) => container(spec).Configs},
	{since: '1.29', setting: 'UpdateConfig.Order', value: (spec) => spec.UpdateConfig?.Order === 'start-first'},
	{since: '1.28', setting: 'RollbackConfig', value: (spec) => spec.RollbackConfig},
	{since: '1.37', setting: 'Init', value: (spec) => container(spec).Init},
	{since: '1.40', setting: 'Sysctls', value: (spec) => container(spec).Sysctls},
	{
		since: '1.40',
		setting: 'Privileges.CredentialSpec.Config',
		value: (spec) => (container(spec).Privileges?.['CredentialSpec'] as {Config?: unknown} | null | undefined)?.Config,
	},
	{since: '1.40', setting: 'Placement.MaxReplicas', value: (spec) => spec.TaskTemplate.Placement?.MaxReplicas},
	{since: '1.41', setting: 'CapabilityAdd', value: (spec) => container(spec).CapabilityAdd},
	{since: '1.41', setting: 'CapabilityDrop', value: (spec) => container(spec).CapabilityDrop},
	{since: '1.41', setting: 'Ulimits', value: (spec) => container(spec).Ulimits},
	{since: '1.41', setting: 'Limits.Pids', value: (spec) => spec.TaskTemplate.Resources?.Limits?.Pids},
	{since: '1.41', setting: 'Mode.ReplicatedJob', value: ({Mode}) => Mode.ReplicatedJob !== undefined},
	{since: '1.41', setting: 'Mode.GlobalJob', value: ({Mode}) => Mode.GlobalJob !== undefined},
	{
		since: '1.41',
		setting: 'Mounts.BindOptions.NonRecursive',
		value: (spec) => ofMounts(spec, ({BindOptions}) => BindOptions?.NonRecursive),
	},
	{
		since: '1.42',
		setting: 'Mounts.BindOptions.CreateMountpoint',
		value: (spec) => ofMounts(spec, ({BindOptions}) => BindOptions?.CreateMountpoint),
	},
	{
		since: '1.42',
		setting: 'Mounts.ClusterOptions',
		value: (spec) => ofMounts(spec, ({Type}) => Type === 'cluster'),
	},
	{since: '1.44', setting: 'Privileges.Seccomp', value: (spec) => privilege(spec, 'Seccomp')},
	{since: '1.44', setting: 'Privileges.AppArmor', value: (spec) => privilege(spec, 'AppArmor')},
	{since: '1.44', setting: 'Privileges.NoNewPrivileges', value: (spec) => privilege(spec, 'NoNewPrivileges')},
	{
		since: '1.44',
		setting: 'Healthcheck.StartInterval',
		value: (spec) => container(spec).Healthcheck?.StartInterval,
	},
	{
		since: '1.44',
		setting: 'Mounts.BindOptions.ReadOnlyNonRecursive',
		value: (spec) => ofMounts(spec, ({BindOptions}) => BindOptions?.ReadOnlyNonRecursive),
	},
	{
		since: '1.44',
		setting: 'Mounts.BindOptions.ReadOnlyForceRecursive',
		value: (spec) => ofMounts(spec, ({BindOptions}) => BindOptions?.ReadOnlyForceRecursive),
	},
	{
		since: '1.45',
		setting: 'Mounts.VolumeOptions.Subpath',
		value: (spec) => ofMounts(spec, ({VolumeOptions}) => VolumeOptions?.Subpath),
	},
	{
		since: '1.46',
		setting: 'Mounts.TmpfsOptions.Options',
		value: (spec) => ofMounts(spec, ({TmpfsOptions}) => TmpfsOptions?.Options),
	},
	{since: '1.46', setting: 'OomScoreAdj', value: (spec) => container(spec).OomScoreAdj},
	{
		since: '1.52',
		setting: 'Resources.SwapBytes',
		value: (spec) => numberIn(spec.TaskTemplate.Resources?.SwapBytes),
	},
	{
		since: '1.52',
		setting: 'Resources.MemorySwappiness',
		value: (spec) => numberIn(spec.TaskTemplate.Resources?.MemorySwappiness),
	},
];

/** What an engine of that API version would leave out of the spec. */
export function droppedBy(apiVersion: string, spec: ServiceSpec): readonly Dropped[] {
	return newerThan(apiVersion, ({value}) => isSaid(value(spec)));
}

/** What of a change it would leave out. What the engine itself told of a service and stays as it is, is not lost by it. */
export function droppedOfChange(apiVersion: string, before: ServiceSpec, after: ServiceSpec): readonly Dropped[] {
	return newerThan(apiVersion, ({value}) => isSaid(value(after)) && !isSame(value(before), value(after)));
}

function newerThan(apiVersion: string, test: (setting: Newer) => boolean): readonly Dropped[] {
	return newerSettings
		.filter((newer) => compareApi(apiVersion, newer.since) < 0 && test(newer))
		.map(({setting, since}) => ({setting, since}));
}

/** Whether a value asks for anything: zeros, empty lists and nulls are what is there when nothing was said. */
function isSaid(value: unknown): boolean {
	if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
	if (Array.isArray(value)) return value.length > 0;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}
