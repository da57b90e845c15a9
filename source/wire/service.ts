import type {Meta, ObjectVersion} from './common.ts';
import type {TypeOf} from './spec/go-types.ts';
import type {endpointSpec, serviceMode, serviceSpec, updateConfig} from './spec/service.ts';
import type {PortConfig} from './task.ts';

export type ServiceMode = TypeOf<typeof serviceMode>;
export type UpdateConfig = TypeOf<typeof updateConfig>;
export type EndpointSpec = TypeOf<typeof endpointSpec>;
export type ServiceSpec = TypeOf<typeof serviceSpec>;

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
