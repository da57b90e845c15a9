import type {GenericResource} from '../node.ts';
import {driver} from './common.ts';
import {
	bool,
	duration,
	field,
	fileMode,
	type GoType,
	int,
	int64,
	lenient,
	nullable,
	optional,
	pointer,
	slice,
	string,
	stringMap,
	strings,
	stringType,
	struct,
	structFor,
	uint32,
	uint64,
} from './go-types.ts';

/** What a task is made from: moby api/types/swarm/{task,container,network}.go and api/types/{mount,container} of API 1.52. */

const fileTarget = (go: string) =>
	struct(go, {Name: field(string), UID: field(string), GID: field(string), Mode: field(fileMode)});

export const secretReference = struct('swarm.SecretReference', {
	File: lenient(pointer(fileTarget('swarm.SecretReferenceFileTarget'))),
	SecretID: field(string),
	SecretName: field(string),
});

export const configReference = struct('swarm.ConfigReference', {
	File: optional(pointer(fileTarget('swarm.ConfigReferenceFileTarget'))),
	Runtime: optional(pointer(structFor<Record<string, never>>('swarm.ConfigReferenceRuntimeTarget', {}))),
	ConfigID: field(string),
	ConfigName: field(string),
});

const mountDriver = struct('mount.Driver', {
	Name: optional(string),
	Options: optional(stringMap),
});

const bindOptions = struct('mount.BindOptions', {
	Propagation: optional(stringType('mount.Propagation')),
	NonRecursive: optional(bool),
	CreateMountpoint: optional(bool),
	ReadOnlyNonRecursive: optional(bool),
	ReadOnlyForceRecursive: optional(bool),
});

const volumeOptions = struct('mount.VolumeOptions', {
	NoCopy: optional(bool),
	Labels: optional(stringMap),
	Subpath: optional(string),
	DriverConfig: optional(pointer(mountDriver)),
});

const tmpfsOptions = struct('mount.TmpfsOptions', {
	SizeBytes: optional(int64),
	Mode: optional(fileMode),
	/** From API 1.46 on: each a name, or a name and its value. */
	Options: optional(slice(strings)),
});

export const mount = struct('mount.Mount', {
	Type: optional<string>(stringType('mount.Type', ['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image'])),
	Source: optional(string),
	Target: optional(string),
	ReadOnly: optional(bool),
	Consistency: optional(stringType('mount.Consistency')),
	BindOptions: optional(pointer(bindOptions)),
	VolumeOptions: optional(pointer(volumeOptions)),
	TmpfsOptions: optional(pointer(tmpfsOptions)),
	ImageOptions: optional(pointer(struct('mount.ImageOptions', {Subpath: optional(string)}))),
	ClusterOptions: optional(pointer(structFor<Record<string, unknown>>('mount.ClusterOptions', {}))),
});

export const healthcheck = struct('v1.HealthcheckConfig', {
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

const privileges = structFor<Privileges>('swarm.Privileges', {
	CredentialSpec: field(
		pointer(
			structFor<NonNullable<Privileges['CredentialSpec']>>('swarm.CredentialSpec', {
				Config: field(string),
				File: field(string),
				Registry: field(string),
			}),
		),
	),
	SELinuxContext: field(
		pointer(
			structFor<NonNullable<Privileges['SELinuxContext']>>('swarm.SELinuxContext', {
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
			structFor<NonNullable<Privileges['Seccomp']>>('swarm.SeccompOpts', {
				Mode: optional(stringType('swarm.SeccompMode')),
				Profile: optional(stringType('[]uint8')),
			}),
		),
	),
	AppArmor: optional(
		pointer(
			structFor<NonNullable<Privileges['AppArmor']>>('swarm.AppArmorOpts', {
				Mode: optional(stringType('swarm.AppArmorMode')),
			}),
		),
	),
	NoNewPrivileges: field(bool),
});

const dnsConfig = struct('swarm.DNSConfig', {
	Nameservers: optional(strings),
	Search: optional(strings),
	Options: optional(strings),
});

const ulimit = struct('units.Ulimit', {
	Name: field(string),
	Hard: field(int64),
	Soft: field(int64),
});

export const containerSpec = struct('swarm.ContainerSpec', {
	Image: optional(string),
	Labels: optional(stringMap),
	Command: optional(strings),
	Args: optional(strings),
	Hostname: optional(string),
	Env: optional(strings),
	Dir: optional(string),
	User: optional(string),
	Groups: optional(strings),
	/** Few look into it, and clients send parts of it. */
	Privileges: optional<Record<string, unknown> | null>(nullable(privileges as GoType)),
	Init: optional(nullable(bool)),
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

const genericResource = structFor<GenericResource>('swarm.GenericResource', {
	NamedResourceSpec: optional(
		pointer(
			structFor<{Kind: string; Value: string}>('swarm.NamedGenericResource', {
				Kind: optional(string),
				Value: optional(string),
			}),
		),
	),
	DiscreteResourceSpec: optional(
		pointer(
			structFor<{Kind: string; Value: number}>('swarm.DiscreteGenericResource', {
				Kind: optional(string),
				Value: optional(int64),
			}),
		),
	),
});

export const resources = struct('swarm.Resources', {
	NanoCPUs: optional(int64),
	MemoryBytes: optional(int64),
	GenericResources: optional(slice(genericResource)),
});

const limit = struct('swarm.Limit', {
	NanoCPUs: optional(int64),
	MemoryBytes: optional(int64),
	Pids: optional(int64),
});

export const resourceRequirements = struct('swarm.ResourceRequirements', {
	Limits: optional(pointer(limit)),
	Reservations: optional(pointer(resources)),
	/** Both from API 1.52 on: an older client's write clears them. */
	SwapBytes: optional(nullable(int64)),
	MemorySwappiness: optional(nullable(int64)),
});

export const restartPolicy = struct('swarm.RestartPolicy', {
	Condition: optional(stringType('swarm.RestartPolicyCondition', ['none', 'on-failure', 'any'])),
	Delay: optional(pointer(duration)),
	MaxAttempts: optional(pointer(uint64)),
	Window: optional(pointer(duration)),
});

const preference = struct('swarm.PlacementPreference', {
	Spread: lenient(pointer(struct('swarm.SpreadOver', {SpreadDescriptor: field(string)}))),
});

export const placement = struct('swarm.Placement', {
	Constraints: optional(strings),
	Preferences: optional(slice(preference)),
	MaxReplicas: optional(uint64),
	Platforms: optional(
		slice(
			struct('swarm.Platform', {
				Architecture: optional(string),
				OS: optional(string),
			}),
		),
	),
});

export const networkAttachment = struct('swarm.NetworkAttachmentConfig', {
	Target: optional(string),
	Aliases: optional(strings),
	DriverOpts: optional(stringMap),
});

/** A task that is a plugin of its node's engine; these names alone are in lower case. */
const pluginSpec = struct('runtime.PluginSpec', {
	name: optional(string),
	remote: optional(string),
	privileges: optional(
		slice(
			pointer(
				struct('runtime.PluginPrivilege', {
					name: optional(string),
					description: optional(string),
					value: optional(strings),
				}),
			),
		),
	),
	disabled: optional(bool),
	env: optional(strings),
});

export const taskSpec = struct('swarm.TaskSpec', {
	ContainerSpec: optional(pointer(containerSpec)),
	PluginSpec: optional(pointer(pluginSpec)),
	NetworkAttachmentSpec: optional(pointer(struct('swarm.NetworkAttachmentSpec', {ContainerID: lenient(string)}))),
	Resources: optional(pointer(resourceRequirements)),
	RestartPolicy: optional(pointer(restartPolicy)),
	Placement: optional(pointer(placement)),
	Networks: optional(slice(networkAttachment)),
	LogDriver: optional(pointer(driver)),
	ForceUpdate: lenient(uint64),
	/** Not present on the tasks of a service, only in the service's template. */
	Runtime: optional(stringType('swarm.RuntimeType')),
});

export const portConfig = struct('swarm.PortConfig', {
	Name: optional(string),
	Protocol: optional(stringType('swarm.PortConfigProtocol', ['tcp', 'udp', 'sctp'])),
	TargetPort: optional(uint32),
	PublishedPort: optional(uint32),
	PublishMode: optional(stringType('swarm.PortConfigPublishMode', ['ingress', 'host'])),
});
