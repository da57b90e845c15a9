import type {Driver, Labels, Meta, ObjectVersion} from './common.ts';
import type {NetworkAttachment, NetworkAttachmentConfig} from './network.ts';
import type {GenericResource, Resources} from './node.ts';

/** In the order in which a task passes through them; `remove` is only ever a desired state. */
export type TaskState =
	| 'new'
	| 'allocated'
	| 'pending'
	| 'assigned'
	| 'accepted'
	| 'preparing'
	| 'ready'
	| 'starting'
	| 'running'
	| 'complete'
	| 'shutdown'
	| 'failed'
	| 'rejected'
	| 'remove'
	| 'orphaned';

export type Healthcheck = {
	Test?: string[];
	Interval?: number;
	Timeout?: number;
	StartPeriod?: number;
	StartInterval?: number;
	Retries?: number;
};

export type Mount = {
	Type?: string;
	Source?: string;
	Target?: string;
	ReadOnly?: boolean;
	Consistency?: string;
	BindOptions?: {
		Propagation?: string;
		NonRecursive?: boolean;
		CreateMountpoint?: boolean;
		/** API 1.44. */
		ReadOnlyNonRecursive?: boolean;
		ReadOnlyForceRecursive?: boolean;
	};
	VolumeOptions?: {NoCopy?: boolean; Labels?: Labels; DriverConfig?: Driver; Subpath?: string};
	/** Options from API 1.46 on: each a name, or a name and its value. */
	TmpfsOptions?: {SizeBytes?: number; Mode?: number; Options?: string[][]};
	/** Of containers only: a service with a mount of an image is refused (up to API 1.56). */
	ImageOptions?: {Subpath?: string};
	ClusterOptions?: Record<string, unknown>;
};

export type FileTarget = {Name: string; UID: string; GID: string; Mode: number};
export type SecretReference = {File?: FileTarget; SecretID: string; SecretName: string};
export type ConfigReference = {
	File?: FileTarget;
	Runtime?: Record<string, never>;
	ConfigID: string;
	ConfigName: string;
};

export type ContainerSpec = {
	Image?: string;
	Labels?: Labels;
	Command?: string[];
	Args?: string[];
	Hostname?: string;
	Env?: string[];
	Dir?: string;
	User?: string;
	Groups?: string[];
	Privileges?: Record<string, unknown> | null;
	Init?: boolean | null;
	StopSignal?: string;
	TTY?: boolean;
	OpenStdin?: boolean;
	ReadOnly?: boolean;
	Mounts?: Mount[];
	StopGracePeriod?: number;
	Healthcheck?: Healthcheck;
	Hosts?: string[];
	DNSConfig?: {Nameservers?: string[]; Search?: string[]; Options?: string[]};
	Secrets?: SecretReference[];
	Configs?: ConfigReference[];
	Isolation?: string;
	Sysctls?: Record<string, string>;
	CapabilityAdd?: string[];
	CapabilityDrop?: string[];
	Ulimits?: {Name: string; Hard: number; Soft: number}[];
	OomScoreAdj?: number;
};

export type ResourceRequirements = {
	Limits?: {NanoCPUs?: number; MemoryBytes?: number; Pids?: number};
	Reservations?: Resources;
	/** Both from API 1.52 on: an older client's write clears them. */
	SwapBytes?: number | null;
	MemorySwappiness?: number | null;
};

type RestartCondition = 'none' | 'on-failure' | 'any';
export type RestartPolicy = {Condition?: RestartCondition; Delay?: number; MaxAttempts?: number; Window?: number};

export type Placement = {
	Constraints?: string[];
	Preferences?: {Spread?: {SpreadDescriptor: string}}[];
	MaxReplicas?: number;
	Platforms?: {Architecture?: string; OS?: string}[];
};

export type TaskSpec = {
	ContainerSpec?: ContainerSpec;
	PluginSpec?: Record<string, unknown>;
	NetworkAttachmentSpec?: {ContainerID?: string};
	Resources?: ResourceRequirements;
	RestartPolicy?: RestartPolicy;
	Placement?: Placement;
	Networks?: NetworkAttachmentConfig[];
	LogDriver?: Driver;
	/** Not present on the tasks of a service, only in the service's template. */
	Runtime?: string;
	ForceUpdate?: number;
};

export type PortProtocol = 'tcp' | 'udp' | 'sctp';
type PublishMode = 'ingress' | 'host';
export type PortConfig = {
	Name?: string;
	Protocol?: PortProtocol;
	TargetPort?: number;
	PublishedPort?: number;
	PublishMode?: PublishMode;
};

export type ContainerStatus = {ContainerID?: string; PID?: number; ExitCode?: number};

export type TaskStatus = {
	Timestamp?: string;
	State: TaskState;
	Message?: string;
	Err?: string;
	ContainerStatus?: ContainerStatus;
	PortStatus?: {Ports?: PortConfig[]};
};

export type Task = Meta & {
	ID: string;
	Labels: Labels;
	Spec: TaskSpec;
	ServiceID?: string;
	/** Left out when 0: global tasks, and the first slot of a replicated job. */
	Slot?: number;
	NodeID?: string;
	Status: TaskStatus;
	DesiredState: TaskState;
	NetworksAttachments?: NetworkAttachment[];
	GenericResources?: GenericResource[];
	JobIteration?: Partial<ObjectVersion>;
	Volumes?: unknown[] | null;
};
