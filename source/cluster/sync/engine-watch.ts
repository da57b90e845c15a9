import type {EngineIdentity, SwarmClient} from '../../engine/client.ts';
import {type EngineError, isConnectionTrouble} from '../../engine/error.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {backoffMs} from './pace.ts';

/**
 * Whether the swarm can be asked, told as it turns: found, lost and why, found again. A loss is noticed by a call that
 * fails, by the event stream's end, or by a ping that is not answered; then it is tried again with growing pauses.
 */

type EngineWatchOptions = {
	readonly client: SwarmClient;
	readonly clock: Clock;
	readonly random: () => number;
	readonly onFound: (identity: EngineIdentity) => void;
	/** `retryAt` is when the next try is due; called again when a try fails. */
	readonly onLost: (error: EngineError, retryAt: number) => void;
	/** What to say of a swarm whose lists hang while its engine answers. */
	readonly leaderless: () => EngineError;
};

/** Asked so often while nothing else is. */
const pingEveryMs = 1500;
/** Not answered for so long is lost. With the pause before it that makes four seconds: one less than is promised. */
const patienceMs = 2500;

export class EngineWatch {
	readonly #options: EngineWatchOptions;
	#state: 'stopped' | 'trying' | 'found' | 'waiting' = 'stopped';
	#failures = 0;
	#timer: TimerHandle | undefined;
	#lastSign = 0;
	#pingedAt = -Infinity;

	constructor(options: EngineWatchOptions) {
		this.#options = options;
	}

	get isFound(): boolean {
		return this.#state === 'found';
	}

	start(): void {
		if (this.#state === 'stopped') void this.#try();
	}

	stop(): void {
		this.#state = 'stopped';
		this.#timer?.cancel();
	}

	/** A call has been answered: no ping is needed for a while. */
	sign(): void {
		this.#lastSign = this.#options.clock.now();
	}

	/** A call has failed. Refusals of the call itself say nothing about the way to the swarm. */
	trouble(error: EngineError): void {
		if (this.#state === 'found' && isConnectionTrouble(error)) this.#lose(this.#understood(error));
	}

	/** Something is fishy: look now rather than at the next ping. */
	check(): void {
		if (this.#state === 'found') void this.#ping();
		else if (this.#state === 'waiting') void this.#try();
	}

	/** Its place in a swarm was changed: it is asked anew who it is, rather than whether it is there. */
	recheck(): void {
		if (this.#state === 'found') void this.#reintroduce();
		else if (this.#state === 'waiting') void this.#try();
	}

	async #reintroduce(): Promise<void> {
		const answer = await this.#options.client.connect({timeoutMs: patienceMs * 2});
		if (answer.ok) this.sign();
		else this.trouble(answer.error);
	}

	/**
	 * A list timed out. Pings are sent more often than lists are waited for, so one has been answered in the meantime if
	 * the engine answers at all.
	 */
	#understood(error: EngineError): EngineError {
		const isEngineThere = this.#options.clock.now() - this.#pingedAt <= patienceMs;
		return error.kind === 'timeout' && isEngineThere ? this.#options.leaderless() : error;
	}

	async #try(): Promise<void> {
		this.#timer?.cancel();
		this.#state = 'trying';
		const {client, onFound} = this.#options;
		const answer = await client.connect({timeoutMs: patienceMs * 2});
		const error = answer.ok ? await this.#leaderTrouble() : answer.error;
		if (this.#hasStopped()) return;
		if (!answer.ok || error) {
			if (error) this.#lose(error);
			return;
		}
		this.#failures = 0;
		this.#state = 'found';
		this.sign();
		onFound(answer.value);
		this.#schedulePing();
	}

	/**
	 * After a loss an engine that answers is not enough: /info stays fine for a while after the leader is gone, and the
	 * screen would say found and lost in turns. Asking for the managers takes a leader.
	 */
	async #leaderTrouble(): Promise<EngineError | undefined> {
		if (this.#failures === 0) return undefined;
		const {client, leaderless} = this.#options;
		const answer = await client.nodes({filters: {role: ['manager']}, timeoutMs: patienceMs});
		// A proxy that forbids the list says nothing of a leader.
		if (answer.ok || answer.error.kind === 'forbidden') return undefined;
		return answer.error.kind === 'timeout' ? leaderless() : answer.error;
	}

	#lose(error: EngineError): void {
		this.#timer?.cancel();
		this.#state = 'waiting';
		const delayMs = backoffMs(
			this.#failures++,
			this.#options.random,
			this.#options.client.endpoint.transport.kind === 'unix',
		);
		this.#timer = this.#options.clock.after(delayMs, () => void this.#try());
		this.#options.onLost(error, this.#options.clock.now() + delayMs);
	}

	#schedulePing(): void {
		this.#timer?.cancel();
		const dueAt = this.#lastSign + pingEveryMs;
		this.#timer = this.#options.clock.after(Math.max(50, dueAt - this.#options.clock.now()), () => {
			const isDue = this.#options.clock.now() - this.#lastSign >= pingEveryMs;
			if (isDue) void this.#ping();
			else this.#schedulePing();
		});
	}

	async #ping(): Promise<void> {
		this.#timer?.cancel();
		const answer = await this.#options.client.ping({timeoutMs: patienceMs});
		if (this.#state !== 'found') return;
		if (answer.ok) {
			this.sign();
			this.#pingedAt = this.#lastSign;
			this.#schedulePing();
		} else this.#lose(answer.error);
	}

	#hasStopped(): boolean {
		return this.#state === 'stopped';
	}
}
