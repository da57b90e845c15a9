import type {OutputLine} from './process.ts';

/** Lines come at least a microsecond apart, so that a line's time is its place. */
export const lineGapMs = 0.001;

/** Cuts what a program prints into lines, each with the time at which its newline came. */
export class LineWriter {
	readonly #open = {stdout: '', stderr: ''};
	readonly #emit: (line: OutputLine) => void;
	#last: number;

	constructor(emit: (line: OutputLine) => void, {after = -1}: {after?: number} = {}) {
		this.#emit = emit;
		this.#last = after;
	}

	/** When the latest line came. */
	get lastAt(): number {
		return this.#last;
	}

	/** Whether something was printed whose newline is still to come. */
	get isOpen(): boolean {
		return this.#open.stdout !== '' || this.#open.stderr !== '';
	}

	print(stream: OutputLine['stream'], text: string, at: number): void {
		const pieces = (this.#open[stream] + text).split('\n');
		this.#open[stream] = pieces.pop() ?? '';
		for (const piece of pieces) this.#emit({at: this.#nextTime(at), stream, text: piece});
	}

	/** The program has ended: what is open becomes a line without a newline. */
	close(at: number): void {
		for (const stream of ['stdout', 'stderr'] as const) {
			const text = this.#open[stream];
			this.#open[stream] = '';
			if (text !== '') this.#emit({at: this.#nextTime(at), stream, text, isOpen: true});
		}
	}

	#nextTime(at: number): number {
		this.#last = Math.max(at, this.#last + lineGapMs);
		return this.#last;
	}
}
