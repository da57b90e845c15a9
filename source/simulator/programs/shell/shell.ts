import {ArithmeticError} from './arithmetic.ts';
import {builtins} from './builtins.ts';
import {steadyCycle} from './cycle.ts';
import {ExpansionError, expandFields, expandText, patternSource} from './expansion.ts';
import {type Interpreter, Leave} from './interpreter.ts';
import {captured, redirected} from './redirection.ts';
import {type Input, nothing, printError, type Routine, replacing, type Step, type Surroundings} from './routine.ts';
import {countCommands, isSteady} from './steady.ts';
import type {AndOr, Case, Command, For, If, Loop, Pipeline, Script, Simple} from './syntax.ts';

/** What a round of a loop takes besides its pauses, and each command in it: 20 and 30 µs. */
const roundMs = 0.02;
const commandMs = 0.03;

/**
 * A shell with its variables, as `sh` is one: runs parsed scripts as routines. One class, and so a long file: each kind of
 * command may hold all the others.
 */
export class Shell implements Interpreter {
	readonly around: Surroundings;
	readonly variables: Map<string, string>;
	readonly exported: Set<string>;
	readonly functions: Map<string, Command>;
	readonly traps: Map<string, string>;
	readonly options = new Set<string>();
	/** Signals that came and whose traps have not run yet: filled by the driver. */
	readonly pendingSignals: string[];
	positional: readonly string[];
	readonly name: string;
	directory = '/';
	status = 0;
	stdin: Input = {text: ''};
	/** Inside a pipe or a substitution a loop cannot go on for ever unseen. */
	isCaptured = false;

	constructor(
		around: Surroundings,
		options: {environment: Iterable<readonly [string, string]>; name: string; positional: readonly string[]},
	) {
		this.around = around;
		this.variables = new Map(options.environment);
		this.exported = new Set(this.variables.keys());
		this.functions = new Map();
		this.traps = new Map();
		this.pendingSignals = [];
		this.name = options.name;
		this.positional = options.positional;
	}

	/** A subshell: what it changes stays its own. */
	fork(around: Surroundings = this.around): Shell {
		const child = new Shell(around, {environment: this.variables, name: this.name, positional: this.positional});
		child.exported.clear();
		for (const name of this.exported) child.exported.add(name);
		for (const [name, body] of this.functions) child.functions.set(name, body);
		for (const option of this.options) child.options.add(option);
		child.directory = this.directory;
		child.status = this.status;
		child.stdin = this.stdin;
		child.isCaptured = this.isCaptured;
		return child;
	}

	/** Runs a script to its end; `exit` ends it too. */
	*run(script: Script): Routine {
		let status: number;
		try {
			status = yield* this.list(script);
			status = yield* this.#runTraps(status);
		} catch (error) {
			if (!(error instanceof Leave) || error.what !== 'exit') throw error;
			status = error.amount;
		}
		const atExit = this.traps.get('EXIT');
		this.traps.delete('EXIT');
		if (atExit) yield* this.#runTrap(atExit);
		return status;
	}

	*list(script: Script): Routine {
		for (const item of script) {
			yield* this.#runTraps(this.status);
			this.status = item.isBackground ? yield* this.#background(item) : yield* this.#andOr(item);
		}
		return this.status;
	}

	parameter(name: string): string | undefined {
		if (/^[1-9][0-9]*$/.test(name)) return this.positional[Number(name) - 1];
		switch (name) {
			case '0':
				return this.name;
			case '#':
				return String(this.positional.length);
			case '@':
			case '*':
				return this.positional.join(' ');
			case '?':
				return String(this.status);
			case '$':
				return '1';
			case '!':
				return '7';
			case '-':
				return [...this.options].join('');
			case 'RANDOM':
				return String(Math.floor(this.around.fraction(`random/${this.around.elapsed()}`) * 32768));
			case 'PWD':
				return this.directory;
			default:
				return this.variables.get(name);
		}
	}

	assign(name: string, value: string): void {
		if (value.length > this.around.memoryBytes) throw new Leave('exit', 137);
		this.variables.set(name, value);
	}

	*substitute(script: Script): Generator<Step, string, number> {
		const child = this.fork();
		child.isCaptured = true;
		const output = {text: ''};
		this.status = yield* captured(child.run(script), output);
		return output.text.replace(/\n+$/, '');
	}

	/** What programs see as their environment. */
	environment(extra: Iterable<readonly [string, string]> = []): Map<string, string> {
		const environment = new Map<string, string>();
		for (const name of this.exported) environment.set(name, this.variables.get(name) ?? '');
		for (const [name, value] of extra) environment.set(name, value);
		return environment;
	}

	*#background(item: AndOr): Routine {
		const child = this.fork();
		child.isCaptured = true;
		yield {kind: 'spawn', routine: child.run([{...item, isBackground: false}])};
		return 0;
	}

	*#andOr({first, rest}: AndOr): Routine {
		let status = yield* this.#pipeline(first);
		for (const {operator, pipeline} of rest) {
			if ((status === 0) === (operator === '&&')) status = yield* this.#pipeline(pipeline);
			this.status = status;
		}
		if (status !== 0 && rest.length === 0 && this.options.has('e') && !first.isNegated && !this.#isTested) {
			throw new Leave('exit', status);
		}
		return status;
	}

	/** Conditions may fail without ending a shell with `set -e`. */
	#isTested = false;

	*#condition(script: Script): Routine {
		const before = this.#isTested;
		this.#isTested = true;
		try {
			return yield* this.list(script);
		} finally {
			this.#isTested = before;
		}
	}

	*#pipeline({isNegated, commands}: Pipeline): Routine {
		const status =
			commands.length === 1 && commands[0] ? yield* this.command(commands[0]) : yield* this.#pipe(commands);
		return isNegated ? Number(status === 0) : status;
	}

	/** Each command reads what the one before it has printed in all. */
	*#pipe(commands: readonly Command[]): Routine {
		let text = '';
		let status = 0;
		for (const [index, command] of commands.entries()) {
			const child = this.fork();
			child.stdin = index === 0 ? this.stdin : {text};
			child.isCaptured = true;
			const routine = child.run([{first: {isNegated: false, commands: [command]}, rest: [], isBackground: false}]);
			if (index === commands.length - 1) status = yield* routine;
			else {
				const output = {text: ''};
				yield* captured(routine, output);
				text = output.text;
			}
		}
		return status;
	}

	*command(command: Command): Routine {
		try {
			this.status = yield* this.#dispatch(command);
		} catch (error) {
			if (!(error instanceof ExpansionError || error instanceof ArithmeticError)) throw error;
			yield printError(`${this.name}: ${error.message}\n`);
			throw new Leave('exit', 2);
		}
		return this.status;
	}

	*#dispatch(command: Command): Routine {
		switch (command.kind) {
			case 'simple':
				return yield* this.#simple(command);
			case 'function':
				this.functions.set(command.name, command.body);
				return 0;
			default: {
				if (command.redirects.length === 0) return yield* this.#compound(command);
				return yield* redirected(this, command.redirects, () => this.#compound(command));
			}
		}
	}

	*#compound(command: Exclude<Command, {kind: 'simple' | 'function'}>): Routine {
		switch (command.kind) {
			case 'loop':
				return yield* this.#loop(command);
			case 'for':
				return yield* this.#for(command);
			case 'if':
				return yield* this.#if(command);
			case 'case':
				return yield* this.#case(command);
			default:
				return yield* command.isSubshell ? this.fork().run(command.body) : this.list(command.body);
		}
	}

	*#loop(loop: Loop): Routine {
		const costMs = roundMs + commandMs * countCommands(loop.body);
		let status = 0;
		let steadyRounds = isSteady(loop) && !this.isCaptured ? 0 : Number.NaN;
		for (;;) {
			const startedAt = this.around.elapsed();
			const condition = yield* this.#condition(loop.condition);
			if ((condition === 0) === loop.isUntil) return status;
			const left = yield* this.#round(loop.body);
			if (left === 'break') return 0;
			status = this.status;
			yield {kind: 'pause', ms: costMs};
			yield* this.#runTraps(status);
			// two rounds are run as any others; what they have in common tells all that follow
			if (steadyRounds === 1) {
				const isTaken = yield* steadyCycle(this, loop.body, this.around.elapsed() - startedAt);
				steadyRounds = isTaken ? 0 : Number.NaN;
			} else steadyRounds++;
		}
	}

	*#for(loop: For): Routine {
		const values: string[] = [];
		if (!loop.words) values.push(...this.positional);
		for (const word of loop.words ?? []) values.push(...(yield* expandFields(word, this)));
		const costMs = roundMs + commandMs * countCommands(loop.body);
		let status = 0;
		for (const value of values) {
			this.assign(loop.variable, value);
			if ((yield* this.#round(loop.body)) === 'break') return 0;
			status = this.status;
			yield {kind: 'pause', ms: costMs};
		}
		return status;
	}

	/** One round of a loop's body. */
	*#round(body: Script): Generator<Step, 'next' | 'break', number> {
		try {
			yield* this.list(body);
			return 'next';
		} catch (error) {
			if (!(error instanceof Leave) || (error.what !== 'break' && error.what !== 'continue')) throw error;
			if (error.amount > 1) throw new Leave(error.what, error.amount - 1);
			return error.what === 'break' ? 'break' : 'next';
		}
	}

	*#if({branches, otherwise}: If): Routine {
		for (const {condition, body} of branches) {
			if ((yield* this.#condition(condition)) === 0) return yield* this.list(body);
		}
		this.status = 0;
		return otherwise ? yield* this.list(otherwise) : 0;
	}

	*#case({subject, branches}: Case): Routine {
		const text = yield* expandText(subject, this);
		for (const {patterns, body} of branches) {
			for (const pattern of patterns) {
				const source = patternSource(yield* expandText(pattern, this));
				if (new RegExp(`^${source}$`, 's').test(text)) return yield* this.list(body);
			}
		}
		return 0;
	}

	*#simple(command: Simple): Routine {
		const words: string[] = [];
		for (const word of command.words) words.push(...(yield* expandFields(word, this)));
		const assignments: [string, string][] = [];
		for (const {name, value} of command.assignments) assignments.push([name, yield* expandText(value, this)]);
		if (words.length === 0) {
			for (const [name, value] of assignments) this.assign(name, value);
			if (command.redirects.length > 0) return yield* redirected(this, command.redirects, () => nothing());
			return command.assignments.length > 0 ? 0 : this.status;
		}
		if (command.redirects.length === 0) return yield* this.invoke(words, assignments);
		return yield* redirected(this, command.redirects, () => this.invoke(words, assignments));
	}

	/** Runs a function, a builtin or a program of the image. */
	*invoke(words: readonly string[], assignments: readonly (readonly [string, string])[] = []): Routine {
		const [name = '', ...parameters] = words;
		const body = this.functions.get(name);
		if (body) return yield* this.#callFunction(body, parameters);
		const builtin = builtins[name];
		if (builtin) {
			for (const [variable, value] of assignments) this.assign(variable, value);
			return yield* builtin(this, parameters);
		}
		return yield* this.execute(words, assignments, false);
	}

	/** Runs a program of the image; `replaces` for exec. */
	*execute(words: readonly string[], assignments: readonly (readonly [string, string])[], replaces: boolean): Routine {
		const [name = ''] = words;
		const program = this.around.program(name);
		if (!program) {
			yield printError(`${this.name}: ${name}: not found\n`);
			if (replaces) throw new Leave('exit', 127);
			return 127;
		}
		const {around, directory, stdin} = this;
		const routine = program({argv: words, environment: this.environment(assignments), directory, stdin, around});
		if (!replaces) return yield* routine;
		throw new Leave('exit', yield* replacing(routine));
	}

	*#callFunction(body: Command, parameters: readonly string[]): Routine {
		const outer = this.positional;
		this.positional = parameters;
		try {
			return yield* this.command(body);
		} catch (error) {
			if (error instanceof Leave && error.what === 'return') return error.amount;
			throw error;
		} finally {
			this.positional = outer;
		}
	}

	*#runTraps(status: number): Routine {
		for (let signal = this.pendingSignals.shift(); signal; signal = this.pendingSignals.shift()) {
			const action = this.traps.get(signal);
			if (action) yield* this.#runTrap(action);
		}
		return status;
	}

	*#runTrap(action: string): Routine {
		return yield* builtins['eval']?.(this, [action]) ?? nothing();
	}
}
