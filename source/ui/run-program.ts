/** Runs the programs of custom commands: beside the screen, or with the terminal for themselves. */
import {type ChildProcess, spawn} from 'node:child_process';
import {constants} from 'node:os';
import type {Invocation} from '../config/custom-command.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {ProcessGuard} from '../terminal/process-guard.ts';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import type {ProgramEnd, RunProgram} from './app/custom-commands.ts';

/** Of what a program prints beside the screen: more than anybody reads there. */
const mostOutput = 1_000_000;

export function programRunner(guard: Pick<ProcessGuard, 'lend'>, process: NodeJS.Process): RunProgram {
	return (invocation, where) => {
		if (where === 'beside') return runBeside(invocation, process.env);
		return guard.lend(() => runInTerminal(invocation, process));
	};
}

/** Without input; what it prints is kept. */
function runBeside(invocation: Invocation, environment: NodeJS.ProcessEnv): Promise<Result<ProgramEnd, SafeText>> {
	const child = spawn(invocation.file, invocation.args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {...environment, ...invocation.environment},
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output = (output + text).slice(-mostOutput);
		});
	}
	return endOf(child, invocation, () => output);
}

/** What it has printed stays to be read until Enter is pressed. */
async function runInTerminal(
	invocation: Invocation,
	{env, stdin, stdout}: NodeJS.Process,
): Promise<Result<ProgramEnd, SafeText>> {
	const child = spawn(invocation.file, invocation.args, {
		stdio: 'inherit',
		env: {...env, ...invocation.environment},
	});
	const end = await endOf(child, invocation, () => '');
	if (!end.ok) return end;
	const {status} = end.value;
	stdout.write(`\n${status === 0 ? '' : `It ended with status ${status}. `}Enter goes back to swarmtop.`);
	await enterKey(stdin);
	return end;
}

function endOf(child: ChildProcess, {file}: Invocation, output: () => string): Promise<Result<ProgramEnd, SafeText>> {
	return new Promise((resolve) => {
		child.on('error', (error: NodeJS.ErrnoException) => {
			resolve(failed(safe`${toSafeText(file)} could not be started: ${toSafeText(reasonOf(error))}`));
		});
		child.on('close', (code, signal) => {
			const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
			resolve(ok({status, output: output()}));
		});
	});
}

function reasonOf({code, message}: NodeJS.ErrnoException): string {
	const reasons: Readonly<Record<string, string>> = {
		ENOENT: 'there is no such program',
		EACCES: 'permission denied',
	};
	return reasons[code ?? ''] ?? message;
}

/** The terminal gives whole lines here: what it gives first ends with Enter. A closed terminal is an answer too. */
function enterKey(input: NodeJS.ReadStream): Promise<void> {
	return new Promise((resolve) => {
		const done = (): void => {
			input.off('data', done);
			input.off('end', done);
			input.pause();
			resolve();
		};
		input.on('data', done);
		input.on('end', done);
		input.ref();
		input.resume();
	});
}
