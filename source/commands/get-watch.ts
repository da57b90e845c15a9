import {setTimeout as delay} from 'node:timers/promises';
import type {SwarmClient} from '../engine/client.ts';
import type {Result} from '../runtime/result.ts';
import type {List} from './get-lists.ts';

/** `--watch`: reads a list again when something may have changed. */

type Watch = {
	readonly client: SwarmClient;
	readonly read: () => Promise<Result<List, string>>;
	readonly show: (list: List) => void;
	readonly complain: (problem: string) => void;
	/** Ends the watch. */
	readonly until: Promise<unknown>;
};

/** Tasks have no events, and counts change without any: these are asked for. */
const pollMs = 2000;
/** At most this part of the time goes into asking. */
const pollShare = 0.1;
/** Many events come together: one reading answers them all. */
const settleMs = 150;

/** An engine that goes away is said once, and waited for. */
export async function watch({client, read, show, complain, until}: Watch): Promise<void> {
	const bell = new Bell();
	const ear = new Ear(client, bell);
	let isOver = false;
	void until.then(() => {
		isOver = true;
		bell.ring();
	});
	let problem: string | undefined;
	let tookMs = 0;
	while (!isOver) {
		await ear.listen();
		await bell.rung(Math.max(pollMs, tookMs / pollShare));
		if (isOver) break;
		const startedAt = performance.now();
		const list = await read();
		tookMs = performance.now() - startedAt;
		if (list.ok) show(list.value);
		else if (problem === undefined) complain(list.error);
		problem = list.ok ? undefined : list.error;
	}
	ear.close();
}

/** Rings when an event of the swarm comes. */
class Ear {
	readonly #client: SwarmClient;
	readonly #bell: Bell;
	#close: (() => void) | undefined;

	constructor(client: SwarmClient, bell: Bell) {
		this.#client = client;
		this.#bell = bell;
	}

	/** Opens the stream of events unless it is open. Without one, polling has to do until the next try. */
	async listen(): Promise<void> {
		if (this.#close) return;
		const stream = await this.#client.events({
			filters: {scope: ['swarm']},
			onEvent: () => this.#bell.ring(settleMs),
		});
		if (!stream.ok) return;
		this.#close = () => stream.value.close();
		void stream.value.ended.then(() => {
			this.#close = undefined;
		});
	}

	close(): void {
		this.#close?.();
	}
}

/** Wakes one sleeper. A ring while nobody sleeps is heard by the next one. */
class Bell {
	#alarm = new AbortController();

	ring(inMs = 0): void {
		if (inMs === 0) this.#alarm.abort();
		else setTimeout(() => this.#alarm.abort(), inMs).unref();
	}

	async rung(atLatestMs: number): Promise<void> {
		const {signal} = this.#alarm;
		// The alarm ends the wait by an error, which is what it is for.
		await delay(atLatestMs, undefined, {signal}).catch((error: Error) => {
			if (error.name !== 'AbortError') throw error;
		});
		if (signal.aborted) this.#alarm = new AbortController();
	}
}
