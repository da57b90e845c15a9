import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {createLineReader, type LineReader, type LogItem} from './line-reader.ts';
import type {LogOpener, LogProblem, LogRequest} from './log-opener.ts';

type ReadOptions = {
	readonly opener: LogOpener;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly onItem: (item: LogItem) => void;
	/** The engine has accepted the request. */
	readonly onOpen?: (() => void) | undefined;
	/** Reading waits for it between chunks. */
	readonly gate?: (() => Promise<void>) | undefined;
};

/** A line whose end does not come for so long is taken as it is: a prompt, the last word of a program that was killed. */
const openLineMs = 3000;

/** Reads one response to its end, or until the signal. Gives what was wrong; undefined when nothing was. */
export async function readResponse(request: LogRequest, options: ReadOptions): Promise<LogProblem | undefined> {
	const {opener, signal, onItem, onOpen, gate} = options;
	const opened = await opener.open(request, signal);
	if (!opened.ok) return signal.aborted ? undefined : opened.error;
	const {chunks, isRaw} = opened.value;
	const close = () => opened.value.close();
	signal.addEventListener('abort', close);
	const reader = createLineReader(isRaw);
	const patience = new OpenLinePatience(reader, options);
	onOpen?.();
	try {
		for await (const chunk of chunks) {
			if (signal.aborted) return undefined;
			for (const item of reader.push(chunk)) onItem(item);
			patience.renew();
			await gate?.();
		}
	} catch (error) {
		if (signal.aborted) return undefined;
		return {message: error instanceof Error ? error.message : String(error), isRetryable: true};
	} finally {
		patience.end();
		signal.removeEventListener('abort', close);
		close();
	}
	// A followed stream that ends is opened again: what it was cut off in is then sent whole.
	if (!request.isFollowing && !signal.aborted) for (const item of reader.end(request.tail)) onItem(item);
	return undefined;
}

class OpenLinePatience {
	readonly #reader: LineReader;
	readonly #options: ReadOptions;
	#timer: TimerHandle | undefined;

	constructor(reader: LineReader, options: ReadOptions) {
		this.#reader = reader;
		this.#options = options;
	}

	renew(): void {
		this.end();
		if (!this.#reader.hasOpenLine) return;
		const {clock, onItem} = this.#options;
		this.#timer = clock.after(openLineMs, () => {
			for (const item of this.#reader.flush()) onItem(item);
		});
	}

	end(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
	}
}
