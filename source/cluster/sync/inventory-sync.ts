import type {StreamHandle, SwarmClient} from '../../engine/client.ts';
import {type EngineError, isConnectionTrouble, sentencesOf} from '../../engine/error.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import type {EngineEvent} from '../../wire/event.ts';
import {eventTypeOf, readInventory} from '../inventory-lists.ts';
import type {Inventory, InventoryKind} from '../model.ts';
import {Poller} from './poller.ts';

/**
 * Lists networks, secrets and the like, and listens to the engine's events, for as long as a screen shows them:
 * the events say when to list anew, a slow round covers what they don't tell. Costs nothing while nothing is shown.
 */

type InventorySyncOptions = {
	readonly client: SwarmClient;
	readonly clock: Clock;
	readonly onAnswer: () => void;
	readonly onTrouble: (error: EngineError) => void;
	readonly onChange: (change: Partial<Inventory>) => void;
};

/** The safety net behind the events, which an engine in trouble may lose. */
const roundEveryMs = 20_000;
const restMs = 3_600_000;
/** As often without events. */
const deafRoundEveryMs = 5000;
/** What comes within this time is told at once. */
const gatherMs = 100;
/** An engine remembers 256 events; this many are kept of those that came. */
const eventsAtMost = 1000;

export class InventorySync {
	readonly #options: InventorySyncOptions;
	readonly #poller: Poller;
	#shown: ReadonlySet<InventoryKind> = new Set();
	#taskId: string | undefined;
	#abort = new AbortController();
	#stream: StreamHandle | undefined;
	#events: EngineEvent[] = [];
	#gathering: TimerHandle | undefined;
	#refused: Inventory['refused'] = {};

	constructor(options: InventorySyncOptions) {
		this.#options = options;
		this.#poller = new Poller({
			clock: options.clock,
			run: () => this.#round(),
			pauseMs: () => this.#pauseMs(),
		});
	}

	#pauseMs(): number {
		if (this.#shown.size === 0 && this.#taskId === undefined) return restMs;
		return this.#refused.events === undefined ? roundEveryMs : deafRoundEveryMs;
	}

	/** Tells what is on the screen now: fetched at once where it wasn't before. */
	show(kinds: readonly InventoryKind[]): void {
		const isSame = kinds.length === this.#shown.size && kinds.every((kind) => this.#shown.has(kind));
		if (isSame) return;
		this.#shown = new Set(kinds);
		this.#hangUp();
		this.#poller.wake();
	}

	/** The same for the one task that is shown whole. */
	lookAt(taskId: string | undefined): void {
		if (taskId === this.#taskId) return;
		this.#taskId = taskId;
		this.#poller.wake();
	}

	start(): void {
		this.#abort = new AbortController();
		this.#poller.start();
	}

	/** Lists all that is shown at once. */
	refresh(): void {
		this.#poller.wake();
	}

	/** Lists that once, whether it is shown or not. */
	async read(kind: InventoryKind): Promise<void> {
		await this.#list(kind);
	}

	async stop(): Promise<void> {
		this.#abort.abort();
		this.#hangUp();
		await this.#poller.stop();
	}

	async #round(): Promise<void> {
		if (this.#taskId !== undefined) await this.#readTask(this.#taskId);
		if (this.#shown.size === 0) return;
		// The stream first: what changes while the lists are on their way is told by it.
		if (!this.#stream) await this.#listen();
		await Promise.all([...this.#shown].map((kind) => this.#list(kind)));
	}

	async #readTask(id: string): Promise<void> {
		const {client, onChange} = this.#options;
		const {signal} = this.#abort;
		const answer = await client.task(id, {signal});
		// The engine forgets old tasks: the list says so too.
		if (!answer.ok && answer.error.kind === 'not-found') return;
		const task = this.#accept('task', answer, signal);
		if (task) onChange({task});
	}

	async #list(kind: InventoryKind): Promise<void> {
		if (kind === 'events') return;
		const {client, onChange} = this.#options;
		const {signal} = this.#abort;
		const change = this.#accept(kind, await readInventory(kind, client, {signal}), signal);
		if (change) onChange(change);
	}

	async #listen(): Promise<void> {
		const {client, onChange} = this.#options;
		const {signal} = this.#abort;
		const shown = this.#shown;
		const hasAll = shown.has('events');
		const types = [...shown].flatMap((kind) => (kind === 'events' ? [] : [eventTypeOf(kind)]));
		if (hasAll) this.#events = [];
		const answer = await client.events({
			signal,
			...(hasAll ? {since: 0, filters: {scope: ['swarm']}} : {filters: {type: types}}),
			onEvent: (event) => {
				if (this.#shown === shown) this.#take(event);
			},
		});
		const stream = this.#accept('events', answer, signal);
		if (!stream) return;
		if (this.#shown !== shown) {
			stream.close();
			return;
		}
		this.#stream = stream;
		if (hasAll && this.#events.length === 0) onChange({events: []});
		void stream.ended.then(() => {
			// The next round opens another one; when the whole engine is gone, the watch says so first.
			if (this.#stream === stream) this.#stream = undefined;
		});
	}

	#accept<T>(what: InventoryKind | 'task', answer: Result<T, EngineError>, signal: AbortSignal): T | undefined {
		const {onAnswer, onTrouble} = this.#options;
		// What was asked for before a loss is not for the time after it.
		if (signal.aborted) return undefined;
		if (answer.ok) {
			onAnswer();
			this.#refuse(what, undefined);
			return answer.value;
		}
		const {error} = answer;
		if (error.kind === 'aborted') return undefined;
		if (!isConnectionTrouble(error)) this.#refuse(what, error);
		onTrouble(error);
		return undefined;
	}

	/** Told once, and once more when it is given after all. */
	#refuse(what: InventoryKind | 'task', error: EngineError | undefined): void {
		const why = error && sentencesOf(error);
		if (this.#refused[what] === why) return;
		const {[what]: _former, ...others} = this.#refused;
		this.#refused = why === undefined ? others : {...others, [what]: why};
		this.#options.onChange({refused: this.#refused});
	}

	#take(event: EngineEvent): void {
		if (this.#shown.has('events')) {
			this.#events.push(event);
			if (this.#events.length > eventsAtMost) this.#events = this.#events.slice(-eventsAtMost);
		}
		this.#gathering ??= this.#options.clock.after(gatherMs, () => {
			this.#gathering = undefined;
			if (this.#shown.has('events')) this.#options.onChange({events: [...this.#events]});
			else this.#poller.wake();
		});
	}

	#hangUp(): void {
		this.#gathering?.cancel();
		this.#gathering = undefined;
		this.#stream?.close();
		this.#stream = undefined;
	}
}
