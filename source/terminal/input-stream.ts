/** Turns the bytes of a terminal's input into events, with the little patience that a lone ESC needs. */
import {StringDecoder} from 'node:string_decoder';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {type Held, InputDecoder} from './input-decoder.ts';
import type {InputEvent} from './input-events.ts';

/**
 * How long to wait before what is held counts as complete, in milliseconds. A terminal sends a sequence in one go, but
 * the network may part it; tmux and vim wait as long for ESC.
 */
const patienceMs: Readonly<Record<Exclude<Held, 'nothing'>, number>> = {escape: 25, alt: 100, answer: 500};

export type InputSource = {
	on(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
	off(event: 'data', listener: (chunk: Buffer | string) => void): unknown;
};

/** Reads `source` until {@link close}; every event goes to `onEvent`, in order. */
export class InputStream {
	readonly #source: InputSource;
	readonly #onEvent: (event: InputEvent) => void;
	readonly #clock: Clock;
	readonly #decoder = new InputDecoder();
	/** A character's bytes may come in two chunks. */
	readonly #characters = new StringDecoder('utf8');
	#timer: TimerHandle | undefined;

	constructor({source, onEvent, clock}: {source: InputSource; onEvent: (event: InputEvent) => void; clock: Clock}) {
		this.#source = source;
		this.#onEvent = onEvent;
		this.#clock = clock;
		source.on('data', this.#read);
	}

	close(): void {
		this.#timer?.cancel();
		this.#source.off('data', this.#read);
	}

	readonly #read = (chunk: Buffer | string): void => {
		this.#timer?.cancel();
		const text = typeof chunk === 'string' ? chunk : this.#characters.write(chunk);
		this.#send(this.#decoder.push(text));
		const held = this.#decoder.held;
		if (held !== 'nothing') this.#timer = this.#clock.after(patienceMs[held], this.#giveUp);
	};

	readonly #giveUp = (): void => {
		this.#send(this.#decoder.giveUp());
	};

	#send(events: readonly InputEvent[]): void {
		for (const event of events) this.#onEvent(event);
	}
}
