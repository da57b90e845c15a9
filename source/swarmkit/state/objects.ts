import type {Labels} from '../../wire/common.ts';
import type {IPAMConfig} from '../../wire/network.ts';
import type {GenericResource, NodeDescription, NodeRole, NodeSpec, NodeStatus} from '../../wire/node.ts';
import type {EndpointSpec, ServiceSpec, UpdateState} from '../../wire/service.ts';
import type {ConfigSpec, SecretSpec} from '../../wire/store.ts';
import type {SwarmSpec} from '../../wire/swarm.ts';
import type {ContainerStatus, PortConfig, TaskSpec, TaskState} from '../../wire/task.ts';

/**
 * The objects of the replicated store, as SwarmKit keeps them: near to what the API shows, plus what only managers see
 * (spec versions, observed roles). All are immutable: a write replaces the object. Specs are shared between objects, so a
 * hundred thousand tasks of one service hold one spec.
 */

/** Milliseconds since the Unix epoch on the simulation's clock, with a fraction. */
export type Timestamp = number;

export type StoredMeta = {
	readonly id: string;
	/** The raft index of the transaction that wrote it; set by the store. */
	readonly version: number;
	readonly createdAt: Timestamp;
	readonly updatedAt: Timestamp;
};

export type NodeObject = StoredMeta & {
	readonly kind: 'node';
	readonly spec: NodeSpec;
	/** The observed role; spec.Role is the desired one (swarmkit api/objects.proto Node.role). */
	readonly role: NodeRole;
	readonly description: NodeDescription;
	readonly status: NodeStatus;
	/** Every update through the API stores it as pending, which the membership filter shows. */
	readonly membership: 'accepted' | 'pending';
};

export type UpdateStatusObject = {
	readonly state: UpdateState;
	readonly startedAt?: Timestamp;
	readonly completedAt?: Timestamp;
	readonly message: string;
};

export type EndpointObject = {
	readonly spec?: EndpointSpec;
	/** With every published port resolved. */
	readonly ports?: readonly PortConfig[];
	/** The address is '' on networks that give none: the host's and the bridge. */
	readonly virtualIps?: readonly {readonly networkId: string; readonly address: string}[];
};

export type ServiceObject = StoredMeta & {
	readonly kind: 'service';
	readonly spec: ServiceSpec;
	/** The service's version just before the write that brought this spec; 0 at creation. */
	readonly specVersion: number;
	readonly previousSpec?: ServiceSpec;
	readonly previousSpecVersion?: number;
	readonly endpoint: EndpointObject;
	readonly updateStatus?: UpdateStatusObject;
	/** iteration 0 is the first run, which the API shows as `{}`. */
	readonly job?: {readonly iteration: number; readonly lastExecution: Timestamp};
};

export type TaskStatusObject = {
	readonly state: TaskState;
	readonly timestamp: Timestamp;
	readonly message: string;
	readonly err?: string;
	readonly container?: ContainerStatus;
	/** Host-mode ports, once the container runs. */
	readonly ports?: readonly PortConfig[];
};

export type TaskObject = StoredMeta & {
	readonly kind: 'task';
	readonly serviceId: string;
	/** 1.. for replicated services, 0.. for replicated jobs, 0 for global ones. */
	readonly slot: number;
	/** '' until the scheduler has assigned it. */
	readonly nodeId: string;
	readonly spec: TaskSpec;
	/** The specVersion of the service that the task was made from. */
	readonly specVersion: number;
	/** The service's name and labels when the task was created. */
	readonly serviceName: string;
	readonly serviceLabels: Labels;
	readonly endpointSpec?: EndpointSpec;
	readonly status: TaskStatusObject;
	readonly desiredState: TaskState;
	readonly attachments: readonly {readonly networkId: string; readonly addresses: readonly string[]}[];
	readonly genericResources?: readonly GenericResource[];
	readonly jobIteration?: number;
};

export type NetworkObject = StoredMeta & {
	readonly kind: 'network';
	readonly name: string;
	readonly labels: Labels;
	/** As asked for; '' when the creator named none. */
	readonly driver: string;
	readonly options: Readonly<Record<string, string>>;
	readonly internal: boolean;
	readonly attachable: boolean;
	readonly ingress: boolean;
	readonly ipv6: boolean;
	readonly scope: 'swarm' | 'local';
	/** bridge and host: suppressed from lists, but services may name them. */
	readonly predefined: boolean;
	readonly ipamDriver: string;
	readonly ipamOptions: Readonly<Record<string, string>>;
	readonly requestedIpam: readonly IPAMConfig[];
	/** Filled by the allocator. */
	readonly allocated?: {
		readonly driver: string;
		readonly vxlanId: number;
		readonly ipam: readonly IPAMConfig[];
	};
};

export type SecretObject = StoredMeta & {readonly kind: 'secret'; readonly spec: SecretSpec};
export type ConfigObject = StoredMeta & {readonly kind: 'config'; readonly spec: ConfigSpec};

export type ClusterObject = StoredMeta & {
	readonly kind: 'cluster';
	readonly spec: SwarmSpec;
	readonly tokens: {readonly worker: string; readonly manager: string};
	/** '' while autolock is off. */
	readonly unlockKey: string;
	readonly rootCertificate: string;
	/** The one that is taking its place. */
	readonly nextRootCertificate?: string;
	readonly addressPools: readonly string[] | null;
	readonly subnetSize: number;
	readonly dataPathPort: number;
	/** Nodes that were removed: their certificates no longer open the door. */
	readonly blacklistedNodes: readonly string[];
};

export type ObjectOf = {
	node: NodeObject;
	service: ServiceObject;
	task: TaskObject;
	network: NetworkObject;
	secret: SecretObject;
	config: ConfigObject;
	cluster: ClusterObject;
};

export type Kind = keyof ObjectOf;
export type StoredObject = ObjectOf[Kind];

/** An object before the store has given it version and times. */
export type Fresh<T extends StoredObject> = Omit<T, 'version' | 'createdAt' | 'updatedAt'> & {createdAt?: Timestamp};
