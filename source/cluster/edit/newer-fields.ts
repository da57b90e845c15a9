/**
 * What a service's spec can say that not every engine knows: an engine takes the whole spec and leaves such a setting out
 * without a word. Pure.
 *
 * From the version history of moby's API, and what its routes take away by version (moby
 * daemon/server/router/swarm/helpers.go).
 */
import {compareApi} from '../../engine/api-version.ts';
import type {ServiceSpec} from '../../wire/service.ts';

/** A setting that the engine would drop, and the API version that brought it. */
export type Dropped = {readonly setting: string; readonly since: string};

type Newer = {
	readonly since: string;
	/** As the spec spells it, from the part where a person looks for it. */
	readonly setting: string;
	readonly isSet: (spec: ServiceSpec) => boolean;
};

const container = (spec: ServiceSpec) => spec.TaskTemplate.ContainerSpec ?? {};
const privilege = (spec: ServiceSpec, name: string) => isSaid(container(spec).Privileges?.[name]);
const anyMount = (
	spec: ServiceSpec,
	test: (mount: NonNullable<ReturnType<typeof container>['Mounts']>[number]) => unknown,
) => (container(spec).Mounts ?? []).some((mount) => isSaid(test(mount)));

const newerSettings: readonly Newer[] = [
	{since: '1.25', setting: 'Secrets', isSet: (spec) => isSaid(container(spec).Secrets)},
	{since: '1.30', setting: 'Configs', isSet: (spec) => isSaid(container(spec).Configs)},
	{since: '1.29', setting: 'UpdateConfig.Order', isSet: (spec) => spec.UpdateConfig?.Order === 'start-first'},
	{since: '1.28', setting: 'RollbackConfig', isSet: (spec) => isSaid(spec.RollbackConfig)},
	{since: '1.37', setting: 'Init', isSet: (spec) => isSaid(container(spec).Init)},
	{since: '1.40', setting: 'Sysctls', isSet: (spec) => isSaid(container(spec).Sysctls)},
	{
		since: '1.40',
		setting: 'Privileges.CredentialSpec.Config',
		isSet: (spec) =>
			isSaid((container(spec).Privileges?.['CredentialSpec'] as {Config?: unknown} | null | undefined)?.Config),
	},
	{since: '1.40', setting: 'Placement.MaxReplicas', isSet: (spec) => isSaid(spec.TaskTemplate.Placement?.MaxReplicas)},
	{since: '1.41', setting: 'CapabilityAdd', isSet: (spec) => isSaid(container(spec).CapabilityAdd)},
	{since: '1.41', setting: 'CapabilityDrop', isSet: (spec) => isSaid(container(spec).CapabilityDrop)},
	{since: '1.41', setting: 'Ulimits', isSet: (spec) => isSaid(container(spec).Ulimits)},
	{since: '1.41', setting: 'Limits.Pids', isSet: (spec) => isSaid(spec.TaskTemplate.Resources?.Limits?.Pids)},
	{since: '1.41', setting: 'Mode.ReplicatedJob', isSet: ({Mode}) => Mode.ReplicatedJob !== undefined},
	{since: '1.41', setting: 'Mode.GlobalJob', isSet: ({Mode}) => Mode.GlobalJob !== undefined},
	{
		since: '1.41',
		setting: 'Mounts.BindOptions.NonRecursive',
		isSet: (spec) => anyMount(spec, ({BindOptions}) => BindOptions?.NonRecursive),
	},
	{
		since: '1.42',
		setting: 'Mounts.BindOptions.CreateMountpoint',
		isSet: (spec) => anyMount(spec, ({BindOptions}) => BindOptions?.CreateMountpoint),
	},
	{
		since: '1.42',
		setting: 'Mounts.ClusterOptions',
		isSet: (spec) => (container(spec).Mounts ?? []).some(({Type}) => Type === 'cluster'),
	},
	{since: '1.44', setting: 'Privileges.Seccomp', isSet: (spec) => privilege(spec, 'Seccomp')},
	{since: '1.44', setting: 'Privileges.AppArmor', isSet: (spec) => privilege(spec, 'AppArmor')},
	{since: '1.44', setting: 'Privileges.NoNewPrivileges', isSet: (spec) => privilege(spec, 'NoNewPrivileges')},
	{
		since: '1.44',
		setting: 'Healthcheck.StartInterval',
		isSet: (spec) => isSaid(container(spec).Healthcheck?.StartInterval),
	},
	{
		since: '1.44',
		setting: 'Mounts.BindOptions.ReadOnlyNonRecursive',
		isSet: (spec) => anyMount(spec, ({BindOptions}) => BindOptions?.ReadOnlyNonRecursive),
	},
	{
		since: '1.44',
		setting: 'Mounts.BindOptions.ReadOnlyForceRecursive',
		isSet: (spec) => anyMount(spec, ({BindOptions}) => BindOptions?.ReadOnlyForceRecursive),
	},
	{
		since: '1.45',
		setting: 'Mounts.VolumeOptions.Subpath',
		isSet: (spec) => anyMount(spec, ({VolumeOptions}) => VolumeOptions?.Subpath),
	},
	{
		since: '1.46',
		setting: 'Mounts.TmpfsOptions.Options',
		isSet: (spec) => anyMount(spec, ({TmpfsOptions}) => TmpfsOptions?.Options),
	},
	{since: '1.46', setting: 'OomScoreAdj', isSet: (spec) => isSaid(container(spec).OomScoreAdj)},
	{
		since: '1.52',
		setting: 'Resources.SwapBytes',
		isSet: (spec) => typeof spec.TaskTemplate.Resources?.SwapBytes === 'number',
	},
	{
		since: '1.52',
		setting: 'Resources.MemorySwappiness',
		isSet: (spec) => typeof spec.TaskTemplate.Resources?.MemorySwappiness === 'number',
	},
];

/** What an engine of that API version would leave out of the spec. */
export function droppedBy(apiVersion: string, spec: ServiceSpec): readonly Dropped[] {
	return newerSettings
		.filter(({since, isSet}) => compareApi(apiVersion, since) < 0 && isSet(spec))
		.map(({setting, since}) => ({setting, since}));
}

/** Whether a value asks for anything: zeros, empty lists and nulls are what is there when nothing was said. */
function isSaid(value: unknown): boolean {
	if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
	if (Array.isArray(value)) return value.length > 0;
	return typeof value !== 'object' || Object.keys(value).length > 0;
}
