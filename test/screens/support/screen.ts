/** What tests ask of a screen, wherever its program runs: look at it, press keys, wait until it shows something. */
import {setTimeout as delay} from 'node:timers/promises';
import {Emulator, type EmulatorOptions} from './emulator.ts';
import {afterEscapeMs, keyBytes, mouseBytes} from './keys.ts';
import {runsOf, type StyleRun} from './style-runs.ts';

type WaitOptions = {
	/** Default 20,000: long, because a busy machine is no failure. Give a shorter one where being quick is the claim. */
	readonly deadlineMs?: number;
	/** What is waited for, for the failure's message. */
	readonly what?: string;
};

export type Condition = RegExp | string | ((screen: Screen) => boolean);

/** Conditions that depend on more than the screen are looked at again this often. */
const recheckMs = 50;

export abstract class Screen {
	readonly emulator: Emulator;
	#bytes = 0;
	#markedBytes = 0;
	#changed = Promise.withResolvers<void>();
	/** The emulator takes bytes in by and by; this is done when all that have come so far are on the screen. */
	#taken: Promise<void> = Promise.resolve();

	constructor(options: EmulatorOptions) {
		this.emulator = new Emulator(options);
	}

	/** Sends bytes as if typed. */
	protected abstract send(bytes: string): void;

	/** Ends the program, if it hasn't ended. */
	abstract close(): Promise<void>;

	/** For the program's side: it wrote these bytes. */
	protected receive(bytes: string): void {
		this.#bytes += Buffer.byteLength(bytes);
		this.#taken = this.emulator.write(bytes).then(() => {
			this.#changed.resolve();
			this.#changed = Promise.withResolvers();
		});
	}

	/** All rows, without blanks at their ends. */
	text(): string {
		return this.emulator.text();
	}

	/** Row `y`, zero-based; negative counts from the bottom. */
	row(y: number): string {
		return this.emulator.row(y < 0 ? this.emulator.rows + y : y);
	}

	/** Row `y` in pieces of one style each. Styles are SGR parameters: `1;32` is bold green. */
	styles(y: number): StyleRun[] {
		return runsOf(this.emulator.cells(y < 0 ? this.emulator.rows + y : y));
	}

	/** The style of the first cell of `text`, where it first stands on the screen; undefined when it doesn't. */
	styleOf(text: string): string | undefined {
		for (let y = 0; y < this.emulator.rows; y++) {
			const cells = this.emulator.cells(y);
			const offset = cells
				.map((cell) => cell.text)
				.join('')
				.indexOf(text);
			if (offset < 0) continue;
			let length = 0;
			return cells.find((cell) => {
				length += cell.text.length;
				return length > offset;
			})?.style;
		}
		return undefined;
	}

	/** Bytes that the program has written to the terminal since the last {@link mark}. */
	get bytes(): number {
		return this.#bytes - this.#markedBytes;
	}

	mark(): void {
		this.#markedBytes = this.#bytes;
	}

	/** Presses keys one after the other: `press('j', 'Enter', 'ctrl-d')`. */
	async press(...chords: readonly string[]): Promise<void> {
		for (const chord of chords) {
			this.send(keyBytes(chord));
			if (/^esc(?:ape)?$/i.test(chord)) await delay(afterEscapeMs);
		}
	}

	/** Types a text, as fast as a program may send it. */
	type(text: string): void {
		this.send(text);
	}

	/** Pastes a text, marked as a paste as terminals do. */
	paste(text: string): void {
		this.send(`\u001b[200~${text}\u001b[201~`);
	}

	mouse(action: 'press' | 'release' | 'wheel-up' | 'wheel-down', x: number, y: number): void {
		this.send(mouseBytes(action, x, y));
	}

	/** Resolves when the condition holds; fails with the whole screen when it does not within the deadline. */
	async waitFor(
		condition: Condition,
		{deadlineMs = 20_000, what = String(condition)}: WaitOptions = {},
	): Promise<void> {
		const deadline = performance.now() + deadlineMs;
		for (;;) {
			await this.#taken;
			if (this.#holds(condition)) return;
			const leftMs = deadline - performance.now();
			if (leftMs <= 0)
				throw new Error(`not within ${deadlineMs} ms: ${what}\nthe screen shows:\n${framed(this.text())}`);
			await Promise.race([this.#changed.promise, delay(Math.min(leftMs, recheckMs))]);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	#holds(condition: Condition): boolean {
		if (typeof condition === 'function') return condition(this);
		return typeof condition === 'string' ? this.text().includes(condition) : condition.test(this.text());
	}
}

function framed(text: string): string {
	return text
		.split('\n')
		.map((line) => `  | ${line}`)
		.join('\n');
}
