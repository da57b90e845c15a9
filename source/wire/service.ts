import type {Annotations, Meta, ObjectVersion} from './common.ts';
import type {NetworkAttachmentConfig} from './network.ts';
import type {PortConfig, TaskSpec} from './task.ts';

export type ServiceMode = {
	Replicated?: {Replicas?: number | null};
	Global?: Record<string, never>;
	ReplicatedJob?: {MaxConcurrent?: number; TotalCompletions?: number};
	GlobalJob?: Record<string, never>;
};

type FailureAction = 'pause' | 'continue' | 'rollback';
type UpdateOrder = 'stop-first' | 'start-first';

export type UpdateConfig = {
	/** Slots replaced at a time; 0 is all of them. */
	Parallelism: number;
	Delay?: number;
	FailureAction?: FailureAction;
	Monitor?: number;
	/** 0..1, of the slots that change. */
	MaxFailureRatio: number;
	Order: UpdateOrder;
};

export type EndpointSpec = {Mode?: 'vip' | 'dnsrr'; Ports?: PortConfig[]};

export type ServiceSpec = Annotations & {
	TaskTemplate: TaskSpec;
	Mode: ServiceMode;
	UpdateConfig?: UpdateConfig;
	RollbackConfig?: UpdateConfig;
	/** Deprecated in favour of TaskTemplate.Networks. */
	Networks?: NetworkAttachmentConfig[];
	EndpointSpec?: EndpointSpec;
};

export type Endpoint = {
	Spec?: EndpointSpec;
	Ports?: PortConfig[];
	VirtualIPs?: {NetworkID: string; Addr?: string}[];
};

export type UpdateState =
	| 'updating'
	| 'paused'
	| 'completed'
	| 'rollback_started'
	| 'rollback_paused'
	| 'rollback_completed';

export type UpdateStatus = {State: UpdateState; StartedAt?: string; CompletedAt?: string; Message: string};

/** Only with `status=true`, API 1.41 and later. */
export type ServiceStatus = {RunningTasks: number; DesiredTasks: number; CompletedTasks: number};

type JobStatus = {JobIteration: Partial<ObjectVersion>; LastExecution?: string};

export type Service = Meta & {
	ID: string;
	Spec: ServiceSpec;
	PreviousSpec?: ServiceSpec;
	Endpoint: Endpoint;
	UpdateStatus?: UpdateStatus;
	ServiceStatus?: ServiceStatus;
	JobStatus?: JobStatus;
};
