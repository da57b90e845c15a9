/** Logs for the pane out of log sessions on the engine, with the names that the cluster's state has for who speaks. */
import type {ClusterState, ClusterStore, NodeEntity} from '../../cluster/model.ts';
import type {LogBuffer, LogLimits} from '../../logs/log-buffer.ts';
import type {LogOpener, LogTarget as Source} from '../../logs/log-opener.ts';
import {createLogSession, type LogSession} from '../../logs/log-session.ts';
import type {LogStart} from '../../logs/log-since.ts';
import type {Clock} from '../../runtime/clock.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {LogFeed, LogSource, LogSourceStatus, LogTarget} from './log-feed.ts';
import {hasStopped, sourcesOf} from './log-sources.ts';
import {TaskNames} from './task-names.ts';

export type SessionFeedOptions = {
	readonly opener: LogOpener;
	readonly store: ClusterStore;
	readonly clock: Clock;
	/** What is kept of a log. */
	readonly limits?: LogLimits;
};

export class SessionFeed implements LogFeed {
	readonly #options: SessionFeedOptions;

	constructor(options: SessionFeedOptions) {
		this.#options = options;
	}

	open(target: LogTarget, start: LogStart): LogSource {
		return new SessionSource(target, start, this.#options);
	}
}

class SessionSource implements LogSource {
	readonly target: LogTarget;
	readonly names: TaskNames;
	readonly #listeners = new Set<() => void>();
	readonly #session: LogSession;
	readonly #store: ClusterStore;
	readonly #clock: Clock;
	readonly #unsubscribe: () => void;
	#known: ClusterState;
	#sources: readonly Source[];
	/** Every task that has said something, with its service. */
	readonly #speaking = new Map<string, string>();
	#stopped: ReadonlySet<string> = new Set();
	/** What the stopped ones were found in. */
	#judged: {readonly tasks: ClusterState['tasks'] | undefined; readonly speaking: number} = {
		tasks: undefined,
		speaking: 0,
	};

	constructor(target: LogTarget, start: LogStart, {opener, store, clock, limits}: SessionFeedOptions) {
		const state = store.getState();
		this.target = target;
		this.names = new TaskNames({store, opener, clock, onLearned: () => this.#notify()});
		this.#store = store;
		this.#clock = clock;
		this.#known = state;
		this.#sources = sourcesOf(target, state, clock.now());
		this.#session = createLogSession({
			targets: this.#sources,
			start,
			isFollowing: true,
			opener,
			clock,
			...(limits && {limits}),
			onLines: (lines) => {
				for (const {origin} of lines) this.#speaking.set(origin.taskId, origin.serviceId);
				this.names.meet(lines.map(({origin}) => origin));
			},
		});
		this.#session.subscribe(() => this.#notify());
		this.#unsubscribe = store.subscribe(() => this.#followCluster());
	}

	get buffer(): LogBuffer {
		return this.#session.buffer;
	}

	get stoppedTasks(): ReadonlySet<string> {
		const {tasks} = this.#known;
		if (this.#judged.tasks === tasks && this.#judged.speaking === this.#speaking.size) return this.#stopped;
		this.#judged = {tasks, speaking: this.#speaking.size};
		const services = new Set([...tasks.values()].map(({serviceId}) => serviceId));
		const stopped = [...this.#speaking].filter(([id, serviceId]) => hasStopped(tasks.get(id), services.has(serviceId)));
		if (stopped.length !== this.#stopped.size || stopped.some(([id]) => !this.#stopped.has(id))) {
			this.#stopped = new Set(stopped.map(([id]) => id));
		}
		return this.#stopped;
	}

	get status(): LogSourceStatus {
		const {state, problem, missingNodeIds, dropped} = this.#session.status();
		return {
			state: state === 'loading' ? 'opening' : state === 'following' ? 'streaming' : state,
			problem: toSafeText(problem ?? ''),
			missing: missingNodeIds.map((id) => this.names.node(id) ?? toSafeText(id.slice(0, 12))),
			dropped,
		};
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	mark(text: SafeText): void {
		this.#session.mark(text);
	}

	close(): void {
		this.#unsubscribe();
		this.#session.close();
		this.names.close();
	}

	#notify(): void {
		for (const listener of [...this.#listeners]) listener();
	}

	#followCluster(): void {
		const {nodes, tasks, services} = this.#known;
		const state = this.#store.getState();
		this.#known = state;
		if (state.tasks !== tasks || state.services !== services) this.#followTasks(state);
		if (state.nodes !== nodes && hasOtherStates(state.nodes, nodes)) this.#session.look();
	}

	/** Tasks come to a node and leave it, services join a stack. */
	#followTasks(state: ClusterState): void {
		const sources = sourcesOf(this.target, state, this.#clock.now(), this.#sources);
		if (isSameList(sources, this.#sources)) return;
		this.#sources = sources;
		this.#session.setTargets(sources);
	}
}

function hasOtherStates(after: ReadonlyMap<string, NodeEntity>, before: ReadonlyMap<string, NodeEntity>): boolean {
	if (after.size !== before.size) return true;
	return [...after.values()].some(({id, state}) => before.get(id)?.state !== state);
}

const isSameList = (a: readonly Source[], b: readonly Source[]): boolean =>
	a.length === b.length && a.every(({id}, index) => id === b[index]?.id);
