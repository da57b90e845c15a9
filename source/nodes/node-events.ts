import type {NodeEvent} from '../cluster/entities/inside.ts';
import type {StreamHandle} from '../engine/client.ts';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Lease, NodeEngines} from './node-engines.ts';
import type {NodeSubject} from './subject.ts';

/** How containers end and what befalls them: what the swarm's own engine hears of its own containers alone. */
const heard = ['die', 'oom', 'kill', 'health_status'];
/** So many are kept of those that came, and so many engines are listened to at a time. */
const [keptAtMost, heardAtMost] = [500, 12];
/** A stream that broke is opened again, with what was missed meanwhile. */
const againMs = 5000;
/** Several at once are one change of the screen. */
const gatherMs = 200;

type Listening = {
	isOver: boolean;
	/** Seconds since the epoch up to which all is known. */
	since: number;
	lease: Lease | undefined;
	stream: StreamHandle | undefined;
	timer: TimerHandle | undefined;
};

/** Listens to the nodes' engines while somebody looks at the events: one stream each, and none otherwise. */
export class NodeEvents {
	readonly #engines: NodeEngines;
	readonly #clock: Clock;
	readonly #publish: (events: readonly NodeEvent[]) => void;
	readonly #open = new Map<string, Listening>();
	#events: readonly NodeEvent[] = [];
	#telling: TimerHandle | undefined;

	constructor(engines: NodeEngines, clock: Clock, publish: (events: readonly NodeEvent[]) => void) {
		this.#engines = engines;
		this.#clock = clock;
		this.#publish = publish;
	}

	/** To these from now on, and to no others. */
	listen(nodes: readonly NodeSubject[]): void {
		const wanted = new Map(nodes.slice(0, heardAtMost).map((node) => [node.id, node]));
		for (const id of [...this.#open.keys()]) if (!wanted.has(id)) this.#stop(id);
		for (const node of wanted.values()) {
			if (this.#open.has(node.id)) continue;
			const since = this.#clock.now() / 1000;
			const listening: Listening = {isOver: false, since, lease: undefined, stream: undefined, timer: undefined};
			this.#open.set(node.id, listening);
			void this.#hear(node, listening);
		}
	}

	stop(): void {
		this.#telling?.cancel();
		for (const id of [...this.#open.keys()]) this.#stop(id);
	}

	async #hear(node: NodeSubject, listening: Listening): Promise<void> {
		const lease = await this.#engines.lease(node);
		if (lease.ok) {
			listening.lease = lease.value;
			if (!listening.isOver) await this.#follow(node, listening, lease.value);
			lease.value.release();
			listening.lease = undefined;
		}
		if (listening.isOver) return;
		listening.timer = this.#clock.after(againMs, () => void this.#hear(node, listening));
	}

	async #follow(node: NodeSubject, listening: Listening, {engine}: Lease): Promise<void> {
		const stream = await engine.events({
			filters: {type: ['container'], event: heard},
			since: listening.since,
			onEvent: (event) => this.#take(node, listening, event),
		});
		if (!stream.ok) return;
		listening.stream = stream.value;
		if (listening.isOver) stream.value.close();
		await stream.value.ended;
		listening.stream = undefined;
	}

	#take({hostname}: NodeSubject, listening: Listening, event: EngineEvent): void {
		const at = event.timeNano ? event.timeNano / 1e9 : event.time;
		// An engine repeats what came in the very moment that it is asked from.
		listening.since = Math.max(listening.since, at + 1e-6);
		this.#events = [...this.#events, {node: toSafeText(hostname), event}].slice(-keptAtMost);
		this.#telling ??= this.#clock.after(gatherMs, () => {
			this.#telling = undefined;
			this.#publish(this.#events);
		});
	}

	#stop(id: string): void {
		const listening = this.#open.get(id);
		this.#open.delete(id);
		if (!listening) return;
		listening.isOver = true;
		listening.timer?.cancel();
		listening.stream?.close();
	}
}
