import type {NetworkAttachmentConfig} from '../../../wire/network.ts';
import type {GenericResource, Resources} from '../../../wire/node.ts';
import type {
	ConfigReference,
	ContainerSpec,
	FileTarget,
	Healthcheck,
	Mount,
	Placement,
	PortConfig,
	ResourceRequirements,
	RestartPolicy,
	SecretReference,
	TaskSpec,
} from '../../../wire/task.ts';
import {
	any,
	bool,
	duration,
	field,
	fileMode,
	int,
	int64,
	map,
	optional,
	pointer,
	slice,
	string,
	stringMap,
	strings,
	stringType,
	struct,
	uint32,
	uint64,
} from '../go/schema.ts';
import {driver} from './common.ts';

/** What a task is made from: moby api/types/swarm/{task,container,network}.go and api/types/{mount,container} of API 1.52. */

const fileTarget = (go: string) =>
	struct<FileTarget>(go, {Name: field(string), UID: field(string), GID: field(string), Mode: field(fileMode)});

const secretReference = struct<SecretReference>('swarm.SecretReference', {
	File: field(pointer(fileTarget('swarm.SecretReferenceFileTarget'))),
	SecretID: field(string),
	SecretName: field(string),
});

const configReference = struct<ConfigReference>('swarm.ConfigReference', {
	File: optional(pointer(fileTarget('swarm.ConfigReferenceFileTarget'))),
	Runtime: optional(pointer(struct<Record<string, never>>('swarm.ConfigReferenceRuntimeTarget', {}))),
	ConfigID: field(string),
	ConfigName: field(string),
});

const mountDriver = struct<{Name?: string; Options?: Record<string, string>}>('mount.Driver', {
	Name: optional(string),
	Options: optional(stringMap),
});

const bindOptions = struct<NonNullable<Mount['BindOptions']>>('mount.BindOptions', {
	Propagation: optional(stringType('mount.Propagation')),
	NonRecursive: optional(bool),
	CreateMountpoint: optional(bool),
	ReadOnlyNonRecursive: optional(bool),
	ReadOnlyForceRecursive: optional(bool),
});

const volumeOptions = struct<NonNullable<Mount['VolumeOptions']>>('mount.VolumeOptions', {
	NoCopy: optional(bool),
	Labels: optional(stringMap),
	Subpath: optional(string),
	DriverConfig: optional(pointer(mountDriver)),
});

const tmpfsOptions = struct<NonNullable<Mount['TmpfsOptions']>>('mount.TmpfsOptions', {
	SizeBytes: optional(int64),
	Mode: optional(fileMode),
	Options: optional(slice(strings)),
});

const mount = struct<Mount>('mount.Mount', {
	Type: optional(stringType('mount.Type')),
	Source: optional(string),
	Target: optional(string),
	ReadOnly: optional(bool),
	Consistency: optional(stringType('mount.Consistency')),
	BindOptions: optional(pointer(bindOptions)),
	VolumeOptions: optional(pointer(volumeOptions)),
	TmpfsOptions: optional(pointer(tmpfsOptions)),
	ImageOptions: optional(pointer(struct<{Subpath?: string}>('mount.ImageOptions', {Subpath: optional(string)}))),
	ClusterOptions: optional(pointer(struct<Record<string, never>>('mount.ClusterOptions', {}))),
});

const healthcheck = struct<Healthcheck>('v1.HealthcheckConfig', {
	Test: optional(strings),
	Interval: optional(duration),
	Timeout: optional(duration),
	StartPeriod: optional(duration),
	StartInterval: optional(duration),
	Retries: optional(int),
});

export type Privileges = {
	CredentialSpec: {Config: string; File: string; Registry: string} | null;
	SELinuxContext: {Disable: boolean; User: string; Role: string; Type: string; Level: string} | null;
	Seccomp?: {Mode?: string; Profile?: string};
	AppArmor?: {Mode?: string};
	NoNewPrivileges: boolean;
};

const privileges = struct<Privileges>('swarm.Privileges', {
	CredentialSpec: field(
		pointer(
			struct<NonNullable<Privileges['CredentialSpec']>>('swarm.CredentialSpec', {
				Config: field(string),
				File: field(string),
				Registry: field(string),
			}),
		),
	),
	SELinuxContext: field(
		pointer(
			struct<NonNullable<Privileges['SELinuxContext']>>('swarm.SELinuxContext', {
				Disable: field(bool),
				User: field(string),
				Role: field(string),
				Type: field(string),
				Level: field(string),
			}),
		),
	),
	Seccomp: optional(
		pointer(
			struct<NonNullable<Privileges['Seccomp']>>('swarm.SeccompOpts', {
				Mode: optional(stringType('swarm.SeccompMode')),
				Profile: optional(stringType('[]uint8')),
			}),
		),
	),
	AppArmor: optional(
		pointer(
			struct<NonNullable<Privileges['AppArmor']>>('swarm.AppArmorOpts', {
				Mode: optional(stringType('swarm.AppArmorMode')),
			}),
		),
	),
	NoNewPrivileges: field(bool),
});

const dnsConfig = struct<NonNullable<ContainerSpec['DNSConfig']>>('swarm.DNSConfig', {
	Nameservers: optional(strings),
	Search: optional(strings),
	Options: optional(strings),
});

const ulimit = struct<{Name: string; Hard: number; Soft: number}>('units.Ulimit', {
	Name: field(string),
	Hard: field(int64),
	Soft: field(int64),
});

const containerSpec = struct<ContainerSpec>('swarm.ContainerSpec', {
	Image: optional(string),
	Labels: optional(stringMap),
	Command: optional(strings),
	Args: optional(strings),
	Hostname: optional(string),
	Env: optional(strings),
	Dir: optional(string),
	User: optional(string),
	Groups: optional(strings),
	Privileges: optional(pointer(privileges)),
	Init: optional(pointer(bool)),
	StopSignal: optional(string),
	TTY: optional(bool),
	OpenStdin: optional(bool),
	ReadOnly: optional(bool),
	Mounts: optional(slice(mount)),
	StopGracePeriod: optional(pointer(duration)),
	Healthcheck: optional(pointer(healthcheck)),
	Hosts: optional(strings),
	DNSConfig: optional(pointer(dnsConfig)),
	Secrets: optional(slice(pointer(secretReference))),
	Configs: optional(slice(pointer(configReference))),
	Isolation: optional(stringType('container.Isolation')),
	Sysctls: optional(stringMap),
	CapabilityAdd: optional(strings),
	CapabilityDrop: optional(strings),
	Ulimits: optional(slice(pointer(ulimit))),
	OomScoreAdj: optional(int64),
});

const genericResource = struct<GenericResource>('swarm.GenericResource', {
	NamedResourceSpec: optional(
		pointer(
			struct<{Kind: string; Value: string}>('swarm.NamedGenericResource', {
				Kind: optional(string),
				Value: optional(string),
			}),
		),
	),
	DiscreteResourceSpec: optional(
		pointer(
			struct<{Kind: string; Value: number}>('swarm.DiscreteGenericResource', {
				Kind: optional(string),
				Value: optional(int64),
			}),
		),
	),
});

const resources = struct<Resources>('swarm.Resources', {
	NanoCPUs: optional(int64),
	MemoryBytes: optional(int64),
	GenericResources: optional(slice(genericResource)),
});

const limit = struct<NonNullable<ResourceRequirements['Limits']>>('swarm.Limit', {
	NanoCPUs: optional(int64),
	MemoryBytes: optional(int64),
	Pids: optional(int64),
});

const resourceRequirements = struct<ResourceRequirements>('swarm.ResourceRequirements', {
	Limits: optional(pointer(limit)),
	Reservations: optional(pointer(resources)),
	SwapBytes: optional(pointer(int64)),
	MemorySwappiness: optional(pointer(int64)),
});

const restartPolicy = struct<RestartPolicy>('swarm.RestartPolicy', {
	Condition: optional(stringType('swarm.RestartPolicyCondition')),
	Delay: optional(pointer(duration)),
	MaxAttempts: optional(pointer(uint64)),
	Window: optional(pointer(duration)),
});

const preference = struct<{Spread?: {SpreadDescriptor: string}}>('swarm.PlacementPreference', {
	Spread: field(pointer(struct<{SpreadDescriptor: string}>('swarm.SpreadOver', {SpreadDescriptor: field(string)}))),
});

const placement = struct<Placement>('swarm.Placement', {
	Constraints: optional(strings),
	Preferences: optional(slice(preference)),
	MaxReplicas: optional(uint64),
	Platforms: optional(
		slice(
			struct<{Architecture?: string; OS?: string}>('swarm.Platform', {
				Architecture: optional(string),
				OS: optional(string),
			}),
		),
	),
});

export const networkAttachment = struct<NetworkAttachmentConfig>('swarm.NetworkAttachmentConfig', {
	Target: optional(string),
	Aliases: optional(strings),
	DriverOpts: optional(stringMap),
});

export const taskSpec = struct<TaskSpec>('swarm.TaskSpec', {
	ContainerSpec: optional(pointer(containerSpec)),
	PluginSpec: optional(pointer(map(any))),
	NetworkAttachmentSpec: optional(
		pointer(struct<{ContainerID?: string}>('swarm.NetworkAttachmentSpec', {ContainerID: field(string)})),
	),
	Resources: optional(pointer(resourceRequirements)),
	RestartPolicy: optional(pointer(restartPolicy)),
	Placement: optional(pointer(placement)),
	Networks: optional(slice(networkAttachment)),
	LogDriver: optional(pointer(driver)),
	ForceUpdate: field(uint64),
	Runtime: optional(stringType('swarm.RuntimeType')),
});

export const portConfig = struct<PortConfig>('swarm.PortConfig', {
	Name: optional(string),
	Protocol: optional(stringType('swarm.PortConfigProtocol')),
	TargetPort: optional(uint32),
	PublishedPort: optional(uint32),
	PublishMode: optional(stringType('swarm.PortConfigPublishMode')),
});
