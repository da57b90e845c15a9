import type {GetIo, Interruption} from './get-io.ts';
import {exitStatus} from './open-client.ts';

/** Why a reading was ended before its end: the exit status, and a sentence where there is something to say. */
export type Verdict = {readonly status: number; readonly message?: string};

/** More than any list takes that is worth waiting for at a prompt. */
const wholeReadMs = 120_000;

/** As shells have it: 128 and the number of the signal; nothing is wrong when the reader has had enough. */
const interruptions: Readonly<Record<Interruption, Verdict>> = {
	SIGINT: {status: 130},
	SIGTERM: {status: 143},
	closed: {status: exitStatus.fine},
};

/** Ends one reading at the first interruption, or once it has taken too long, however lively the engine drips. */
export class ReadPatience {
	readonly #controller = new AbortController();
	readonly #timer: NodeJS.Timeout;
	#verdict: Verdict | undefined;
	#isOver = false;

	constructor({interrupted}: Pick<GetIo, 'interrupted'>, limitMs = wholeReadMs) {
		void interrupted.then((by) => this.#abort(interruptions[by]));
		this.#timer = setTimeout(() => {
			const message = `The engine has not given the whole list within ${limitMs / 1000} s. It may hang or be overloaded: look at its host, or try again.`;
			this.#abort({status: exitStatus.failed, message});
		}, limitMs).unref();
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Undefined while nothing has ended it. */
	get verdict(): Verdict | undefined {
		return this.#verdict;
	}

	/** The reading is over: what comes now ends it no more. */
	end(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
	}

	#abort(verdict: Verdict): void {
		if (this.#isOver || this.#verdict) return;
		this.#verdict = verdict;
		this.#controller.abort();
	}
}
