import type {Labels, Meta, ObjectVersion} from './common.ts';
import type {NetworkAttachment} from './network.ts';
import type {GenericResource} from './node.ts';
import type {TypeOf} from './spec/go-types.ts';
import type {
	configReference,
	containerSpec,
	healthcheck,
	mount,
	placement,
	portConfig,
	resourceRequirements,
	restartPolicy,
	secretReference,
	taskSpec,
} from './spec/task.ts';

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

export type Healthcheck = TypeOf<typeof healthcheck>;
export type Mount = TypeOf<typeof mount>;
export type FileTarget = NonNullable<SecretReference['File']>;
export type SecretReference = TypeOf<typeof secretReference>;
export type ConfigReference = TypeOf<typeof configReference>;
export type ContainerSpec = TypeOf<typeof containerSpec>;
export type ResourceRequirements = TypeOf<typeof resourceRequirements>;
export type RestartPolicy = TypeOf<typeof restartPolicy>;
export type Placement = TypeOf<typeof placement>;
export type TaskSpec = TypeOf<typeof taskSpec>;
export type PortConfig = TypeOf<typeof portConfig>;

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
