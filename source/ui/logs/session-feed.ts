/** Logs for the pane out of log sessions on the engine, with the names that the cluster's state has for who speaks. */
import type {ClusterStore, TaskEntity} from '../../cluster/model.ts';
import {type LogNames, showPrefix, showText, showTime} from '../../logs/display.ts';
import type {LogEntry} from '../../logs/log-buffer.ts';
import type {LogOpener, LogTarget as Source} from '../../logs/log-opener.ts';
import {createLogSession, type LogSession} from '../../logs/log-session.ts';
import type {Clock} from '../../runtime/clock.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {LogFeed, LogRow, LogStatus, LogTarget, LogView} from './log-feed.ts';

/** What is read of the past when logs are opened. */
const tailLines = 500;

export class SessionFeed implements LogFeed {
	readonly #opener: LogOpener;
	readonly #store: ClusterStore;
	readonly #clock: Clock;

	constructor({opener, store, clock}: {opener: LogOpener; store: ClusterStore; clock: Clock}) {
		this.#opener = opener;
		this.#store = store;
		this.#clock = clock;
	}

	open(target: LogTarget): LogView {
		const session = createLogSession({
			targets: sourcesOf(target, this.#store),
			start: {tail: tailLines, since: undefined},
			isFollowing: true,
			opener: this.#opener,
			clock: this.#clock,
		});
		return new SessionView(target, session, this.#store);
	}
}

/** A node has no log of its own: it is those of the tasks that are meant to run on it. */
function sourcesOf({kind, id}: LogTarget, store: ClusterStore): Source[] {
	if (kind !== 'node') return [{kind, id}];
	const tasks = [...store.getState().tasks.values()];
	return tasks
		.filter((task) => task.nodeId === id && task.desired === 'running')
		.map((task) => ({kind: 'task', id: task.id}));
}

class SessionView implements LogView {
	readonly target: LogTarget;
	readonly #session: LogSession;
	readonly #store: ClusterStore;
	readonly #names: LogNames;
	readonly #unsubscribe: () => void;
	#tasks: ReadonlyMap<string, TaskEntity>;

	constructor(target: LogTarget, session: LogSession, store: ClusterStore) {
		this.target = target;
		this.#session = session;
		this.#store = store;
		this.#names = namesFrom(store);
		this.#tasks = store.getState().tasks;
		this.#unsubscribe = target.kind === 'node' ? store.subscribe(() => this.#followTasks()) : () => undefined;
	}

	get length(): number {
		return this.#session.buffer.length;
	}

	rowAt(index: number): LogRow | undefined {
		const entry = this.#session.buffer.at(index);
		return entry && this.#row(entry);
	}

	/** Looks outwards from the hint: lines move by what was dropped or came late since, never far. */
	indexOf(id: number, hint: number): number {
		const {buffer} = this.#session;
		for (let distance = 0; distance <= buffer.length; distance++) {
			if (hint >= distance && buffer.at(hint - distance)?.id === id) return hint - distance;
			if (buffer.at(hint + distance)?.id === id) return hint + distance;
		}
		return 0;
	}

	get status(): LogStatus {
		const {state, problem, missingNodeIds, dropped} = this.#session.status();
		const missing = missingNodeIds.map((id) => this.#names.node(id) ?? toSafeText(id.slice(0, 12)));
		const problems: SafeText[] = [];
		if (problem !== undefined) problems.push(toSafeText(problem));
		if (missing.length > 0) problems.push(safe`no lines from ${joinSafe(missing, ', ')}: not reachable`);
		return {
			state: state === 'loading' ? 'opening' : state === 'ended' ? 'ended' : 'streaming',
			problem: joinSafe(problems, '; '),
			dropped,
		};
	}

	subscribe(listener: () => void): () => void {
		return this.#session.subscribe(listener);
	}

	close(): void {
		this.#unsubscribe();
		this.#session.close();
	}

	#row(entry: LogEntry): LogRow {
		const view = {time: 'time', prefix: 'full', isStructured: false, startStamp: ''} as const;
		if (entry.kind === 'notice') {
			const {id, stamp, notice} = entry;
			return {
				id,
				time: showTime(stamp, view),
				prefix: toSafeText(''),
				speaker: '',
				text: toSafeText(notice.text),
				kind: 'notice',
			};
		}
		const {id, line} = entry;
		return {
			id,
			time: showTime(line.stamp, view),
			prefix: showPrefix(line, this.target.kind === 'task' ? 'none' : 'full', this.#names),
			speaker: line.origin.taskId,
			text: showText(line.text),
			kind: line.stream,
		};
	}

	/** Tasks come to the node and leave it. */
	#followTasks(): void {
		const {tasks} = this.#store.getState();
		if (tasks === this.#tasks) return;
		this.#tasks = tasks;
		this.#session.setTargets(sourcesOf(this.target, this.#store));
	}
}

function namesFrom(store: ClusterStore): LogNames {
	return {
		task(taskId) {
			const task = store.getState().tasks.get(taskId);
			if (!task) return undefined;
			const isSlotless = task.name.endsWith(task.nodeId) && task.nodeId !== '';
			return {service: task.serviceName, slot: isSlotless ? task.nodeName : toSafeText(String(task.slot))};
		},
		node: (nodeId) => store.getState().nodes.get(nodeId)?.hostname,
	};
}
