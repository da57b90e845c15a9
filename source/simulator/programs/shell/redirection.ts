import type {Files} from '../files.ts';
import {emptyTape, type OutputLine, type Process} from '../process.ts';
import {expandText} from './expansion.ts';
import type {Interpreter} from './interpreter.ts';
import {type Input, printError, type Routine, type Step} from './routine.ts';
import type {Redirect} from './syntax.ts';

/** Where a descriptor leads: on to where it led before, into a file, or nowhere. */
type Sink = 'stdout' | 'stderr' | {readonly path: string} | 'nowhere';

/** What is captured at most; whoever prints more is ended, as by a closed pipe. */
const mostCaptured = 1 << 20;
const brokenPipe = 141;

/** Runs a routine whose standard output goes into `output`; the rest of its steps pass. */
export function* captured(routine: Routine, output: {text: string}): Routine {
	for (let result: IteratorResult<Step, number> = routine.next(0); ; ) {
		if (result.done) return result.value;
		const step = result.value;
		if (step.kind === 'print' && step.stream === 'stdout') {
			output.text += step.text;
			if (output.text.length > mostCaptured) {
				routine.return(brokenPipe);
				return brokenPipe;
			}
			result = routine.next(0);
		} else if (step.kind === 'process') {
			result = routine.next(yield* capturedProcess(step.process, output));
		} else {
			result = routine.next(yield step);
		}
	}
}

/** Runs what `begin` gives with redirections in force. */
export function* redirected(shell: Interpreter, redirects: readonly Redirect[], begin: () => Routine): Routine {
	const sinks = new Map<number, Sink>([
		[1, 'stdout'],
		[2, 'stderr'],
	]);
	let input: Input | undefined;
	for (const {descriptor, operator, target} of redirects) {
		const text = yield* expandText(target, shell);
		if (operator === '<<<') input = {text};
		else if (operator === '>&')
			sinks.set(descriptor, text === '-' ? 'nowhere' : (sinks.get(Number(text)) ?? 'nowhere'));
		else {
			const path = text.startsWith('/') ? text : `${shell.directory}/${text}`;
			const problem = open(shell.around.files, operator, path);
			if (problem) {
				yield printError(`${shell.name}: can't ${operator === '<' ? 'open' : 'create'} ${text}: ${problem}\n`);
				return 1;
			}
			if (operator === '<') input = {text: shell.around.files.read(path) ?? ''};
			else sinks.set(descriptor, streamOf(path));
		}
	}
	const before = shell.stdin;
	if (input) shell.stdin = input;
	try {
		return yield* diverted(begin(), sinks, shell.around.files);
	} finally {
		shell.stdin = before;
	}
}

function streamOf(path: string): Sink {
	if (path === '/dev/stdout' || path === '/proc/1/fd/1') return 'stdout';
	if (path === '/dev/stderr' || path === '/proc/1/fd/2') return 'stderr';
	return path === '/dev/null' ? 'nowhere' : {path};
}

/** Why the file cannot be opened, if so. */
function open(files: Files, operator: '>' | '>>' | '<', path: string): string | undefined {
	if (typeof streamOf(path) === 'string') return undefined;
	if (operator === '<') return files.read(path) === undefined ? 'no such file' : undefined;
	const isWritten = operator === '>' ? files.write(path, '') : files.append(path, '');
	return isWritten ? undefined : 'nonexistent directory';
}

function* diverted(routine: Routine, sinks: ReadonlyMap<number, Sink>, files: Files): Routine {
	const sinkOf = (stream: 'stdout' | 'stderr') => sinks.get(stream === 'stdout' ? 1 : 2) ?? 'nowhere';
	for (let result: IteratorResult<Step, number> = routine.next(0); ; ) {
		if (result.done) return result.value;
		const step = result.value;
		if (step.kind === 'print') {
			const moved = divert(step.text, sinkOf(step.stream), files);
			if (moved) yield moved;
			result = routine.next(0);
		} else if (step.kind === 'process') {
			result = routine.next(yield {...step, process: divertedProcess(step.process, sinkOf)});
		} else {
			result = routine.next(yield step);
		}
	}
}

function divert(text: string, sink: Sink, files: Files): Step | undefined {
	if (sink === 'stdout' || sink === 'stderr') return {kind: 'print', stream: sink, text};
	if (sink !== 'nowhere') files.append(sink.path, text);
	return undefined;
}

/** What a program that ends by itself prints; one that does not is never heard of again. */
function* capturedProcess(process: Process, output: {text: string}): Routine {
	const ending = process.ending();
	if (ending.kind !== 'exit') return yield {kind: 'process', process: muted(process), replaces: false};
	for (const line of process.tape.lines(0, ending.at + 1)) {
		if (line.stream === 'stdout') output.text += line.text + (line.isOpen ? '' : '\n');
	}
	yield {kind: 'pause', ms: ending.at};
	return ending.exitCode;
}

/** What a long-running program prints into files is nowhere to be seen. */
function divertedProcess(process: Process, sinkOf: (stream: OutputLine['stream']) => Sink): Process {
	const moved = (line: OutputLine): OutputLine | undefined => {
		const sink = sinkOf(line.stream);
		return sink === 'stdout' || sink === 'stderr' ? {...line, stream: sink} : undefined;
	};
	return {
		ending: () => process.ending(),
		signal: (name, at) => process.signal(name, at),
		settle: (at) => process.settle(at),
		tape: {
			*lines(from, until) {
				for (const line of process.tape.lines(from, until)) {
					const kept = moved(line);
					if (kept) yield kept;
				}
			},
			nextAt: (from) => process.tape.nextAt(from),
		},
	};
}

const muted = (process: Process): Process => ({
	tape: emptyTape,
	ending: () => process.ending(),
	signal: (name, at) => process.signal(name, at),
	settle: (at) => process.settle(at),
});
