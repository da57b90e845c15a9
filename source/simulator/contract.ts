import type {Result} from '../runtime/result.ts';
import type {Surroundings} from '../swarmkit/state/controller.ts';
import type {ClusterObject, NetworkObject, TaskObject, TaskStatusObject} from '../swarmkit/state/objects.ts';
import type {Store} from '../swarmkit/state/store.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Reachability} from '../wire/node.ts';
import type {SwarmInfo} from '../wire/swarm.ts';
import type {Mount} from '../wire/task.ts';
import type {ExecAround, ExecOutcome, HealthProbeResult, ShellSession, UsageNow} from './inside-container.ts';

/**
 * Where the simulator's parts meet. A host is a simulated machine with an engine on it. Its engine may belong to a swarm:
 * then the swarm's managers hold the store, the leader runs the controllers on it, and each host's agent runs the tasks
 * that the store assigns to its node.
 *
 *   api/            answers HTTP for one host's engine                 (asks Engine, Membership, Control, Containers)
 *   raft/           hosts, swarms, leaders, quorum, joining, health    (implements Membership and Control, drives agents)
 *   ../swarmkit/    what the leader runs on the store (startManager)
 *   agents/         tasks, containers, programs and their logs         (implements Agent and Containers)
 */

/** An answer that is not a success, as the engine gives it: a status and the words of its JSON body. */
export type Refusal = {readonly status: number; readonly message: string};

// ---- the swarm as a host's engine sees it (raft/)

export type RaftMember = {
	readonly nodeId: string;
	/** host:2377 */
	readonly address: string;
	readonly reachability: Reachability;
	readonly isLeader: boolean;
};

/** Access to the swarm's state, as the leader grants it to the manager that was asked. */
export interface Control {
	readonly store: Store;
	readonly nodeId: string;
	readonly members: () => readonly RaftMember[];
	readonly cluster: () => ClusterObject;
	/** Demotion and removal ask whether raft could bear the loss of that member. */
	readonly canLose: (nodeId: string) => boolean;
	/** Whether logs can be had from that node now: it is up and connected. */
	readonly isReachable: (nodeId: string) => boolean;
	/** The containers of the task's node, to read logs from; undefined when the node can't be reached. */
	readonly containersOf: (nodeId: string) => Containers | undefined;
}

export type JoinRequest = {
	readonly listenAddress: string;
	readonly advertiseAddress: string;
	readonly remoteAddresses: readonly string[];
	readonly token: string;
	readonly availability: string;
};

export type InitRequest = {
	readonly listenAddress: string;
	readonly advertiseAddress: string;
	readonly forceNewCluster: boolean;
	readonly autoLock: boolean;
	readonly spec: unknown;
	readonly availability: string;
	readonly addressPools: readonly string[] | null;
	readonly subnetSize: number;
	readonly dataPathPort: number;
};

/** A host's part in a swarm, or its being in none: what /info's Swarm and the /swarm routes stand on. */
export interface Membership {
	info(): SwarmInfo;
	/** The `Swarm` header of /_ping: `inactive`, `pending`, `error`, `locked`, `active/manager`, `active/worker`. */
	summary(): string;
	/**
	 * Resolves once the leader can be asked (which hangs up to 20 s of the clock while the loss of the leader is not yet
	 * concluded), or with the refusal of a worker, a locked or pending manager, an engine outside any swarm, a lost quorum.
	 * A leader that has lost its majority still reads for some seconds, but what is to `write` waits and is then refused.
	 */
	control(purpose?: 'read' | 'write'): Promise<Result<Control, Refusal>>;
	/**
	 * The swarm's networks that this node has been told of: ingress, and those that tasks on it are attached to. Known
	 * on workers and without a leader, too; none outside of a swarm.
	 */
	networks(): readonly NetworkObject[];
	init(request: InitRequest): Promise<Result<string, Refusal>>;
	join(request: JoinRequest): Promise<Result<void, Refusal>>;
	leave(force: boolean): Promise<Result<void, Refusal>>;
	unlock(key: string): Promise<Result<void, Refusal>>;
}

// ---- the host (raft/ assembles it)

export interface Host extends Surroundings {
	readonly name: string;
	readonly address: string;
	readonly engineId: string;
	readonly engineVersion: string;
	readonly nanoCpus: number;
	readonly memoryBytes: number;
	readonly architecture: string;
	readonly os: string;
	readonly engineLabels: Readonly<Record<string, string>>;
	readonly membership: Membership;
	readonly containers: Containers;
	readonly images: Images;
	readonly events: Events;
	/**
	 * To be awaited before a request is answered: done at once while the host is well, late while it is frozen or slow;
	 * a refusal is to be answered in place of anything else (a broken API).
	 */
	readonly gate: () => Promise<Refusal | undefined>;
}

// ---- events of one engine (api/ reads, everybody publishes)

export interface Events {
	/** Keeps the last 256 and hands it to whoever listens. `timeNano` is filled from the clock when 0. */
	publish(event: EngineEvent): void;
	recent(): readonly EngineEvent[];
	subscribe(listener: (event: EngineEvent) => void): () => void;
}

// ---- what runs on a host (agents/)

/** The node's worker: gets its tasks from the dispatcher, runs them, reports (swarmkit agent/). */
export interface Agent {
	/** All that the node has to handle from now on; tasks that it no longer names are stopped and forgotten. */
	assign(tasks: readonly TaskObject[]): void;
	/** The node leaves its swarm: the containers of its tasks are removed at once, and nothing is reported. */
	leave(): void;
	/** The engine stops: containers end (or, on a sudden death, are found dead at the next start). */
	shutdown(): void;
}

/** Where an agent's reports go; the dispatcher drops what would turn a task's state back. */
export type ReportStatus = (taskId: string, status: TaskStatusObject) => void;

export type LogLine = {
	/** Nanoseconds since the epoch. */
	readonly time: bigint;
	readonly stream: 'stdout' | 'stderr';
	/** Without the newline unless `isPartial` says that none was there (16 KiB parts, or no newline at the end). */
	readonly text: Uint8Array;
	readonly isPartial: boolean;
};

export type LogQuery = {
	/** Lines with a time before this are left out (since is inclusive). */
	readonly since?: bigint;
	readonly tail?: number;
	readonly stdout: boolean;
	readonly stderr: boolean;
};

/** A reader's place in one container's log. Lines are made as they are asked for, so a slow reader holds nothing up. */
export interface LogCursor {
	/** Up to `most` further lines that exist by now. */
	read(most: number): LogLine[];
	/** Calls once when there is more to read or the log has ended for good; gives back what cancels it. */
	whenMore(call: () => void): () => void;
	/** Nothing will come any more: the container has ended and all was read, or its log is gone. */
	readonly isEnded: boolean;
	close(): void;
}

export type ContainerState = 'created' | 'running' | 'exited' | 'dead' | 'removing';

export interface Container {
	readonly id: string;
	/** Without the leading slash. */
	readonly name: string;
	readonly taskId: string | undefined;
	readonly image: string;
	readonly imageId: string;
	readonly command: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly env: readonly string[];
	readonly hostname: string;
	readonly tty: boolean;
	readonly createdAt: number;
	readonly startedAt: number | undefined;
	readonly finishedAt: number | undefined;
	readonly state: ContainerState;
	readonly exitCode: number;
	readonly pid: number;
	readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
	/** The task it was made for, when the swarm made it. */
	readonly task: TaskObject | undefined;
	readonly mounts: readonly Mount[];
	/** The networks it is on, with its address there once it has one. */
	readonly networks: readonly ContainerNetwork[];
	openLog(query: LogQuery): LogCursor;
	/** Begins a container that somebody made by hand; those of tasks are begun by their agent. */
	startByHand(): Result<void, Refusal>;
	/** Calls whenever it has started, ended, changed its health or been removed; gives back what ends it. */
	onChange(call: () => void): () => void;
	readonly isRemoved: boolean;
	/** SIGTERM, then SIGKILL after the grace period; resolves when it has ended. */
	stop(graceMs: number): Promise<void>;
	kill(signal: string): void;
	/** The kernel has ended it for its memory. */
	readonly isOutOfMemory: boolean;
	/** Its newest health checks, the oldest first. */
	readonly probes: readonly HealthProbeResult[];
	readonly failingStreak: number;
	/** What it has used and uses now; made up when somebody asks. */
	usage(): UsageNow;
	/** Its files that are not as its image and the engine made them. */
	changes(): readonly FileChange[];
	/** In bytes; undefined without one. */
	readonly memoryLimit: number | undefined;
	/** What `docker exec` of that command prints, and its exit code. */
	exec(command: readonly string[], around?: ExecAround): ExecOutcome;
	/** A shell to type into; undefined when the command is none, or the image has none. */
	openShell(command: readonly string[], around?: ExecAround): ShellSession | undefined;
}

export type FileChange = {readonly path: string; readonly kind: 'changed' | 'added' | 'deleted'};

export type ContainerNetwork = {
	readonly id: string;
	readonly name: string;
	readonly driver: string;
	readonly endpoint: {readonly address: string} | undefined;
};

/** What `docker run` and `docker create` ask for, as far as a simulated program notices it. */
export type ContainerRequest = {
	readonly name: string;
	/** A reference of an image that the host has. */
	readonly image: string;
	/** Instead of the image's own, where they are given. */
	readonly entrypoint: readonly string[] | undefined;
	readonly command: readonly string[] | undefined;
	readonly env: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly hostname: string | undefined;
	readonly directory: string | undefined;
	readonly tty: boolean;
	readonly hasInit: boolean;
	readonly stopSignal: string | undefined;
	/** Default: none. */
	readonly mounts?: readonly Mount[];
	/** Removed as soon as it has ended (`--rm`). */
	readonly isTransient: boolean;
	readonly networks: readonly {
		readonly id: string;
		readonly name: string;
		readonly driver: string;
		readonly address: string | undefined;
	}[];
};

/** The containers of one host. */
export interface Containers {
	list(): readonly Container[];
	/** By full ID, name or unambiguous ID prefix. */
	find(reference: string): Container | undefined;
	/** The newest container of a task, if it has one. */
	ofTask(taskId: string): Container | undefined;
	/** Makes a container that belongs to no task; it is started on its own. */
	create(request: ContainerRequest): Result<Container, Refusal>;
	remove(reference: string, options: {readonly force: boolean}): Promise<Result<void, Refusal>>;
}

export type Image = {
	readonly id: string;
	readonly tags: readonly string[];
	readonly digests: readonly string[];
	readonly sizeBytes: number;
	readonly createdAt: number;
};

/** The images of one host, and the registry that all hosts pull from. */
export interface Images {
	list(): readonly Image[];
	find(reference: string): Image | undefined;
	/** Takes the image off the host, by the names that it is found under; false when there is none. */
	remove(reference: string): boolean;
	/** Gives an image that the host has another name; false when it has none. */
	tag(source: string, name: string): boolean;
	/** Gets the image from its registry; false when it cannot be had. */
	pullByHand(reference: string): Promise<boolean>;
	/** The digest and platforms that a registry has for the reference, or why it can't be told (GET /distribution). */
	resolve(
		reference: string,
	): Promise<Result<{digest: string; platforms: {architecture: string; os: string}[]}, Refusal>>;
}
