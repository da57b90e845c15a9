import type {SwarmClient} from '../engine/client.ts';
import type {LogTarget} from '../logs/log-opener.ts';
import type {LogSession} from '../logs/log-session.ts';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {Found} from './log-targets.ts';
import {sentences} from './open-client.ts';

/** All that was found, each thing once. */
export async function targetsOf(found: readonly Found[]): Promise<Result<LogTarget[], string>> {
	const all = new Map<string, LogTarget>();
	for (const {targets} of found) {
		const answer = await targets();
		if (!answer.ok) return failed(sentences(answer.error));
		for (const target of answer.value) all.set(`${target.kind} ${target.id}`, target);
	}
	return ok([...all.values()]);
}

type LogJoinsOptions = {
	readonly client: SwarmClient;
	readonly session: LogSession;
	readonly found: readonly Found[];
	readonly clock: Clock;
};

/** No engine tells of tasks that join a node; of what it does tell it may tell nothing while it is away. */
const lookMs = 5000;

/**
 * Keeps a followed log true to what was asked for: a stack's services and a node's tasks join as they come, and a node
 * that has come or gone makes the streams look for what is missing.
 */
export class LogJoins {
	readonly #options: LogJoinsOptions;
	readonly #abort = new AbortController();
	#timer: TimerHandle | undefined;
	#isJoining = false;
	#isWatching = false;

	constructor(options: LogJoinsOptions) {
		this.#options = options;
		this.#lookLater();
		void this.#watch();
	}

	end(): void {
		this.#abort.abort();
		this.#timer?.cancel();
	}

	#lookLater(): void {
		this.#timer = this.#options.clock.after(lookMs, () => {
			void this.#watch();
			void this.#join();
			this.#lookLater();
		});
	}

	async #watch(): Promise<void> {
		if (this.#isWatching) return;
		this.#isWatching = true;
		const {client, session} = this.#options;
		const events = await client.events({
			signal: this.#abort.signal,
			filters: {type: ['node', 'service']},
			onEvent: ({Type}) => {
				if (Type === 'node') session.look();
				else void this.#join();
			},
		});
		if (events.ok) await events.value.ended;
		this.#isWatching = false;
	}

	/** While an engine does not answer, what is open stays open. */
	async #join(): Promise<void> {
		if (this.#isJoining) return;
		this.#isJoining = true;
		const targets = await targetsOf(this.#options.found);
		this.#isJoining = false;
		if (targets.ok && !this.#abort.signal.aborted) this.#options.session.setTargets(targets.value);
	}
}
