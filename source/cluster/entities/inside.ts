import type {SafeText} from '../../text/safe-text.ts';
import type {ContainerChange, ContainerInspect, ContainerRow, ContainerTop} from '../../wire/container.ts';
import type {DiskUsage, ImageRow} from '../../wire/disk.ts';
import type {EngineEvent} from '../../wire/event.ts';
import type {Volume} from '../../wire/volume.ts';
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
	/** What is in the node that somebody went into. */
	readonly contents?: NodeContents | undefined;
	/** What happened on other nodes than the one whose engine is asked, as it came while somebody looked. */
	readonly events?: readonly NodeEvent[] | undefined;
};

export type NodeEvent = {
	/** The node's host name. */
	readonly node: SafeText;
	readonly event: EngineEvent;
};

/** The kernel ended a process of the container for its memory. */
export type MemoryKill = {
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** Undefined where the engine does not say. */
	readonly limitBytes: number | undefined;
};

/** What of a node can be listed. */
export type ContentKind = 'containers' | 'images' | 'volumes' | 'disk';

/** A container that is looked at closely; parts that the engine refuses are missing, with why. */
export type ContainerView = {
	readonly id: string;
	readonly container?: ContainerInspect | undefined;
	readonly top?: ContainerTop | undefined;
	readonly changes?: readonly ContainerChange[] | undefined;
	readonly problem: SafeText;
};

/** Of the node that somebody went into: read it by contents.ts. Each list is undefined until it has come. */
export type NodeContents = {
	readonly nodeId: string;
	readonly nodeName: SafeText;
	readonly containers?: readonly ContainerRow[];
	readonly images?: readonly ImageRow[];
	readonly volumes?: readonly Volume[];
	readonly disk?: DiskUsage;
	readonly looked?: ContainerView | undefined;
	/** Why it can't be read now, in sentences; '' when it can. */
	readonly problem: SafeText;
};
