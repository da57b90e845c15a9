import type {Files} from '../files.ts';
import type {OutputLine, Process} from '../process.ts';

/**
 * A command as a routine: a generator that hands out what it prints and how long it takes, so that whoever drives it owns
 * the time. It ends with its exit status.
 */
export type Routine = Generator<Step, number, number>;

export type Step =
	| {readonly kind: 'print'; readonly stream: OutputLine['stream']; readonly text: string}
	| {readonly kind: 'pause'; readonly ms: number}
	/** A program that runs in the foreground; the driver resumes with its exit status. `replaces`: exec. */
	| {readonly kind: 'process'; readonly process: Process; readonly replaces: boolean}
	/** Something that goes on in the background. */
	| {readonly kind: 'spawn'; readonly routine: Routine}
	/** Waits until nothing goes on in the background, or a signal comes. */
	| {readonly kind: 'wait'}
	/**
	 * A loop that goes on for ever in equal steps; the driver resumes with the number of rounds when it has to stop, or
	 * with -1 when it would rather have it step by step.
	 */
	| {readonly kind: 'cycle'; readonly cycle: Cycle};

/** A loop without end whose n-th round can be told without running the ones before. */
export type Cycle = {
	readonly periodMs: number;
	/** What the n-th round prints, with times from the beginning of the round. */
	readonly round: (n: number) => readonly OutputLine[];
};

/** What a program finds around it. */
export type Surroundings = {
	readonly files: Files;
	/** When the process began, in milliseconds since the Unix epoch. */
	readonly startedAt: number;
	/** Milliseconds that have passed for the process since. */
	readonly elapsed: () => number;
	readonly hostname: string;
	/** A number in [0, 1) for what is asked, the same at every run. */
	readonly fraction: (context: string) => number;
	readonly memoryBytes: number;
	/** Where a name of the network leads: addresses, none when nobody has it. */
	readonly resolve: (name: string) => readonly string[];
	/** The body that a server answers `http://host:port/path` with; undefined when nobody listens. */
	readonly fetch: (
		host: string,
		port: number,
		path: string,
	) => {readonly status: number; readonly body: string} | undefined;
	/** A program of the image by the name it is called with; undefined when there is none. */
	readonly program: (name: string) => Program | undefined;
};

export type Call = {
	/** The program's name and its arguments. */
	readonly argv: readonly string[];
	readonly environment: ReadonlyMap<string, string>;
	readonly directory: string;
	readonly stdin: Input;
	readonly around: Surroundings;
};

/** What a program can still read from its standard input. */
export type Input = {text: string};

export type Program = (call: Call) => Routine;

export const print = (text: string): Step => ({kind: 'print', stream: 'stdout', text});
export const printError = (text: string): Step => ({kind: 'print', stream: 'stderr', text});

// biome-ignore lint/correctness/useYield: a routine that does nothing takes no step
export function* nothing(): Routine {
	return 0;
}

/** Marks the first foreground program of a routine as taking the shell's place. */
export function* replacing(routine: Routine): Routine {
	for (let result = routine.next(0); ; ) {
		if (result.done) return result.value;
		const step = result.value;
		result = routine.next(yield step.kind === 'process' ? {...step, replaces: true} : step);
	}
}
