import type {Endpoint} from '../connection/endpoint.ts';
import type {Result} from '../runtime/result.ts';
import type {CreatedId, NetworkCreated, UpdateAnswer} from '../wire/answers.ts';
import type {DistributionInspect} from '../wire/distribution.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Network} from '../wire/network.ts';
import type {NodeSpec, SwarmNode} from '../wire/node.ts';
import type {Plugin} from '../wire/plugin.ts';
import type {Service, ServiceSpec} from '../wire/service.ts';
import type {Config, ConfigSpec, Secret, SecretSpec} from '../wire/store.ts';
import type {Swarm, SwarmInit, SwarmJoin, SwarmSpec, SystemInfo} from '../wire/swarm.ts';
import type {Task} from '../wire/task.ts';
import type {Volume} from '../wire/volume.ts';
import type {EngineError} from './error.ts';
import type {
	EventFilters,
	NetworkFilters,
	NodeFilters,
	ServiceFilters,
	StoreFilters,
	TaskFilters,
	VolumeFilters,
} from './filters.ts';
import type {TaskRow} from './task-row.ts';

/** Every call gives a value or an EngineError; whatever an engine or a network does, none throws or rejects. */
export type Answer<T> = Promise<Result<T, EngineError>>;

export type CallOptions = {
	/** Ends the call with an error of kind `aborted`. */
	readonly signal?: AbortSignal;
	/** How long nothing may come from the engine before the call ends with `timeout`. Default 10 s, writes 30 s. */
	readonly timeoutMs?: number;
};

export type ListOptions<Filters> = CallOptions & {readonly filters?: Filters};

export type ServiceListOptions = ListOptions<ServiceFilters> & {readonly status?: boolean};

/** What this engine's API version offers beyond the oldest that is supported. */
export type Capabilities = {
	/** `services({status: true})` fills ServiceStatus (API 1.41); else running and desired are counted from tasks. */
	readonly hasServiceStatus: boolean;
	/** Replicated and global jobs (API 1.41). */
	readonly hasJobs: boolean;
};

/** What `connect` learnt of the engine at the other end. */
export type EngineIdentity = {
	/** `26.1.5+dfsg1`. */
	readonly engineVersion: string;
	/** The API version that this client speaks with it, `1.45`. */
	readonly apiVersion: string;
	/** The newest API version that the engine speaks. */
	readonly engineApiVersion: string;
	/** The engine's host name; the address's where a proxy forbids /info. */
	readonly name: string;
	readonly capabilities: Capabilities;
	/** Undefined where a proxy forbids it. */
	readonly info: SystemInfo | undefined;
};

export type UpdateServiceOptions = CallOptions & {
	/** Goes back to PreviousSpec; the given spec is then not read. */
	readonly rollback?: boolean;
	/** Which spec's registry credentials to keep; the engine takes the present one's by default. */
	readonly registryAuthFrom?: 'spec' | 'previous-spec';
	/** Base64 of the registry credentials, as docker's X-Registry-Auth. */
	readonly registryAuth?: string;
};

export type NetworkOptions = CallOptions & {readonly verbose?: boolean; readonly scope?: 'swarm' | 'local'};

export type NetworkCreateRequest = {
	readonly Name: string;
	readonly Driver?: string;
	readonly Scope?: string;
	readonly Internal?: boolean;
	readonly Attachable?: boolean;
	readonly Ingress?: boolean;
	readonly EnableIPv4?: boolean;
	readonly EnableIPv6?: boolean;
	readonly IPAM?: Partial<Network['IPAM']>;
	readonly Options?: Readonly<Record<string, string>>;
	readonly Labels?: Readonly<Record<string, string>>;
};

export type VolumeCreateRequest = {
	readonly Name: string;
	readonly Driver: string;
	readonly DriverOpts: Readonly<Record<string, string>>;
	readonly Labels: Readonly<Record<string, string>>;
};

export type EventOptions = CallOptions & {
	readonly filters?: EventFilters;
	/** Unix seconds with a fraction; replays what the engine still remembers (256 events) from there on. */
	readonly since?: number;
	/** Unix seconds with a fraction: the stream ends there, at once when that is past. */
	readonly until?: number;
	readonly onEvent: (event: EngineEvent) => void;
};

/** A running stream. It reports its end once, always; opening it anew is the caller's decision. */
export interface StreamHandle {
	/**
	 * Why it ended: undefined when the engine finished it, kind `aborted` after `close()`. Rejects only with what the
	 * caller's own `onEvent` or `onData` threw.
	 */
	readonly ended: Promise<EngineError | undefined>;
	close(): void;
}

export type LogOptions = CallOptions & {
	readonly follow?: boolean;
	/** Default both. */
	readonly stdout?: boolean;
	readonly stderr?: boolean;
	readonly timestamps?: boolean;
	/** Puts `com.docker.swarm.task.id=…` and its like before each line. */
	readonly details?: boolean;
	/** Lines per task; all when left out. */
	readonly tail?: number;
	/** Unix seconds with up to nine digits of fraction, as text: a double can't hold them. Inclusive. */
	readonly since?: string;
	readonly onData: (chunk: Buffer) => void;
};

export interface LogStream extends StreamHandle {
	/** True: 8-byte frame headers around every piece. False: a TTY's raw bytes. */
	readonly isFramed: boolean;
	/** No more `onData` until `resume`; the engine is held back too. */
	pause(): void;
	resume(): void;
}

/**
 * A swarm through one engine's API. Calls negotiate the API version by themselves; objects come as the engine sent them
 * (raw strings), so that a spec can be sent back unchanged but for what was meant to change.
 */
export interface SwarmClient {
	readonly endpoint: Endpoint;
	readonly isReadOnly: boolean;
	/** Of the last successful negotiation; undefined before. */
	readonly apiVersion: string | undefined;

	/** Asks who is there, and fails unless it is a manager of a swarm with a leader: the errors say what it is instead. */
	connect(options?: CallOptions): Answer<EngineIdentity>;
	/** `GET /_ping`: whether the engine answers at all, manager or not. The heartbeat, so it costs next to nothing. */
	ping(options?: CallOptions): Answer<void>;
	/** Any engine answers, manager or not. */
	info(options?: CallOptions): Answer<SystemInfo>;

	nodes(options?: ListOptions<NodeFilters>): Answer<SwarmNode[]>;
	node(id: string, options?: CallOptions): Answer<SwarmNode>;
	/** `status` is left out of the request where the engine doesn't know it. */
	services(options?: ServiceListOptions): Answer<Service[]>;
	/** The same in batches as they arrive, for those who keep only a part of each; gives their number. */
	serviceBatches(onBatch: (services: readonly Service[]) => void, options?: ServiceListOptions): Answer<number>;
	service(id: string, options?: CallOptions): Answer<Service>;
	/** Whole tasks: for few. Lists on screen use `taskRows`. */
	tasks(options?: ListOptions<TaskFilters>): Answer<Task[]>;
	/** The same in batches as they arrive. */
	taskBatches(onBatch: (tasks: readonly Task[]) => void, options?: ListOptions<TaskFilters>): Answer<number>;
	task(id: string, options?: CallOptions): Answer<Task>;
	/**
	 * Any number of tasks, cut down, in batches as they arrive; the main loop stays free meanwhile. Gives their number
	 * once the list is complete: only then is a task that didn't come known to be gone.
	 */
	taskRows(onBatch: (rows: readonly TaskRow[]) => void, options?: ListOptions<TaskFilters>): Answer<number>;
	networks(options?: ListOptions<NetworkFilters>): Answer<Network[]>;
	/** `verbose` adds the services and tasks on it, cluster-wide; `scope` chooses where several have that name. */
	network(id: string, options?: NetworkOptions): Answer<Network>;
	secrets(options?: ListOptions<StoreFilters>): Answer<Secret[]>;
	secret(id: string, options?: CallOptions): Answer<Secret>;
	configs(options?: ListOptions<StoreFilters>): Answer<Config[]>;
	config(id: string, options?: CallOptions): Answer<Config>;
	/** Volumes of the asked engine alone. */
	volumes(options?: ListOptions<VolumeFilters>): Answer<Volume[]>;
	createVolume(request: VolumeCreateRequest, options?: CallOptions): Answer<void>;
	removeVolume(name: string, options?: CallOptions): Answer<void>;
	/** Plugins of the asked engine alone. */
	plugins(options?: CallOptions): Answer<Plugin[]>;
	/** What the registry says of an image; the engine asks it. `registryAuth` as docker's X-Registry-Auth. */
	distribution(image: string, options?: CallOptions & {readonly registryAuth?: string}): Answer<DistributionInspect>;

	createService(spec: ServiceSpec, options?: CallOptions & {readonly registryAuth?: string}): Answer<CreatedId>;
	updateService(id: string, version: number, spec: ServiceSpec, options?: UpdateServiceOptions): Answer<UpdateAnswer>;
	removeService(id: string, options?: CallOptions): Answer<void>;
	updateNode(id: string, version: number, spec: NodeSpec, options?: CallOptions): Answer<void>;
	removeNode(id: string, options?: CallOptions & {readonly force?: boolean}): Answer<void>;
	createNetwork(request: NetworkCreateRequest, options?: CallOptions): Answer<NetworkCreated>;
	removeNetwork(id: string, options?: CallOptions): Answer<void>;
	createSecret(spec: SecretSpec, options?: CallOptions): Answer<CreatedId>;
	updateSecret(id: string, version: number, spec: SecretSpec, options?: CallOptions): Answer<void>;
	removeSecret(id: string, options?: CallOptions): Answer<void>;
	createConfig(spec: ConfigSpec, options?: CallOptions): Answer<CreatedId>;
	updateConfig(id: string, version: number, spec: ConfigSpec, options?: CallOptions): Answer<void>;
	removeConfig(id: string, options?: CallOptions): Answer<void>;
	/** This engine's own part in a swarm, also while it is in none. */
	readonly membership: SwarmMembership;

	events(options: EventOptions): Answer<StreamHandle>;
	serviceLogs(id: string, options: LogOptions): Answer<LogStream>;
	taskLogs(id: string, options: LogOptions): Answer<LogStream>;

	/** Ends every stream, call and connection of this client. */
	close(): Promise<void>;
}

/** What of the swarm's secrets is to be made anew. */
export type Rotation = {readonly workerToken?: boolean; readonly managerToken?: boolean; readonly unlockKey?: boolean};

export type SwarmUpdateOptions = CallOptions & {readonly rotate?: Rotation};

/** One engine's part in a swarm: what can be asked of it also while it is in none, or locked. */
export interface SwarmMembership {
	/** The swarm's settings and its join tokens: managers alone know them. */
	inspect(options?: CallOptions): Answer<Swarm>;
	/** Other settings, other tokens. */
	update(version: number, spec: SwarmSpec, options?: SwarmUpdateOptions): Answer<void>;
	/** Begins a swarm with this engine as its first manager; gives the ID of its node. */
	init(request: SwarmInit, options?: CallOptions): Answer<string>;
	/** The token says as what. After a timeout the engine goes on trying by itself. */
	join(request: SwarmJoin, options?: CallOptions): Answer<void>;
	leave(options?: CallOptions & {readonly force?: boolean}): Answer<void>;
	unlock(key: string, options?: CallOptions): Answer<void>;
	/** The key that unlocks managers; '' while autolock is off. */
	key(options?: CallOptions): Answer<string>;
}
