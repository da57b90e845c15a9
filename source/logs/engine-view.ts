import type {Clock} from '../runtime/clock.ts';
import {ok, type Result} from '../runtime/result.ts';
import type {Semaphore} from '../runtime/semaphore.ts';
import {Idleness} from './idleness.ts';
import {type LogItem, missingFrom} from './line-reader.ts';
import type {LogLine} from './log-line.ts';
import type {LogOpener, LogProblem, LogRequest, LogTarget, PlacedTask} from './log-opener.ts';
import type {LogStart} from './log-since.ts';
import {readResponse} from './read-response.ts';

/** What the engine has of one target's logs, asked in ways that it can be trusted to answer. */

type EngineViewOptions = {
	readonly target: LogTarget;
	readonly opener: LogOpener;
	readonly clock: Clock;
	/** Ends whatever is being read. */
	readonly signal: AbortSignal;
	/** Reading waits for it between chunks. */
	readonly gate?: (() => Promise<void>) | undefined;
	/** Readings take semaphore, whoever asks for them. */
	readonly semaphore: Semaphore;
};

/** Without a line for so long, a reading is over: the engine waits for a node that has just died, or hangs. */
export const patienceMs = 5000;
/** So many readings at once: more make engines slow, fewer make a reader wait for a large service. */
export const readingsAtOnce = 3;
/** Of a service with more tasks than this the engine is asked as a whole first. */
export const mostTasks = 64;

/** What the engine has: the last line of each task, and which nodes don't answer (undefined: it has not said). */
export type TaskReport = {
	readonly problem: LogProblem | undefined;
	readonly missing: readonly string[] | undefined;
	readonly newest: ReadonlyMap<string, string>;
};

/** `missing`: the nodes that the engine can't reach; undefined when the response has not come to its end. */
export type Reading = {
	readonly problem: LogProblem | undefined;
	readonly missing: readonly string[] | undefined;
	/** Of a line whose beginning the engine has left out: whose it is, and when it was written. */
	readonly cut?: CutLine | undefined;
};

export type CutLine = {readonly taskId: string; readonly stamp: string};

export class EngineView {
	readonly #options: EngineViewOptions;

	constructor(options: EngineViewOptions) {
		this.#options = options;
	}

	/** A task stands for itself. */
	async tasks(): Promise<Result<readonly PlacedTask[], LogProblem>> {
		const {target, opener, signal} = this.#options;
		if (target.kind === 'task') return ok([{id: target.id, nodeId: ''}]);
		return opener.tasksOf(target.id, signal);
	}

	/** The last line of each task, and which nodes don't answer. */
	async see(): Promise<TaskReport> {
		const tasks = await this.tasks();
		if (!tasks.ok) return {problem: tasks.error, missing: undefined, newest: new Map()};
		if (tasks.value.length > mostTasks) {
			const report = await this.#seeWhole();
			if (report.missing) return report;
		}
		const newest = new Map<string, string>();
		const missing = new Set<string>();
		const seeTask = async ({id, nodeId}: PlacedTask): Promise<void> => {
			const seen = await this.read({tail: 1, since: undefined}, patienceMs, newestInto(newest), taskTarget(id));
			for (const node of seen.missing ?? [nodeId]) if (node !== '') missing.add(node);
		};
		await Promise.all(tasks.value.map((task) => this.#options.semaphore.run(() => seeTask(task))));
		return {problem: undefined, missing: [...missing], newest};
	}

	async #seeWhole(): Promise<TaskReport> {
		const newest = new Map<string, string>();
		const seen = await this.read({tail: 1, since: undefined}, patienceMs, newestInto(newest));
		return {...seen, newest};
	}

	/** The lines from now on, until the signal. */
	follow(until: AbortSignal, onLine: (line: LogLine) => void, onOpen: () => void): Promise<LogProblem | undefined> {
		const {signal, target} = this.#options;
		const onItem = (item: LogItem): void => {
			if (item.kind === 'line') onLine(item.line);
		};
		const request = {target, tail: 0, since: undefined, isFollowing: true};
		return this.#read(request, AbortSignal.any([signal, until]), onItem, onOpen);
	}

	/**
	 * One response without following.
	 * @param waitMs without an item for so long, what has come is all there is
	 */
	async read(
		start: LogStart,
		waitMs: number,
		onLine: (line: LogLine) => void,
		target = this.#options.target,
	): Promise<Reading> {
		const impatience = new AbortController();
		const signal = AbortSignal.any([this.#options.signal, impatience.signal]);
		const idleness = new Idleness(this.#options.clock, waitMs, () => impatience.abort());
		const missing: string[] = [];
		let cut: CutLine | undefined;
		const onItem = (item: LogItem): void => {
			idleness.renew();
			if (item.kind === 'line') onLine(item.line);
			else if (item.kind === 'cut')
				cut = {taskId: target.kind === 'task' ? target.id : item.origin.taskId, stamp: item.stamp};
			else missing.push(...missingFrom(item.message).nodes);
		};
		const problem = await this.#read({...start, target, isFollowing: false}, signal, onItem);
		idleness.end();
		return {problem, missing: signal.aborted ? undefined : missing, cut};
	}

	#read(
		request: LogRequest,
		signal: AbortSignal,
		onItem: (item: LogItem) => void,
		onOpen?: () => void,
	): Promise<LogProblem | undefined> {
		const {opener, clock, gate} = this.#options;
		const named = (item: LogItem): void => onItem(withTask(item, request.target));
		return readResponse(request, {opener, clock, signal, onItem: named, onOpen, gate});
	}
}

/** A response for one task may leave out whose lines it has. */
function withTask(item: LogItem, {kind, id}: LogTarget): LogItem {
	if (kind !== 'task' || item.kind !== 'line' || item.line.origin.taskId !== '') return item;
	return {kind: 'line', line: {...item.line, origin: {...item.line.origin, taskId: id}}};
}

export const taskTarget = (id: string): LogTarget => ({kind: 'task', id});

function newestInto(newest: Map<string, string>): (line: LogLine) => void {
	return ({stamp, origin}) => {
		if (stamp > (newest.get(origin.taskId) ?? '')) newest.set(origin.taskId, stamp);
	};
}
