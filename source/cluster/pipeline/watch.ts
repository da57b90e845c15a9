import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Verdict, Watched} from '../actions/action.ts';
import {objectOf} from '../actions/names.ts';
import {actionOf, type Intent} from '../actions/registry.ts';
import {type TaskLookup, taskLookup} from '../actions/task-lookup.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {Progress} from '../intent.ts';
import type {ClusterState, ClusterStore, Sync, TaskEntity} from '../model.ts';
import {converged, doneAfter, notConverged, superseded} from './messages.ts';

/** Watches what has been asked of the swarm until it has become so, or until it is known why it doesn't. */

type WatchOptions = {
	readonly store: ClusterStore;
	readonly sync: Pick<Sync, 'expectChange'>;
	readonly clock: Clock;
	readonly onChange: () => void;
};

/** An action and how far it has come. */
export type Entry = {
	progress: Progress;
	/** Changes while steps that wait to be sent add up. */
	intent: Intent;
	/** Told when it is over, and whether it has come about. */
	readonly onOver?: ((isDone: boolean) => void) | undefined;
};

type Watching = {
	readonly entry: Entry;
	watched: Watched<Intent>;
	steadySince: number | undefined;
	/** The tasks that ran then: when others run in their place, some have failed in between. */
	steadyTasks: string;
	failedSince: number | undefined;
	timer: TimerHandle | undefined;
	steadyTimer: TimerHandle | undefined;
};

/** Watched for so long at the most; a swarm may go on without us. */
const watchAtMostMs = 30 * 60_000;
/** The object is polled fast again this often while an action on it is watched. */
const refreshMs = 10_000;
/** No event tells of the swarm itself. */
const refreshSwarmMs = 2000;
/** A failure is told when the tasks have had so long to say why. */
const reasonsMs = 1500;

export class Watch {
	readonly #options: WatchOptions;
	readonly #watching = new Set<Watching>();
	#unsubscribe: (() => void) | undefined;

	constructor(options: WatchOptions) {
		this.#options = options;
	}

	/** The tasks of the objects that intents are about. */
	lookup(intents: Iterable<Intent>): TaskLookup {
		return taskLookup(this.#options.store.getState(), new Set([...intents].map(objectOf)));
	}

	begin(entry: Entry, watched: Watched<Intent>): void {
		for (const earlier of [...this.#watching]) {
			if (isSupersededBy(earlier.entry.intent, entry.intent))
				this.#end(earlier, 'superseded', superseded(entry.progress.title));
		}
		const watching: Watching = {
			entry,
			watched,
			steadySince: undefined,
			steadyTasks: '',
			failedSince: undefined,
			timer: undefined,
			steadyTimer: undefined,
		};
		this.#watching.add(watching);
		this.#unsubscribe ??= this.#options.store.subscribe(() => this.#look());
		this.#keepFresh(watching);
		this.#look();
	}

	/** The object is polled fast for a while only, so it is asked for again until the end. */
	#keepFresh(watching: Watching): void {
		const {clock, sync} = this.#options;
		const {progress, intent} = watching.entry;
		if (clock.now() - progress.startedAt > watchAtMostMs) {
			this.#end(watching, 'failed', notConverged(watchAtMostMs, progress.detail));
			this.#options.onChange();
			return;
		}
		const kind = changedKind(intent);
		if (kind) sync.expectChange(kind, objectOf(intent));
		watching.timer = clock.after(kind === 'swarm' ? refreshSwarmMs : refreshMs, () => this.#keepFresh(watching));
	}

	#look(): void {
		const state = this.#options.store.getState();
		const lookup = this.lookup([...this.#watching].map(({entry}) => entry.intent));
		let hasChanged = false;
		for (const watching of [...this.#watching]) {
			watching.watched = seenOnce(watching.watched, state);
			const running = runningTasks(lookup.ofService(objectOf(watching.entry.intent)));
			if (running !== watching.steadyTasks) watching.steadySince = undefined;
			watching.steadyTasks = running;
			if (this.#take(watching, judge(watching.watched, state, lookup))) hasChanged = true;
		}
		if (hasChanged) this.#options.onChange();
	}

	/** Whether what it says has changed. */
	#take(watching: Watching, {state, done, total, detail}: Verdict): boolean {
		switch (state) {
			case 'converged':
				return this.#settle(watching, done, total, detail);
			case 'failed':
				return this.#giveUp(watching, done, total, detail);
			case 'running':
			case 'stuck':
				watching.steadySince = undefined;
				watching.failedSince = undefined;
				return this.#say(watching.entry, {state, done, total, detail});
			default:
				return state satisfies never;
		}
	}

	/** Told when the tasks have had a moment to say why: they are read after the object whose update has ended. */
	#giveUp(watching: Watching, done: number, total: number, detail: SafeText): boolean {
		const {clock} = this.#options;
		const now = clock.now();
		if (watching.failedSince === undefined) {
			watching.failedSince = now;
			watching.steadyTimer?.cancel();
			watching.steadyTimer = clock.after(reasonsMs, () => this.#look());
		}
		if (now - watching.failedSince < reasonsMs) return this.#say(watching.entry, {state: 'stuck', done, total, detail});
		this.#end(watching, 'failed', detail);
		return true;
	}

	/** Believed when it has lasted a moment. */
	#settle(watching: Watching, done: number, total: number, detail: SafeText): boolean {
		const {clock} = this.#options;
		const {entry} = watching;
		const steadyMs = actionOf(entry.intent).steadyMs?.(entry.intent);
		const now = clock.now();
		if (watching.steadySince === undefined) {
			watching.steadySince = now;
			watching.steadyTimer?.cancel();
			if (steadyMs !== undefined) watching.steadyTimer = clock.after(steadyMs, () => this.#look());
		}
		if (steadyMs !== undefined && now - watching.steadySince < steadyMs) {
			return this.#say(entry, {state: 'running', done, total, detail});
		}
		const took = Math.max(0, watching.steadySince - entry.progress.startedAt);
		entry.progress = {...entry.progress, done, total};
		this.#end(watching, 'done', steadyMs !== undefined ? converged(took) : doneAfter(detail, took));
		return true;
	}

	#say(entry: Entry, said: Pick<Progress, 'state' | 'done' | 'total' | 'detail'>): boolean {
		const {state, done, total, detail} = entry.progress;
		if (state === said.state && done === said.done && total === said.total && detail === said.detail) return false;
		entry.progress = {...entry.progress, ...said};
		return true;
	}

	#end(watching: Watching, state: 'done' | 'failed' | 'superseded', detail: SafeText): void {
		watching.timer?.cancel();
		watching.steadyTimer?.cancel();
		this.#watching.delete(watching);
		finish(watching.entry, state, detail, this.#options.clock.now());
		if (this.#watching.size > 0) return;
		this.#unsubscribe?.();
		this.#unsubscribe = undefined;
	}
}

/** What of the swarm has to be looked at to see it come about; what else there is, is gone or there with the answer. */
function changedKind(intent: Intent): 'service' | 'node' | 'swarm' | undefined {
	if ('serviceId' in intent) return 'service';
	if ('nodeId' in intent) return 'node';
	return intent.kind === 'swarm' ? 'swarm' : undefined;
}

/** Nobody will ever see it come about: the engine was told otherwise since. */
function isSupersededBy(earlier: Intent, later: Intent): boolean {
	if (objectOf(earlier) !== objectOf(later)) return false;
	const {settles, isRemoval} = actionOf(later);
	return isRemoval === true || (settles !== undefined && settles === actionOf(earlier).settles);
}

type End = 'done' | 'failed' | 'held' | 'superseded';

export function finish(entry: Entry, state: End, detail: SafeText, now: number): void {
	entry.progress = {...entry.progress, state, detail, finishedAt: now};
	entry.onOver?.(state === 'done');
}

/** A service that was made a moment ago is missing until it has come for the first time: after that it is gone. */
function seenOnce(watched: Watched<Intent>, {services}: ClusterState): Watched<Intent> {
	const {intent, versionBefore} = watched;
	const service = versionBefore === 0 ? services.get(objectOf(intent)) : undefined;
	return service ? {...watched, versionBefore: service.version - 1} : watched;
}

const runningTasks = (tasks: readonly TaskEntity[]): string =>
	tasks
		.filter(({state, desired}) => state === 'running' && isWanted(desired))
		.map(({id}) => id)
		.toSorted()
		.join();

/** How far an action has come: pure, so that the same state always gives the same verdict. */
export const judge = (watched: Watched<Intent>, state: ClusterState, tasks: TaskLookup): Verdict =>
	actionOf(watched.intent).judge(watched, state, tasks);

/** How many tasks a removal or drain is about. */
export function tasksConcerned(intent: Intent, tasks: TaskLookup): number {
	const concerned = 'nodeId' in intent ? tasks.onNode(intent.nodeId) : tasks.ofService(objectOf(intent));
	return concerned.filter((task) => !isTerminal(task.state)).length;
}
