/** What goes on in one container, as its engine tells it. */

export type HealthProbeResult = {
	/** Milliseconds since the epoch. */
	readonly start: number;
	readonly end: number;
	readonly exitCode: number;
	readonly output: string;
};

export type ExecOutcome = {readonly stdout: string; readonly stderr: string; readonly exitCode: number};

export type ExecAround = {
	/** `KEY=value`, beside the container's own. */
	readonly environment?: readonly string[];
	readonly directory?: string;
	/** All that it finds on its standard input. */
	readonly input?: string;
};

/** A shell that is typed into, line by line. */
export interface ShellSession {
	readonly prompt: string;
	readonly exitCode: number;
	readonly isOver: boolean;
	run(line: string): ExecOutcome;
	resize(columns: number, rows: number): void;
}

/** What a container has used since it started, and uses now. */
export type UsageNow = {
	/** Nanoseconds of CPU since the start. */
	readonly cpuNanoseconds: number;
	readonly memoryBytes: number;
	/** Of the scheduler's periods of 100 ms: all, and those in which a limit held the program back. */
	readonly periods: number;
	readonly throttledPeriods: number;
};
