/** How often the tasks of a service have been started again. */

/** Tasks that failed and were replaced, of the version that is meant to run. */
export type Restarts = {
	readonly count: number;
	/** When the first of them failed, in milliseconds since the epoch. */
	readonly since: number;
	/** Of the last of them; undefined where it had none. */
	readonly exitCode: number | undefined;
	/** It goes on: however well it looks at the moment, it has not run for long enough to be believed. */
	readonly isLoop: boolean;
};
