import type {TimerHandle} from '../runtime/clock.ts';
import type {LogTarget, PlacedTask} from './log-opener.ts';
import {LogStream, type StreamEvents, type StreamOptions} from './log-stream.ts';
import {SeenLines} from './seen-lines.ts';

/** How often an engine that refuses a service's log is asked again, and the service's tasks are listed anew. */
const retryMs = 10_000;

/**
 * One target's log, also where the engine refuses a service's because a node does not answer: then one stream for each of
 * its tasks on the nodes that do, until the service's own can be had again.
 */
export class TargetStream {
	readonly #options: Omit<StreamOptions, 'seen' | 'events'>;
	readonly #events: Omit<StreamEvents, 'onRefused'>;
	readonly #seen = new SeenLines();
	readonly #abort = new AbortController();
	#whole: LogStream | undefined;
	readonly #tasks = new Map<string, LogStream>();
	#retry: TimerHandle | undefined;

	constructor(options: Omit<StreamOptions, 'seen' | 'events'>, events: Omit<StreamEvents, 'onRefused'>) {
		this.#options = options;
		this.#events = events;
	}

	open(): void {
		this.#openWhole();
	}

	/** A node has come or gone: who is missing is asked now. */
	look(): void {
		void this.#whole?.look();
		if (this.#retry) this.#tryAgain();
	}

	close(): void {
		this.#abort.abort();
		this.#whole?.close();
		this.#closeTasks();
	}

	#openWhole(isResumed = false): void {
		this.#whole = new LogStream({
			...this.#options,
			isResumed,
			seen: this.#seen,
			events: {
				...this.#events,
				onRefused: (missing) => {
					this.#whole = undefined;
					void this.#split(missing);
				},
			},
		});
		void this.#whole.run();
	}

	/** Goes on task by task. */
	async #split(missingNodeIds: readonly string[]): Promise<void> {
		const {target, opener, isFollowing, clock} = this.#options;
		const tasks = await opener.tasksOf(target.id, this.#abort.signal);
		if (this.#abort.signal.aborted) return;
		this.#events.onProblem(tasks.ok ? undefined : tasks.error);
		if (tasks.ok) {
			this.#events.onMissing(missingNodeIds);
			this.#openTasks(tasks.value.filter(({nodeId}) => !missingNodeIds.includes(nodeId)));
		} else if (!isFollowing) this.#events.onEnd();
		if (isFollowing) this.#retry = clock.after(retryMs, () => this.#tryAgain());
	}

	/** Opens those that are not open yet; tasks that are gone, or whose node is, are closed. */
	#openTasks(tasks: readonly PlacedTask[]): void {
		const {onBacklog, onEnd} = this.#events;
		const waiting = new Set(tasks.map(({id}) => id));
		for (const [id, stream] of this.#tasks) {
			if (waiting.has(id)) continue;
			stream.close();
			this.#tasks.delete(id);
		}
		const told = (id: string) => {
			waiting.delete(id);
			if (waiting.size > 0) return;
			onBacklog();
			if (!this.#options.isFollowing) onEnd();
		};
		for (const {id} of tasks) this.#openTask({kind: 'task', id}, () => told(id));
		if (tasks.length === 0) told('');
	}

	#openTask(target: LogTarget, onBacklog: () => void): void {
		if (this.#tasks.has(target.id)) {
			onBacklog();
			return;
		}
		const ignore = () => undefined;
		const {onLine, onReconnected, onCut} = this.#events;
		const stream = new LogStream({
			...this.#options,
			target,
			seen: this.#seen,
			// That the task's node does not answer is known: what a single stream complains of adds nothing.
			events: {
				onLine,
				onReconnected,
				onCut,
				onBacklog,
				onProblem: ignore,
				onMissing: ignore,
				onRefused: onBacklog,
				onEnd: ignore,
			},
		});
		this.#tasks.set(target.id, stream);
		void stream.run();
	}

	/** Asks for the service's log again; once the engine accepts it, it goes on from where its tasks are. */
	#tryAgain(): void {
		this.#retry?.cancel();
		this.#retry = undefined;
		const {target, opener} = this.#options;
		const {signal} = this.#abort;
		void opener.open({target, isFollowing: false, tail: 0, since: undefined}, signal).then((answer) => {
			if (signal.aborted) return;
			if (answer.ok) {
				answer.value.close();
				this.#rejoin();
			} else if (answer.error.missingNodeIds) void this.#split(answer.error.missingNodeIds);
			else this.#retry = this.#options.clock.after(retryMs, () => this.#tryAgain());
		});
	}

	#rejoin(): void {
		this.#closeTasks();
		this.#events.onMissing([]);
		this.#openWhole(true);
	}

	#closeTasks(): void {
		this.#retry?.cancel();
		this.#retry = undefined;
		for (const stream of this.#tasks.values()) stream.close();
		this.#tasks.clear();
	}
}
