import type {NodeAvailability, SwarmNode} from '../../wire/node.ts';
import type {Service, ServiceSpec, UpdateState} from '../../wire/service.ts';
import type {TaskSpec, TaskState} from '../../wire/task.ts';
import type {NodeBallast} from '../state/controller.ts';

/** What a forecast begins with: a live swarm as its API shows it, or as much of it as matters. Plain data, for a worker. */

export type ForecastTask = {
	readonly id: string;
	readonly serviceId: string;
	readonly slot: number;
	/** '' while it has none. */
	readonly nodeId: string;
	readonly state: TaskState;
	readonly desired: TaskState;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	readonly since: number;
	readonly exitCode?: number;
	/** Its own settings, where they aren't its service's present ones. */
	readonly formerSpec?: TaskSpec;
};

/** Milliseconds: the shortest, the usual and the longest. */
export type Span = {readonly least: number; readonly usual: number; readonly most: number};

/** How long tasks of the whole swarm took of late, for services that have no history of their own. */
export type UsualTimes = {readonly start?: Span; readonly stop?: Span};

/** What other services' tasks hold of a node, without naming them. */
export type Ballast = NodeBallast & {
	readonly nodeId: string;
	/** How many of its tasks fail again and again, and may be on another node the next time. */
	readonly restless?: number;
};

export type ForecastInput = {
	readonly now: number;
	readonly nodes: readonly SwarmNode[];
	/** The services that the change may touch; all others only count as ballast. */
	readonly services: readonly Service[];
	/** Every task of those services. */
	readonly tasks: readonly ForecastTask[];
	readonly ballast: readonly Ballast[];
	readonly historyLimit: number;
	readonly usual?: UsualTimes;
};

export type ForecastChange =
	| {readonly kind: 'availability'; readonly nodeId: string; readonly availability: NodeAvailability}
	| {readonly kind: 'node-labels'; readonly nodeId: string; readonly labels: Readonly<Record<string, string>>}
	/** The node's engine is gone: its tasks are given up. */
	| {readonly kind: 'node-down'; readonly nodeId: string}
	| {readonly kind: 'remove-node'; readonly nodeId: string}
	/** A machine joins; its ID is any that no node has. */
	| {readonly kind: 'add-node'; readonly node: SwarmNode}
	| {readonly kind: 'spec'; readonly serviceId: string; readonly spec: ServiceSpec}
	| {readonly kind: 'rollback'; readonly serviceId: string}
	| {readonly kind: 'remove-service'; readonly serviceId: string}
	| {readonly kind: 'create-service'; readonly serviceId: string; readonly spec: ServiceSpec};

/** Where a task is or was: enough to name it. */
export type Place = {
	readonly taskId: string;
	readonly serviceId: string;
	readonly slot: number;
	readonly nodeId: string;
};

/** Where a task will be. */
export type Start = Place & {
	/** Other nodes that may as well have been chosen: the scheduler has no reason to prefer one. */
	readonly equals: readonly string[];
};

export type Outage = {
	readonly serviceId: string;
	/** How long none of its tasks runs; for ever when `isLasting`. */
	readonly ms: Span;
	readonly isLasting: boolean;
};

export type Unplaced = {
	readonly serviceId: string;
	readonly slot: number;
	/** The node that it was made for, of a global service; else ''. */
	readonly nodeId: string;
	/** The scheduler's own words. */
	readonly reason: string;
};

/** Tasks of a service that ended by themselves of late, one after another: those that follow are taken to do the same. */
export type Failing = {
	readonly serviceId: string;
	readonly state: 'failed' | 'rejected' | 'complete';
	/** How long they ran; 0 for those that never did. */
	readonly afterMs: number;
};

/** What happens anyway. */
export type UnderWay = {
	readonly starts: number;
	readonly stops: number;
	/** The services that it happens to. */
	readonly serviceIds: readonly string[];
	readonly failing: readonly Failing[];
};

/** What a change brings about: nothing that would happen without it. */
export type Forecast = {
	/** Tasks of the input that no longer run afterwards, or never will. */
	readonly stops: readonly Place[];
	/** Tasks that run afterwards: new ones, and those that had to wait for a node until now. */
	readonly starts: readonly Start[];
	readonly unplaced: readonly Unplaced[];
	readonly outages: readonly Outage[];
	/** The fewest tasks of each service that run at once on the way. */
	readonly fewest: readonly {readonly serviceId: string; readonly running: number}[];
	/** How a rolling update ends, where there is one. */
	readonly updates: readonly {readonly serviceId: string; readonly state: UpdateState}[];
	/** Services of the change whose tasks are taken to end by themselves, again and again. */
	readonly failing: readonly Failing[];
	/** Services whose tasks end by themselves now, and get another program: what that does nobody knows. */
	readonly untested: readonly string[];
	/** From the change until nothing of it moves any more. */
	readonly took: Span;
	/** How long a stop may take where nothing tells whether the program minds SIGTERM; 0 where it does. */
	readonly graceMs: number;
	/** False when it was still moving at the end of the look-ahead: an update that can't go on. */
	readonly isSettled: boolean;
	readonly underWay: UnderWay;
};
