import type {Result} from '../runtime/result.ts';

/** What logs are asked of: a service (all its tasks, also future ones) or one task. */
export type LogTarget = {
	readonly kind: 'service' | 'task';
	readonly id: string;
};

export type LogRequest = {
	readonly target: LogTarget;
	readonly isFollowing: boolean;
	/** Lines of each task; all of them when undefined. */
	readonly tail: number | undefined;
	/** Lines from this stamp on, inclusive. */
	readonly since: string | undefined;
};

/** Why a log stream could not be had, or ended. */
export type LogProblem = {
	readonly message: string;
	readonly isRetryable: boolean;
	/** The request was refused because of these nodes: the others' lines can be had task by task. */
	readonly missingNodeIds?: readonly string[];
};

/** An open response. Chunks come in order; reading stops the sender when nobody reads (back-pressure). */
export interface LogResponse {
	/** The service has a TTY: lines come as they are, not in frames. */
	readonly isRaw: boolean;
	readonly chunks: AsyncIterable<Uint8Array>;
	close(): void;
}

/** The way to the engine's logs, always with timestamps and details, stdout and stderr. */
export interface LogOpener {
	/** So many followed responses may be open at a time. */
	readonly mostFollowed: number;
	open(request: LogRequest, signal: AbortSignal): Promise<Result<LogResponse, LogProblem>>;
	/** The service's tasks that have, or had, a container on a node. */
	tasksOf(serviceId: string, signal: AbortSignal): Promise<Result<readonly PlacedTask[], LogProblem>>;
}

export type PlacedTask = {
	readonly id: string;
	readonly nodeId: string;
	/** Tasks of global services have none. */
	readonly slot?: number | undefined;
};
