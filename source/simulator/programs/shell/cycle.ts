import {LineWriter} from '../line-writer.ts';
import type {OutputLine} from '../process.ts';
import type {Interpreter} from './interpreter.ts';
import type {Step} from './routine.ts';
import {assignedIn, countedBy} from './steady.ts';
import type {Script} from './syntax.ts';

/**
 * Offers a steady loop as a cycle from here on. When the driver has taken rounds out of it, the variables are set to what
 * they are after those rounds. False when the driver did not take it up.
 */
export function* steadyCycle(shell: Interpreter, body: Script, periodMs: number): Generator<Step, boolean, number> {
	const startedAt = shell.around.elapsed();
	const first = new Map(shell.variables);
	const steps = stepsOf(shell, body);
	const counted = countedBy(body);
	const carriesMore = [...assignedIn(body)].some((name) => !counted.has(name));

	const variablesAt = (round: number): Map<string, string> => {
		const variables = new Map(first);
		for (const [name, step] of steps) variables.set(name, String(Number(first.get(name) ?? 0) + step * round));
		return variables;
	};
	const play = (round: number, variables: ReadonlyMap<string, string>): {shell: Interpreter; lines: OutputLine[]} =>
		playRound(shell, body, variables, startedAt + round * periodMs);
	/** What is assigned anew in each round is known from the round before. */
	const entering = (round: number): Map<string, string> => {
		const variables = variablesAt(round);
		if (!carriesMore || round === 0) return variables;
		const {variables: before} = play(round - 1, variablesAt(round - 1)).shell;
		for (const [name, value] of before) if (!counted.has(name)) variables.set(name, value);
		return variables;
	};

	const rounds = yield {kind: 'cycle', cycle: {periodMs, round: (n) => play(n, entering(n)).lines}};
	if (rounds < 0) return false;
	for (const [name, value] of entering(rounds)) shell.variables.set(name, value);
	return true;
}

/** By how much each counted variable changes in one round. */
function stepsOf(shell: Interpreter, body: Script): Map<string, number> {
	const {variables} = playRound(shell, body, shell.variables, shell.around.elapsed()).shell;
	const steps = new Map<string, number>();
	for (const name of countedBy(body)) {
		steps.set(name, Number(variables.get(name) ?? 0) - Number(shell.variables.get(name) ?? 0));
	}
	return steps;
}

/** Runs one round aside, from `variables`, as if it began at `elapsed`. */
function playRound(
	shell: Interpreter,
	body: Script,
	variables: ReadonlyMap<string, string>,
	elapsed: number,
): {shell: Interpreter; lines: OutputLine[]} {
	let passed = 0;
	const child = shell.fork({...shell.around, elapsed: () => elapsed + passed});
	child.variables.clear();
	for (const [name, value] of variables) child.variables.set(name, value);
	const lines: OutputLine[] = [];
	const writer = new LineWriter((line) => lines.push(line));
	const routine = child.list(body);
	for (let result = routine.next(0); !result.done; result = routine.next(0)) {
		const step = result.value;
		if (step.kind === 'print') writer.print(step.stream, step.text, passed);
		if (step.kind === 'pause') passed += step.ms;
	}
	writer.close(passed);
	return {shell: child, lines};
}
