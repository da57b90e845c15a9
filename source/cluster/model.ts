import type {SafeText} from '../text/safe-text.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Network} from '../wire/network.ts';
import type {NodeAvailability, NodeRole, NodeState, Reachability, SwarmNode} from '../wire/node.ts';
import type {Plugin} from '../wire/plugin.ts';
import type {Service, UpdateState} from '../wire/service.ts';
import type {Config, Secret} from '../wire/store.ts';
import type {ClusterInfo} from '../wire/swarm.ts';
import type {Task, TaskState} from '../wire/task.ts';
import type {Volume} from '../wire/volume.ts';
import type {Connection} from './connection.ts';
import type {Inside} from './entities/inside.ts';
import type {Restarts} from './entities/restarts.ts';

export type {Connection} from './connection.ts';

/**
 * The swarm as the screens see it: entities with every text cleaned at this boundary, joined and counted. Each keeps the
 * engine's own object (`raw`), from which updates start and which inspect shows.
 */

/** How a thing stands against what was asked for. Shown by colour and, for those who see none, by a glyph. */
export type Health = 'healthy' | 'converging' | 'failing' | 'idle' | 'unknown';

export type Labels = readonly (readonly [key: SafeText, value: SafeText])[];

export type Amount = {readonly nanoCpus: number; readonly memoryBytes: number};

export type NodeEntity = {
	readonly id: string;
	readonly version: number;
	/** As the engine has it; '' while a node that is still joining has told nothing of itself. Names on screens are `name`. */
	readonly hostname: SafeText;
	/** What people call it, one node each: its host name; with its ID where several have that one, its ID where it has none. */
	readonly name: SafeText;
	/** Another node of the same host name exists: an old one that rejoined, most often. */
	readonly isDuplicate: boolean;
	/** The desired role. */
	readonly role: NodeRole;
	/** Present once the node is a member of raft. */
	readonly manager:
		| {readonly isLeader: boolean; readonly reachability: Reachability; readonly address: SafeText}
		| undefined;
	readonly state: NodeState;
	readonly stateMessage: SafeText;
	readonly availability: NodeAvailability;
	readonly address: SafeText;
	readonly engineVersion: SafeText;
	readonly platform: SafeText;
	readonly labels: Labels;
	readonly engineLabels: Labels;
	readonly capacity: Amount;
	/** Reserved by tasks that are meant to run here; undefined while the tasks are not known. */
	readonly reserved: Amount | undefined;
	/** Tasks running here, of those meant to run here; undefined while the tasks are not known. */
	readonly tasks: {readonly running: number; readonly desired: number} | undefined;
	/** Both numbers come from a pass over tasks that were not kept: {@link ClusterState.tasks} doesn't hold them. */
	readonly isTallied?: true;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly health: Health;
	readonly raw: SwarmNode;
};

export type ServiceMode = 'replicated' | 'global' | 'replicated-job' | 'global-job';

export type PublishedPort = {
	readonly protocol: string;
	readonly targetPort: number;
	/** 0 until the allocator has given one. */
	readonly publishedPort: number;
	readonly mode: 'ingress' | 'host';
};

export type UpdateEntity = {
	readonly state: UpdateState;
	readonly message: SafeText;
	readonly startedAt: number | undefined;
	readonly completedAt: number | undefined;
};

export type ServiceEntity = {
	readonly id: string;
	readonly version: number;
	readonly name: SafeText;
	/** The stack's name, from the label com.docker.stack.namespace. */
	readonly stack: SafeText | undefined;
	readonly mode: ServiceMode;
	/** What Spec.Mode asks for: replicas, or total completions of a job; undefined for global modes. */
	readonly replicas: number | undefined;
	/** Undefined while they are not known (an older engine whose tasks are not loaded yet). */
	readonly counts: {readonly running: number; readonly desired: number; readonly completed: number} | undefined;
	/** Where the first of its tasks that are stuck on their way up has got to; undefined while none is, or they aren't known. */
	readonly stuck: TaskState | undefined;
	/** Undefined while there are none, or its tasks aren't known. */
	readonly restarts: Restarts | undefined;
	/** Without its digest. */
	readonly image: SafeText;
	readonly digest: SafeText;
	readonly ports: readonly PublishedPort[];
	readonly update: UpdateEntity | undefined;
	readonly labels: Labels;
	readonly forceUpdate: number;
	readonly hasPreviousSpec: boolean;
	readonly isTty: boolean;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly health: Health;
	readonly raw: Service;
};

export type TaskEntity = {
	readonly id: string;
	readonly version: number;
	readonly serviceId: string;
	/** `web.3`, `agent.<node id>` for global services. */
	readonly name: SafeText;
	readonly serviceName: SafeText;
	/** 0 for global tasks and for the first slot of a job. */
	readonly slot: number;
	/** What a row per slot groups by: the slot, or the node for global services. */
	readonly slotKey: string;
	readonly nodeId: string;
	/** The node's host name, its short ID when the node is gone, '' while not assigned. */
	readonly nodeName: SafeText;
	readonly image: SafeText;
	/** Spec.ForceUpdate: tells the tasks of a restart from those before it. */
	readonly forceUpdate: number;
	readonly state: TaskState;
	readonly desired: TaskState;
	/** When the state was reached. */
	readonly since: number;
	readonly createdAt: number;
	readonly message: SafeText;
	/** The whole error, on one line; '' when there is none. */
	readonly error: SafeText;
	readonly exitCode: number | undefined;
	readonly containerId: SafeText;
	readonly ports: readonly PublishedPort[];
	/** The engine has forgotten its service, but not the task. */
	readonly isServiceGone: boolean;
	/** The newest task of its slot: older ones are history. */
	readonly isCurrent: boolean;
	readonly health: Health;
};

/** A docker context: another swarm that could be looked at. */
export type ContextEntity = {
	/** Its name, which is what identifies it. */
	readonly id: string;
	readonly name: SafeText;
	readonly description: SafeText;
	/** As the context has it; '' for one without a docker endpoint. */
	readonly endpoint: SafeText;
	/** The one that docker, and this program, use unless told otherwise. */
	readonly isCurrent: boolean;
	/** The one on the screen. */
	readonly isShown: boolean;
	/** What its engine answered in a few words: `m1 26.1.5`, `can't be reached`; '' until it was asked. */
	readonly state: SafeText;
	/** Why it can't be shown, in full; '' when it can, or nobody knows. */
	readonly problem: SafeText;
	/** `unknown` until somebody has tried it. */
	readonly health: Health;
};

/** The engine's own lists; each is undefined until it has been asked for and has come. */
export type Inventory = {
	readonly networks?: readonly Network[];
	readonly secrets?: readonly Secret[];
	readonly configs?: readonly Config[];
	/** Of the asked engine alone. */
	readonly volumes?: readonly Volume[];
	/** Of the asked engine alone. */
	readonly plugins?: readonly Plugin[];
	/** The swarm's own settings: one entry, without the join tokens. */
	readonly swarm?: readonly ClusterInfo[];
	/** The newest ones that the engine told of, in the order in which they came. */
	readonly events?: readonly EngineEvent[];
	/** The task that is looked at closely, whole: lists know only a part of each. */
	readonly task?: Task;
	/** What was asked for and not given, each with why: a proxy forbids it, or the engine is too old for it. */
	readonly refused: Readonly<Partial<Record<InventoryKind | 'task', SafeText>>>;
};

export type InventoryKind = Exclude<keyof Inventory, 'task' | 'refused'>;

export const emptyInventory: Inventory = {refused: {}};

export type Quorum = {
	readonly managers: number;
	readonly reachable: number;
	readonly needed: number;
	/** How many more may fail before the quorum is lost; negative when it is lost. */
	readonly tolerated: number;
	readonly leader: SafeText | undefined;
};

export type Engine = {
	readonly name: SafeText;
	readonly nodeId: string;
	readonly engineVersion: SafeText;
	readonly apiVersion: string;
	readonly hasServiceStatus: boolean;
	/** The cluster's ID, '' while unknown. */
	readonly clusterId: string;
	readonly warnings: readonly SafeText[];
	/** The swarm's settings when the engine was asked last. */
	readonly swarm?: ClusterInfo | undefined;
	/** By how much its clock was ahead of ours then; negative when behind. */
	readonly clockAheadMs?: number | undefined;
};

/** When a kind of data was last known to be true; undefined before the first answer. */
export type Freshness = {
	readonly fetchedAt: number | undefined;
	readonly isStale: boolean;
	/** Why it can't be had although the engine answers: a proxy forbids it. */
	readonly refused?: SafeText;
};

export type ClusterState = {
	/** Grows with every change: the same revision is the same state. */
	readonly revision: number;
	readonly connection: Connection;
	readonly engine: Engine | undefined;
	readonly quorum: Quorum | undefined;
	readonly nodes: ReadonlyMap<string, NodeEntity>;
	readonly services: ReadonlyMap<string, ServiceEntity>;
	/** The tasks that were asked for, by ID: all of them once loaded, or those of what is on screen. */
	readonly tasks: ReadonlyMap<string, TaskEntity>;
	readonly freshness: {
		readonly nodes: Freshness;
		readonly services: Freshness;
		readonly tasks: Freshness;
		/** When the oldest of the services that are not on screen was asked for; undefined where all are asked for at once. */
		readonly hiddenSince?: number | undefined;
	};
	/** What else the swarm holds, as far as it has been looked at: read it by inventory.ts. */
	readonly inventory: Inventory;
	/** The other swarms that could be looked at, and this one, by name. */
	readonly contexts: ReadonlyMap<string, ContextEntity>;
	/** What the nodes' own engines say; undefined where nothing leads to them. */
	readonly inside?: Inside | undefined;
	/** Set while the first lists are on their way. */
	readonly isLoading: boolean;
};

/** Which tasks the screen shows: sync fetches those first and keeps them the freshest. */
export type TaskScope =
	| {readonly kind: 'all'}
	| {readonly kind: 'service'; readonly id: string}
	| {readonly kind: 'node'; readonly id: string}
	| {readonly kind: 'stack'; readonly name: string}
	| {readonly kind: 'none'};

/** What is on the screen of each list, by ID. */
export type ShownRows = {
	readonly nodes: readonly string[];
	readonly services: readonly string[];
	readonly tasks: readonly string[];
	/** What is shown of all nodes at once, beyond these rows: what each holds in sum, or every task. */
	readonly ofAll: 'nothing' | 'sums' | 'tasks';
};

export const noRows: ShownRows = {nodes: [], services: [], tasks: [], ofAll: 'nothing'};

/** The store that the screens read: one notification per batch of changes, never one per object. */
export interface ClusterStore {
	getState(): ClusterState;
	subscribe(listener: () => void): () => void;
}

/** What keeps the store true. */
export interface Sync {
	start(): void;
	/** Tells what is on screen now. */
	show(scope: TaskScope): void;
	/** Tells which rows are on screen now: those are kept true, what is hidden is asked for as it can be afforded. */
	showRows(rows: ShownRows): void;
	/** Tells which other lists are on screen now: they are kept true for that long. */
	showInventory(kinds: readonly InventoryKind[]): void;
	/** Tells which task is looked at closely, by its ID; undefined when none is any more. */
	lookAt(taskId: string | undefined): void;
	/** Fetches all that is on screen at once. */
	refresh(): void;
	/** Polls that object faster for a while: something was just done to it. */
	expectChange(kind: 'service' | 'node' | 'swarm', id: string): void;
	stop(): Promise<void>;
}
