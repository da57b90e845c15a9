import type {StreamHandle, SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {EngineEvent} from '../../wire/event.ts';

/** The engine's events as what to fetch: objects that changed, objects that are gone. Many at once come as one batch. */

type Dirt = {readonly changed: readonly string[]; readonly removed: readonly string[]};
export type EventBatch = {readonly nodes: Dirt; readonly services: Dirt};

type EventFeedOptions = {
	readonly client: SwarmClient;
	readonly clock: Clock;
	readonly onBatch: (batch: EventBatch) => void;
	/** The stream has ended, which says that something is wrong with the engine or the way to it. */
	readonly onEnd: (error: EngineError | undefined) => void;
};

/** One write to the swarm makes several events within milliseconds. */
const gatherMs = 100;

export class EventFeed {
	readonly #options: EventFeedOptions;
	#handle: StreamHandle | undefined;
	#newest = 0;
	#gathering: TimerHandle | undefined;
	#changed = {node: new Set<string>(), service: new Set<string>()};
	#removed = {node: new Set<string>(), service: new Set<string>()};
	#generation = 0;

	constructor(options: EventFeedOptions) {
		this.#options = options;
	}

	/** Opens the stream, from the last event seen on if there was one. Gives the error if it can't be had. */
	async open(signal: AbortSignal): Promise<EngineError | undefined> {
		this.close();
		const generation = ++this.#generation;
		const opened = await this.#options.client.events({
			signal,
			filters: {type: ['node', 'service']},
			...(this.#newest > 0 ? {since: this.#newest} : {}),
			onEvent: (event) => this.#take(event),
		});
		if (!opened.ok) return opened.error;
		if (generation !== this.#generation) {
			opened.value.close();
			return undefined;
		}
		this.#handle = opened.value;
		void opened.value.ended.then((error) => {
			if (generation === this.#generation && error?.kind !== 'aborted') this.#options.onEnd(error);
		});
		return undefined;
	}

	close(): void {
		this.#generation++;
		this.#handle?.close();
		this.#handle = undefined;
		this.#gathering?.cancel();
		this.#gathering = undefined;
	}

	#take(event: EngineEvent): void {
		this.#newest = Math.max(this.#newest, event.time);
		const kind = event.Type;
		if (kind !== 'node' && kind !== 'service') return;
		const {ID: id} = event.Actor;
		if (event.Action === 'remove') {
			this.#changed[kind].delete(id);
			this.#removed[kind].add(id);
		} else this.#changed[kind].add(id);
		this.#gathering ??= this.#options.clock.after(gatherMs, () => this.#flush());
	}

	#flush(): void {
		this.#gathering = undefined;
		const dirt = (kind: 'node' | 'service'): Dirt => ({
			changed: [...this.#changed[kind]],
			removed: [...this.#removed[kind]],
		});
		const batch = {nodes: dirt('node'), services: dirt('service')};
		this.#changed = {node: new Set(), service: new Set()};
		this.#removed = {node: new Set(), service: new Set()};
		this.#options.onBatch(batch);
	}
}
