// A long file: one player is one state machine.
import {LineWriter} from './line-writer.ts';
import {delayed, firstAtOrAfter, fixedTape, forever, type OutputLine, type Tape} from './process.ts';
import type {Cycle, Routine, Step} from './shell/routine.ts';

/** A signal that a script got, in the process's own time. */
export type Interruption = {readonly signal: string; readonly at: number};

type Stretch = {readonly from: number; until: number; readonly tape: Tape};

type EndlessCycle = {readonly cycle: Cycle; readonly startedAt: number; readonly stretch: Stretch};

/** What is kept of what was printed, as a log file that is rotated; and how far ahead of a reader a script is played. */
const mostLinesKept = 5000;
const mostStretchesKept = 500;
const mostLinesAhead = 1000;
const mostStepsAhead = 20_000;
const farthestAheadMs = 3_600_000;

type Thread = {readonly routine: Routine; wakeAt: number; resumeWith: number; isWaiting: boolean; isMain: boolean};

/**
 * Plays a script's routine in its own time, as far ahead as somebody wants to know, and keeps what it printed. Played
 * twice with the same interruptions, it prints the same.
 */
export class ScriptPlayer {
	readonly #threads: Thread[] = [];
	readonly #stretches: Stretch[] = [];
	readonly #interruptions: Interruption[];
	readonly #deliver: (signal: string) => boolean;
	#lines: OutputLine[] = [];
	readonly #writer: LineWriter;
	#elapsed = 0;
	/** Everything before this is played. */
	#playedTo = 0;
	#ending: {readonly at: number; readonly exitCode: number} | undefined;
	/** A cycle or an endless program: nothing else will ever happen. */
	#isSettled = false;
	#endlessCycle: EndlessCycle | undefined;

	/**
	 * `begin` gets the clock that the routine is to ask. `deliver` hands a signal to the shell and says whether it has a
	 * trap for it.
	 */
	constructor(
		begin: (elapsed: () => number) => {readonly routine: Routine; readonly deliver: (signal: string) => boolean},
		interruptions: readonly Interruption[] = [],
	) {
		const {routine, deliver} = begin(() => this.#elapsed);
		this.#deliver = deliver;
		this.#interruptions = [...interruptions];
		this.#writer = new LineWriter((line) => this.#lines.push(line));
		this.#threads.push({routine, wakeAt: 0, resumeWith: 0, isWaiting: false, isMain: true});
		this.#openStretch(0);
	}

	/** Plays everything that happens before `until`. */
	playTo(until: number): void {
		while (this.#playedTo < until && this.#canGoOn) this.#playOne(until);
	}

	/** Plays on until the end is known, something was printed after `from`, or it has been looked far enough ahead. */
	lookAhead(from: number, isEnough: () => boolean): void {
		const until = from + farthestAheadMs;
		for (let steps = 0; steps < mostStepsAhead && this.#canGoOn && !isEnough(); steps++) {
			if (this.#playedTo >= until || this.#linesAfter(from) >= mostLinesAhead) return;
			this.#playOne(until);
		}
	}

	/** A signal that comes now: not before anything that has been played. */
	interrupt(interruption: Interruption): void {
		this.#interruptions.push(interruption);
	}

	get ending(): {readonly at: number; readonly exitCode: number} | undefined {
		return this.#ending;
	}

	get isEndless(): boolean {
		return this.#isSettled && !this.#ending;
	}

	get playedTo(): number {
		return this.#ending || this.#isSettled ? forever : this.#playedTo;
	}

	/** What was printed before `until`, from `from` on; plays up to there. */
	*lines(from: number, until: number): Generator<OutputLine> {
		this.playTo(until);
		for (const stretch of this.#stretches) {
			if (stretch.until <= from || stretch.from >= until) continue;
			yield* stretch.tape.lines(Math.max(from, stretch.from), Math.min(until, stretch.until));
		}
	}

	/** The first line at or after `from` among what is played. */
	firstLineAt(from: number): number | undefined {
		for (const stretch of this.#stretches) {
			if (stretch.until <= from) continue;
			const at = stretch.tape.nextAt(Math.max(from, stretch.from));
			if (at !== undefined && at < stretch.until) return at;
		}
		return undefined;
	}

	get #canGoOn(): boolean {
		return !this.#ending && (!this.#isSettled || this.#interruptions.length > 0);
	}

	#linesAfter(at: number): number {
		return this.#lines.length - firstAtOrAfter(this.#lines, at);
	}

	/** The next thing that happens: a signal comes, or the thread that wakes first goes on. */
	#playOne(until: number): void {
		const [interruption] = this.#interruptions;
		const thread = this.#nextThread();
		const wakeAt = thread?.wakeAt ?? forever;
		if (interruption && interruption.at <= wakeAt) {
			if (interruption.at >= until) this.#rest(until);
			else this.#interrupt(interruption);
		} else if (!thread || wakeAt === forever) this.#isSettled = true;
		else if (wakeAt >= until) this.#rest(until);
		else this.#resume(thread);
	}

	#rest(until: number): void {
		this.#playedTo = Math.max(this.#playedTo, until);
	}

	#nextThread(): Thread | undefined {
		let next: Thread | undefined;
		for (const thread of this.#threads) if (!next || thread.wakeAt < next.wakeAt) next = thread;
		return next;
	}

	#interrupt(interruption: Interruption): void {
		if (this.#endlessCycle) {
			this.#leaveCycle(this.#endlessCycle, interruption.at);
			return;
		}
		this.#interruptions.shift();
		this.#elapsed = Math.max(this.#elapsed, interruption.at);
		this.#playedTo = this.#elapsed;
		if (!this.#deliver(interruption.signal)) return;
		for (const thread of this.#threads) if (thread.isWaiting && thread.isMain) this.#wake(thread);
	}

	#wake(thread: Thread): void {
		thread.isWaiting = false;
		thread.wakeAt = this.#elapsed;
	}

	/** Goes on step by step from the round that the interruption will fall into. */
	#leaveCycle({cycle, startedAt, stretch}: EndlessCycle, at: number): void {
		const rounds = Math.max(0, Math.floor((at - startedAt) / cycle.periodMs));
		this.#endlessCycle = undefined;
		this.#isSettled = false;
		stretch.until = startedAt + rounds * cycle.periodMs;
		this.#elapsed = stretch.until;
		this.#openStretch(stretch.until);
		for (const thread of this.#threads) {
			if (!thread.isMain) continue;
			thread.resumeWith = rounds;
			thread.wakeAt = stretch.until;
		}
	}

	#resume(thread: Thread): void {
		this.#elapsed = Math.max(this.#elapsed, thread.wakeAt);
		this.#playedTo = Math.max(this.#playedTo, this.#elapsed);
		const result = advance(thread.routine, thread.resumeWith);
		thread.resumeWith = 0;
		if (result.done) this.#finish(thread, result.value);
		else this.#take(thread, result.value);
	}

	#take(thread: Thread, step: Step): void {
		switch (step.kind) {
			case 'print':
				this.#writer.print(step.stream, step.text, this.#elapsed);
				this.#elapsed = Math.max(this.#elapsed, this.#writer.lastAt);
				thread.wakeAt = this.#elapsed;
				this.#forgetOldLines();
				return;
			case 'pause':
				thread.wakeAt = this.#elapsed + step.ms;
				return;
			case 'spawn':
				this.#threads.push({
					routine: step.routine,
					wakeAt: this.#elapsed,
					resumeWith: 0,
					isWaiting: false,
					isMain: false,
				});
				return;
			case 'wait':
				if (this.#threads.length > 1) {
					thread.isWaiting = true;
					thread.wakeAt = forever;
				}
				return;
			case 'process':
				this.#follow(thread, step);
				return;
			case 'cycle':
				this.#enterCycle(thread, step.cycle);
		}
	}

	#follow(thread: Thread, {process, replaces}: Extract<Step, {kind: 'process'}>): void {
		const startedAt = this.#elapsed;
		if (replaces) {
			for (const {signal, at} of this.#interruptions.splice(0)) process.signal(signal, at - startedAt);
		}
		const ending = process.ending();
		const end = ending.kind === 'exit' ? startedAt + ending.at : forever;
		this.#closeStretch(startedAt);
		this.#stretches.push({from: startedAt, until: end, tape: delayed(process.tape, startedAt)});
		thread.wakeAt = end;
		if (ending.kind === 'exit') {
			thread.resumeWith = ending.exitCode;
			this.#openStretch(end);
		} else if (thread.isMain) this.#isSettled = true;
	}

	#enterCycle(thread: Thread, cycle: Cycle): void {
		// a cycle is told without the rest of the script: it must be alone, and no line may be half written
		if (this.#threads.length > 1 || this.#writer.isOpen) {
			thread.resumeWith = refused;
			return;
		}
		const startedAt = this.#elapsed;
		this.#closeStretch(startedAt);
		const stretch = {from: startedAt, until: forever, tape: cycleTape(cycle, startedAt)};
		this.#stretches.push(stretch);
		this.#endlessCycle = {cycle, startedAt, stretch};
		this.#isSettled = true;
		thread.wakeAt = forever;
	}

	#finish(thread: Thread, exitCode: number): void {
		this.#threads.splice(this.#threads.indexOf(thread), 1);
		if (!thread.isMain) {
			const main = this.#threads.find(({isMain}) => isMain);
			if (main?.isWaiting && this.#threads.length === 1) this.#wake(main);
			return;
		}
		this.#writer.close(this.#elapsed);
		this.#ending = {at: this.#elapsed, exitCode};
	}

	#openStretch(from: number): void {
		this.#lines = [];
		this.#stretches.push({from, until: forever, tape: fixedTape(this.#lines)});
	}

	#closeStretch(until: number): void {
		const last = this.#stretches.at(-1);
		// lines that share a moment are put a little later one by one: the last may lie behind the stretch's end
		if (last) last.until = Math.max(until, (this.#lines.at(-1)?.at ?? -1) + 0.0005);
	}

	#forgetOldLines(): void {
		if (this.#lines.length > 2 * mostLinesKept) this.#lines.splice(0, mostLinesKept);
		if (this.#stretches.length > 2 * mostStretchesKept) this.#stretches.splice(0, mostStretchesKept);
	}
}

/** The next step; a script that calls itself without end dies of it as a program would. */
function advance(routine: Routine, value: number): IteratorResult<Step, number> {
	try {
		return routine.next(value);
	} catch (error) {
		if (error instanceof RangeError) return {done: true, value: segmentationFault};
		throw error;
	}
}

const segmentationFault = 139;

/** Instead of a number of rounds: the cycle was not taken up. */
const refused = -1;

/** The tape of a cycle that began at `startedAt`. */
function cycleTape({periodMs, round}: Cycle, startedAt: number): Tape {
	const roundAt = (at: number) => Math.max(0, Math.floor((at - startedAt) / periodMs) - 1);
	return {
		*lines(from, until) {
			for (let n = roundAt(from); startedAt + n * periodMs < until; n++) {
				const began = startedAt + n * periodMs;
				for (const line of round(n)) {
					const at = began + line.at;
					if (at >= from && at < until) yield {...line, at};
				}
			}
		},
		nextAt(from) {
			const first = roundAt(from);
			// a round that prints nothing now may print later, but a hundred of them are looked through at most
			for (let n = first; n < first + 100; n++) {
				for (const line of round(n)) {
					const at = startedAt + n * periodMs + line.at;
					if (at >= from) return at;
				}
			}
			return startedAt + (first + 100) * periodMs;
		},
	};
}
