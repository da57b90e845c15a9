/**
 * What runs in a simulated container, as a function of time: what it prints, when and how it ends, what a signal does to
 * it. Output is made when somebody asks for it, so a container whose log nobody reads costs nothing.
 */

/** A line of output. All times of a process are milliseconds of the simulation's clock since its start. */
export type OutputLine = {
	/** Greater than that of the line before. */
	readonly at: number;
	readonly stream: 'stdout' | 'stderr';
	/** Without its newline. */
	readonly text: string;
	/** No newline followed: the last thing that a program printed. */
	readonly isOpen?: true;
};

/** All that a program prints, in order; the same however often and from wherever it is read. */
export interface Tape {
	/** The lines with `from` <= at < `until`. */
	lines(from: number, until: number): Iterable<OutputLine>;
	/** When the first line at or after `from` comes, or a time at which to ask again; undefined when none will come. */
	nextAt(from: number): number | undefined;
}

/** How a process ends by itself: `unknown` can be told for no later time than `until` and is to be asked again then. */
export type Ending =
	| {readonly kind: 'never'}
	| {readonly kind: 'exit'; readonly at: number; readonly exitCode: number}
	| {readonly kind: 'unknown'; readonly until: number};

export interface Process {
	readonly tape: Tape;
	ending(): Ending;
	/** A signal without its `SIG`, such as TERM; it may change the ending and the output after `at`. */
	signal(name: string, at: number): void;
	/** What the program has done to the container's files by then takes effect. */
	settle(at: number): void;
}

export const never: Ending = {kind: 'never'};

/** Longer than any simulation runs: what `sleep infinity` sleeps. */
export const forever = Number.POSITIVE_INFINITY;

export const emptyTape: Tape = {lines: () => [], nextAt: () => undefined};

/** What a signal does to a program by default; process 1 of a container is spared (pid_namespaces(7)). */
export type SignalReaction = {readonly afterMs: number; readonly exitCode: number} | 'ignored';

/** A process with a fixed tape that may end by itself and reacts to signals in a fixed way. */
export function simpleProcess({
	tape = emptyTape,
	ending = never,
	react = () => 'ignored',
}: {
	tape?: Tape;
	ending?: Ending;
	react?: (signal: string) => SignalReaction;
} = {}): Process {
	let current = ending;
	return {
		tape,
		ending: () => current,
		signal(name, at) {
			const reaction = react(name);
			if (reaction === 'ignored') return;
			const end = at + reaction.afterMs;
			if (current.kind !== 'exit' || current.at > end) current = {kind: 'exit', at: end, exitCode: reaction.exitCode};
		},
		settle: () => undefined,
	};
}

/** A tape of lines that are known already. */
export function fixedTape(lines: readonly OutputLine[]): Tape {
	return {
		lines: (from, until) => lines.slice(firstAtOrAfter(lines, from), firstAtOrAfter(lines, until)),
		nextAt: (from) => lines[firstAtOrAfter(lines, from)]?.at,
	};
}

/** The index of the first line at or after a time. */
export function firstAtOrAfter(lines: readonly OutputLine[], at: number): number {
	let low = 0;
	let high = lines.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((lines[middle]?.at ?? forever) < at) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The same tape, begun `offset` later. */
export function delayed(tape: Tape, offset: number): Tape {
	return {
		*lines(from, until) {
			// asked for a little more, because rounding may move a line over an edge of the window
			for (const line of tape.lines(Math.max(0, from - offset - 0.001), until - offset + 0.001)) {
				const at = line.at + offset;
				if (at >= from && at < until) yield {...line, at};
			}
		},
		nextAt(from) {
			const next = tape.nextAt(Math.max(0, from - offset));
			return next === undefined ? undefined : Math.max(from, next + offset);
		},
	};
}

/** How an exit by a signal reads: 128 + its number. */
export const signalNumbers: Readonly<Record<string, number>> = {
	HUP: 1,
	INT: 2,
	QUIT: 3,
	ABRT: 6,
	KILL: 9,
	USR1: 10,
	USR2: 12,
	PIPE: 13,
	ALRM: 14,
	TERM: 15,
	STOP: 19,
	WINCH: 28,
};

/** `SIGTERM`, `term` and `15` are all TERM; undefined for what is no signal. */
export function signalName(text: string): string | undefined {
	const name = text.toUpperCase().replace(/^SIG/, '');
	if (Object.hasOwn(signalNumbers, name)) return name;
	return Object.keys(signalNumbers).find((known) => String(signalNumbers[known]) === name);
}
