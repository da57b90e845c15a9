import type {NodeAvailability, SwarmNode} from '../../wire/node.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {TaskState} from '../../wire/task.ts';
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
};

/** What other services' tasks hold of a node, without naming them. */
export type Ballast = NodeBallast & {readonly nodeId: string};

export type ForecastInput = {
	readonly now: number;
	readonly nodes: readonly SwarmNode[];
	/** The services that the change may touch; all others only count as ballast. */
	readonly services: readonly Service[];
	/** Every task of those services. */
	readonly tasks: readonly ForecastTask[];
	readonly ballast: readonly Ballast[];
	readonly historyLimit: number;
};

export type ForecastChange =
	| {readonly kind: 'availability'; readonly nodeId: string; readonly availability: NodeAvailability}
	| {readonly kind: 'node-labels'; readonly nodeId: string; readonly labels: Readonly<Record<string, string>>}
	/** The node's engine is gone: its tasks are given up. */
	| {readonly kind: 'node-down'; readonly nodeId: string}
	| {readonly kind: 'remove-node'; readonly nodeId: string}
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

export type Outage = {
	readonly serviceId: string;
	/** How long none of its tasks runs; for ever when `isLasting`. */
	readonly ms: number;
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

export type Forecast = {
	/** Tasks of the input that no longer run afterwards, or never will. */
	readonly stops: readonly Place[];
	/** Tasks that run afterwards: new ones, and those that had to wait for a node until now. */
	readonly starts: readonly Place[];
	readonly unplaced: readonly Unplaced[];
	readonly outages: readonly Outage[];
	/** The fewest tasks of each service that run at once on the way. */
	readonly fewest: readonly {readonly serviceId: string; readonly running: number}[];
	/** How a rolling update ends, where there is one. */
	readonly updates: readonly {readonly serviceId: string; readonly state: string}[];
	/** From the change until nothing moves any more. */
	readonly tookMs: number;
	/** How long a stop may take where nothing tells whether the program minds SIGTERM; 0 where it does. */
	readonly graceMs: number;
	/** False when it was still moving at the end of the look-ahead: a crash loop, an update that can't go on. */
	readonly isSettled: boolean;
};
