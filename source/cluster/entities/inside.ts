import type {NodeReach} from './node-reach.ts';
import type {Usage} from './usage.ts';

/** Step by step, the oldest first; undefined where nobody asked. */
export type UsageTrace = {
	readonly cpuPercent: readonly (number | undefined)[];
	readonly memoryBytes: readonly (number | undefined)[];
};

/** What was used in the last quarter of an hour. */
export interface UsageTraces {
	/** Of a task, a service or a node by its ID; undefined while nothing is known of it. @param now milliseconds since the epoch */
	of(id: string, now: number): UsageTrace | undefined;
}

/** What the nodes' own engines say, as far as they have been asked. */
export type Inside = {
	/** By the node's ID; a node that nobody named a way to is not in it. */
	readonly reach: ReadonlyMap<string, NodeReach>;
	/** By the task's ID: what its container uses, for those that were on the screen lately. */
	readonly usage: ReadonlyMap<string, Usage>;
	/** What was used in the last quarter of an hour; undefined before anything was asked. */
	readonly history?: UsageTraces | undefined;
	/** By the container's ID: how those ended that were killed for their memory. */
	readonly kills: ReadonlyMap<string, MemoryKill>;
};

/** The kernel ended a process of the container for its memory. */
export type MemoryKill = {
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** Undefined where the engine does not say. */
	readonly limitBytes: number | undefined;
};
