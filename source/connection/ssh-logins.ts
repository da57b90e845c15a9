import type {Clock} from '../runtime/clock.ts';
import type {SshConnection} from './ssh.ts';

/** As long as docker waits (docker/cli cli/connhelper): a jump host or a second factor takes its time. */
const firstLoginMs = 30_000;
/** A login that takes so much longer than the slowest before it has met something that hangs. */
const slackFactor = 2;
const slackMs = 1000;

/**
 * The ssh logins to one host that are under way. ssh doesn't tell when it is through: a login is over with the first byte
 * that the far engine says.
 */
export class SshLogins {
	readonly #clock: Clock;
	readonly #running = new Map<SshConnection, number>();
	#slowestMs: number | undefined;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	begun(connection: SshConnection): void {
		const startedAt = this.#clock.now();
		this.#running.set(connection, startedAt);
		connection.once('answer', () => {
			this.#running.delete(connection);
			this.#slowestMs = Math.max(this.#slowestMs ?? 0, this.#clock.now() - startedAt);
		});
		connection.once('close', () => this.#running.delete(connection));
	}

	/** For how long a call that has waited long enough should wait on, because a login is still under way. */
	graceMs(): number {
		const now = this.#clock.now();
		const usualMs = this.#slowestMs === undefined ? firstLoginMs : this.#slowestMs * slackFactor + slackMs;
		const limitMs = Math.min(firstLoginMs, usualMs);
		return Math.max(0, ...[...this.#running.values()].map((startedAt) => startedAt + limitMs - now));
	}

	get areUnderWay(): boolean {
		return this.#running.size > 0;
	}
}
