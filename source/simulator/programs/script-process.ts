import type {Files} from './files.ts';
import {type Ending, never, type Process, signalNumbers, type Tape} from './process.ts';
import {type Interruption, ScriptPlayer} from './script-player.ts';
import type {Routine} from './shell/routine.ts';

type ScriptOptions = {
	/**
	 * Begins the program anew on the files given. It must do the same each time. `deliver` hands the shell a signal and
	 * says whether it minds.
	 */
	readonly begin: (
		files: Files,
		elapsed: () => number,
	) => {readonly routine: Routine; readonly deliver: (signal: string) => boolean};
	/** The container's files as they were when the program began, a new copy at each call. */
	readonly initialFiles: () => Files;
	/** The container's files as they are now. */
	readonly files: () => Files;
	/** Whether the program may write files: only then are the container's kept up with it. */
	readonly writesFiles: boolean;
	/** Whether it may do anything about signals. */
	readonly heedsSignals: boolean;
	/** Process 1 of a container, which signals do not end by default. */
	readonly isInit: boolean;
};

/** A program told by a routine. It is played ahead on a copy of the files, to know what it will print and when it ends. */
export class ScriptProcess implements Process {
	readonly #options: ScriptOptions;
	readonly #interruptions: Interruption[] = [];
	#scout: ScriptPlayer;
	/** Plays on the container's own files, and never farther than now. */
	#live: ScriptPlayer | undefined;
	#askedTo = 0;
	#killed: {readonly at: number; readonly exitCode: number} | undefined;
	readonly tape: Tape;

	constructor(options: ScriptOptions) {
		this.#options = options;
		this.#scout = this.#newScout();
		this.tape = {
			lines: (from, until) => this.#scout.lines(from, until),
			nextAt: (from) => this.#nextLineAt(from),
		};
	}

	ending(): Ending {
		if (this.#killed) return {kind: 'exit', ...this.#killed};
		const scout = this.#scout;
		scout.lookAhead(this.#askedTo, () => scout.ending !== undefined);
		if (scout.ending) return {kind: 'exit', ...scout.ending};
		if (scout.isEndless) return never;
		this.#askedTo = Math.max(this.#askedTo + 1, scout.playedTo);
		return {kind: 'unknown', until: this.#askedTo};
	}

	signal(name: string, at: number): void {
		const {heedsSignals, isInit} = this.#options;
		if (heedsSignals) {
			this.#interruptions.push({signal: name, at});
			this.#live?.interrupt({signal: name, at});
			this.#scout = this.#newScout();
			this.#askedTo = at;
		} else if (!isInit && !harmless.has(name)) {
			this.#killed ??= {at, exitCode: 128 + (signalNumbers[name] ?? 15)};
		}
	}

	settle(at: number): void {
		if (!this.#options.writesFiles) return;
		this.#live ??= new ScriptPlayer(
			(elapsed) => this.#options.begin(this.#options.files(), elapsed),
			this.#interruptions,
		);
		// what happens at that very moment has happened
		this.#live.playTo(at + 0.01);
	}

	#newScout(): ScriptPlayer {
		return new ScriptPlayer(
			(elapsed) => this.#options.begin(this.#options.initialFiles(), elapsed),
			this.#interruptions,
		);
	}

	#nextLineAt(from: number): number | undefined {
		const scout = this.#scout;
		scout.lookAhead(from, () => scout.ending !== undefined || scout.firstLineAt(from) !== undefined);
		const next = scout.firstLineAt(from);
		if (next !== undefined || scout.ending || scout.isEndless) return next;
		return Math.max(from + 1, scout.playedTo);
	}
}

/** What a process survives by default. */
const harmless = new Set(['WINCH', 'CHLD', 'URG', 'CONT', 'STOP']);
