import type {Routine} from './shell/routine.ts';

export type Outcome = {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
	/** How long it would have taken. */
	readonly tookMs: number;
};

const mostSteps = 100_000;

/** Runs a routine to its end without letting time pass; what takes longer than `limitMs` is cut off there with 137. */
export function runNow(routine: Routine, limitMs: number): Outcome {
	const output = {stdout: '', stderr: ''};
	let tookMs = 0;
	let result = routine.next(0);
	for (let steps = 0; !result.done; steps++) {
		if (tookMs > limitMs || steps > mostSteps) return {...output, exitCode: 137, tookMs};
		const step = result.value;
		let value = 0;
		if (step.kind === 'print') output[step.stream] += step.text;
		else if (step.kind === 'pause') tookMs += step.ms;
		else if (step.kind === 'process') {
			const ending = step.process.ending();
			const end = ending.kind === 'exit' ? Math.min(ending.at, limitMs) : limitMs;
			for (const line of step.process.tape.lines(0, end + 1)) output[line.stream] += `${line.text}\n`;
			tookMs += ending.kind === 'exit' ? ending.at : Number.POSITIVE_INFINITY;
			value = ending.kind === 'exit' ? ending.exitCode : 0;
		} else if (step.kind === 'spawn') {
			const aside = runNow(step.routine, 0);
			output.stdout += aside.stdout;
			output.stderr += aside.stderr;
		}
		result = routine.next(value);
	}
	return {...output, exitCode: result.value, tookMs};
}
