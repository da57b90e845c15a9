import type {Scope} from './expansion.ts';
import type {Input, Routine, Surroundings} from './routine.ts';
import type {Command, Script} from './syntax.ts';

/** A shell that runs, as builtins, redirections and loops see it: what they read of it, change and have it do. */
export interface Interpreter extends Scope {
	readonly around: Surroundings;
	readonly variables: Map<string, string>;
	readonly exported: Set<string>;
	readonly functions: Map<string, Command>;
	readonly traps: Map<string, string>;
	readonly options: Set<string>;
	positional: readonly string[];
	readonly name: string;
	directory: string;
	readonly status: number;
	stdin: Input;
	/** A subshell: what it changes stays its own. */
	fork(around?: Surroundings): Interpreter;
	list(script: Script): Routine;
	/** Runs a function, a builtin or a program of the image. */
	invoke(words: readonly string[]): Routine;
	/** Runs a program of the image; `replaces` for exec. */
	execute(words: readonly string[], assignments: readonly (readonly [string, string])[], replaces: boolean): Routine;
}

/** What ends more than one command: thrown through the routines. */
export class Leave extends Error {
	readonly what: 'exit' | 'return' | 'break' | 'continue';
	/** The status of exit and return, the number of loops of break and continue. */
	readonly amount: number;

	constructor(what: Leave['what'], amount: number) {
		super(what);
		this.what = what;
		this.amount = amount;
	}
}
