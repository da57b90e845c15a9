/** The state on disk: read once at the start, written a moment after each change and at the end. */
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {emptyState, formatState, parseState, type State} from './state.ts';

/** Many changes in a row (every letter of a filter) become one write. */
const settleMs = 2000;

/** The state in the file; the empty one where there is none that can be read. */
export async function readState(file: string): Promise<State> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	return text === undefined ? emptyState : parseState(text);
}

/**
 * Replaces the file as a whole: a reader, or a program that is killed meanwhile, finds the old state or the new one.
 * Fails with the system's error code: a state that can't be kept (a full disk, no home) is no reason to stop.
 */
export async function writeState(file: string, state: State): Promise<Result<void, string>> {
	const draft = `${file}.${process.pid}`;
	try {
		await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		await writeFile(draft, formatState(state), {mode: 0o600});
		await rename(draft, file);
		return ok(undefined);
	} catch (error) {
		await rm(draft, {force: true}).catch(() => undefined);
		return failed((error as NodeJS.ErrnoException).code ?? String(error));
	}
}

/** Keeps the file as the state is now. Of two programs that run at the same time, the one that writes last is remembered. */
export class StateKeeper {
	readonly #file: string | undefined;
	readonly #clock: Clock;
	#state: State;
	#written: State;
	#timer: TimerHandle | undefined;
	#writing: Promise<unknown> = Promise.resolve();

	/** @param file undefined: nothing outlives the program */
	constructor({
		file,
		state,
		clock,
	}: {
		readonly file: string | undefined;
		readonly state: State;
		readonly clock: Clock;
	}) {
		this.#file = file;
		this.#clock = clock;
		this.#state = state;
		this.#written = state;
	}

	get state(): State {
		return this.#state;
	}

	update(change: Partial<State>): void {
		this.#state = {...this.#state, ...change};
		if (this.#file === undefined) return;
		this.#timer ??= this.#clock.after(settleMs, () => void this.flush());
	}

	/** Writes now what has not been written; to be awaited before the program ends. */
	async flush(): Promise<void> {
		this.#timer?.cancel();
		this.#timer = undefined;
		const state = this.#state;
		const file = this.#file;
		if (file !== undefined && state !== this.#written) {
			this.#written = state;
			this.#writing = this.#writing.then(() => writeState(file, state));
		}
		await this.#writing;
	}
}
