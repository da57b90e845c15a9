import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {duration} from '../../text/format.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';
import type {Forecaster} from '../forecast/forecaster.ts';
import {createForesight, type Foresight} from '../forecast/foresight.ts';
import type {Actions, Intent, Plan, Progress} from '../intent.ts';
import type {ClusterStore, Sync} from '../model.ts';
import {apply, type Basis, basisOf} from './apply.ts';
import {dockerCommand} from './command.ts';
import {judge, tasksConcerned, type Watched} from './judge.ts';
import {planFor} from './plan.ts';

/** Intent, plan, act, watch: one queue per object, so that what was asked for first happens first. */

export type ActionOptions = {
	readonly client: SwarmClient;
	readonly store: ClusterStore;
	readonly sync: Pick<Sync, 'expectChange'>;
	readonly clock: Clock;
	readonly isReadOnly: boolean;
	/** Left out: plans stay in their first form. */
	readonly forecaster?: Forecaster;
};

export function createActions(options: ActionOptions): Actions {
	return new ActionRunner(options);
}

/** Watched for so long at the most; a swarm may go on without us. */
const watchAtMostMs = 30 * 60_000;
/** The object is polled fast again this often while an action on it is watched. */
const refreshMs = 10_000;
/** A converged service must stay so for this long: a task that starts may still fail at once. */
const steadyMs = 1500;
const rememberedActions = 200;
/** Quick presses of + and - add up into one update. */
const gatherStepsMs = 300;

type Entry = {
	progress: Progress;
	readonly intent: Intent;
	readonly basis: Basis;
	watched: Watched | undefined;
	steadySince: number | undefined;
	timers: TimerHandle[];
};

class ActionRunner implements Actions {
	readonly #options: ActionOptions;
	readonly #listeners = new Set<() => void>();
	#entries: readonly Entry[] = [];
	#list: readonly Progress[] = [];
	#nextId = 1;
	/** The last of each object's actions that have been sent or wait for it. */
	readonly #queues = new Map<string, Promise<void>>();
	/** Steps of a service that wait to be sent: more presses add up. */
	readonly #waitingSteps = new Map<string, {entry: Entry; by: number}>();
	#unsubscribe: (() => void) | undefined;

	readonly #foresight: Foresight | undefined;

	constructor(options: ActionOptions) {
		this.#options = options;
		const {forecaster, clock} = options;
		this.#foresight = forecaster && createForesight({forecaster, clock, onNews: () => this.#changed()});
	}

	get plansRevision(): number {
		return this.#foresight?.revision ?? 0;
	}

	plan(intent: Intent): Plan {
		const {store, isReadOnly} = this.#options;
		const state = store.getState();
		return planFor(intent, state, {isReadOnly, foreseen: this.#foresight?.linesFor(intent, state)});
	}

	act({intent, title, undo, refusal}: Plan): number {
		const waiting = intent.action === 'service.step' ? this.#waitingSteps.get(intent.serviceId) : undefined;
		if (waiting && intent.action === 'service.step' && refusal === undefined) return this.#addStep(waiting, intent.by);
		const {store, clock} = this.#options;
		const state = store.getState();
		const progress: Progress = {
			id: this.#nextId++,
			intent,
			title,
			command: dockerCommand(intent, state),
			startedAt: clock.now(),
			finishedAt: undefined,
			state: 'running',
			detail: safe`sending`,
			done: 0,
			total: 0,
			undo,
		};
		const entry: Entry = {
			progress,
			intent,
			basis: this.#basisOf(intent),
			watched: undefined,
			steadySince: undefined,
			timers: [],
		};
		this.#entries = [entry, ...this.#entries].slice(0, rememberedActions);
		if (refusal !== undefined) this.#finish(entry, 'failed', refusal);
		else this.#enqueue(entry);
		this.#changed();
		return progress.id;
	}

	progress(): readonly Progress[] {
		return this.#list;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#basisOf(intent: Intent): Basis {
		const {services, nodes} = this.#options.store.getState();
		if ('serviceId' in intent) return basisOf(intent, {service: services.get(intent.serviceId)?.raw});
		return basisOf(intent, {node: nodes.get(intent.nodeId)?.raw});
	}

	#addStep(waiting: {entry: Entry; by: number}, by: number): number {
		waiting.by += by;
		const {serviceId} = waiting.entry.intent as Extract<Intent, {action: 'service.step'}>;
		const intent: Intent = {action: 'service.step', serviceId, by: waiting.by};
		const plan = this.plan(intent);
		this.#set(waiting.entry, {intent, title: plan.title, command: plan.command, undo: plan.undo});
		return waiting.entry.progress.id;
	}

	#enqueue(entry: Entry): void {
		const {intent} = entry;
		const key = objectOf(intent);
		if (intent.action === 'service.step') this.#waitingSteps.set(key, {entry, by: intent.by});
		const before = this.#queues.get(key) ?? Promise.resolve();
		const gathered = intent.action === 'service.step' ? before.then(() => this.#sleep(gatherStepsMs)) : before;
		const mine = gathered.then(() => this.#send(entry));
		this.#queues.set(key, mine);
		void mine.then(() => {
			if (this.#queues.get(key) === mine) this.#queues.delete(key);
		});
	}

	async #send(entry: Entry): Promise<void> {
		const {client, store, sync} = this.#options;
		const intent = this.#takeIntent(entry);
		const key = objectOf(intent);
		const state = store.getState();
		const versionBefore = state.services.get(key)?.version ?? state.nodes.get(key)?.version ?? 0;
		const tasksBefore = tasksConcerned(intent, state);
		const answer = await apply(client, intent, entry.basis);
		if (!answer.ok) {
			this.#finish(entry, 'failed', wordsOf(answer.error));
			this.#changed();
			return;
		}
		entry.watched = {intent, versionBefore, tasksBefore};
		sync.expectChange('serviceId' in intent ? 'service' : 'node', key);
		this.#watch(entry);
	}

	#sleep(ms: number): Promise<void> {
		return new Promise((resolve) => this.#options.clock.after(ms, resolve));
	}

	/** Steps that came while this one waited are sent with it. */
	#takeIntent({intent}: Entry): Intent {
		if (intent.action !== 'service.step') return intent;
		const waiting = this.#waitingSteps.get(intent.serviceId);
		this.#waitingSteps.delete(intent.serviceId);
		return {...intent, by: waiting?.by ?? intent.by};
	}

	#watch(entry: Entry): void {
		this.#unsubscribe ??= this.#options.store.subscribe(() => this.#look());
		this.#keepFresh(entry);
		this.#look();
	}

	#keepFresh(entry: Entry): void {
		const {clock, sync} = this.#options;
		entry.timers.push(
			clock.after(refreshMs, () => {
				if (entry.progress.finishedAt !== undefined) return;
				if (clock.now() - entry.progress.startedAt > watchAtMostMs) {
					this.#finish(
						entry,
						'failed',
						safe`still not there after ${duration(watchAtMostMs)}: ${entry.progress.detail}`,
					);
					this.#changed();
					return;
				}
				sync.expectChange('serviceId' in entry.intent ? 'service' : 'node', objectOf(entry.intent));
				this.#keepFresh(entry);
			}),
		);
	}

	#look(): void {
		let hasChanged = false;
		for (const entry of this.#entries) {
			if (entry.watched && entry.progress.finishedAt === undefined && this.#lookAt(entry, entry.watched))
				hasChanged = true;
		}
		if (hasChanged) this.#changed();
	}

	/** Whether what it says has changed. */
	#lookAt(entry: Entry, watched: Watched): boolean {
		const {clock, store} = this.#options;
		const {state, done, total, detail} = judge(watched, store.getState());
		switch (state) {
			case 'converged':
				return this.#settle(entry, done, total, detail);
			case 'failed':
				this.#finish(entry, 'failed', detail);
				return true;
			case 'running':
			case 'stuck': {
				entry.steadySince = undefined;
				const {progress} = entry;
				if (progress.state === state && progress.detail === detail && progress.done === done) return false;
				this.#set(entry, {state, done, total, detail});
				return true;
			}
			default:
				throw new Error(`no such verdict: ${state satisfies never} at ${clock.now()}`);
		}
	}

	/** Believed when it has lasted a moment. */
	#settle(entry: Entry, done: number, total: number, detail: SafeText): boolean {
		const {clock} = this.#options;
		const now = clock.now();
		if (entry.steadySince === undefined) {
			entry.steadySince = now;
			entry.timers.push(clock.after(steadyMs, () => this.#look()));
		}
		if (now - entry.steadySince < steadyMs && isService(entry.intent)) {
			const isNews = entry.progress.detail !== detail || entry.progress.state !== 'running';
			if (isNews) this.#set(entry, {state: 'running', done, total, detail});
			return isNews;
		}
		this.#set(entry, {done, total});
		const took = duration(Math.max(0, entry.steadySince - entry.progress.startedAt));
		this.#finish(entry, 'done', isService(entry.intent) ? safe`converged in ${took}` : safe`${detail} after ${took}`);
		return true;
	}

	#finish(entry: Entry, state: 'done' | 'failed', detail: SafeText): void {
		for (const timer of entry.timers) timer.cancel();
		entry.timers = [];
		this.#set(entry, {state, detail, finishedAt: this.#options.clock.now()});
		if (this.#entries.every(({progress}) => progress.finishedAt !== undefined)) {
			this.#unsubscribe?.();
			this.#unsubscribe = undefined;
		}
	}

	#set(entry: Entry, change: Partial<Progress>): void {
		entry.progress = {...entry.progress, ...change};
	}

	#changed(): void {
		this.#list = this.#entries.map(({progress}) => progress);
		for (const listener of [...this.#listeners]) listener();
	}
}

const objectOf = (intent: Intent): string => ('serviceId' in intent ? intent.serviceId : intent.nodeId);

const isService = (intent: Intent): boolean => 'serviceId' in intent && intent.action !== 'service.remove';

/** The engine's own words where it said any, then what to do. */
function wordsOf({message, nextStep, engineMessage}: EngineError): SafeText {
	const words = engineMessage && !message.includes(engineMessage) ? safe`${message} (${engineMessage})` : message;
	return nextStep === '' ? words : safe`${words} ${nextStep}`;
}
