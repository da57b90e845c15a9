import type {Endpoint} from '../connection/endpoint.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {agreeOnApi, compareApi, isApiVersion, newestApi} from './api-version.ts';
import type {Answer, CallOptions} from './client.ts';
import {type EngineError, engineError} from './error.ts';
import type {Patience} from './patience.ts';
import {readObject, readText} from './read-answer.ts';
import type {Requests} from './requests.ts';

type Negotiated = {
	/** What is spoken from now on. */
	readonly apiVersion: string;
	/** The newest that the engine speaks. */
	readonly engineApiVersion: string;
};

/** Agrees with the engine on an API version, once for all calls that wait for it. */
export class Negotiation {
	readonly #requests: Requests;
	readonly #endpoint: Endpoint;
	#running: Promise<Result<Negotiated, EngineError>> | undefined;
	#last: Negotiated | undefined;

	constructor(requests: Requests, endpoint: Endpoint) {
		this.#requests = requests;
		this.#endpoint = endpoint;
	}

	/** What was agreed on last; it stays while a new negotiation runs. */
	get last(): Negotiated | undefined {
		return this.#last;
	}

	/** What holds now, or what comes of the negotiation that runs or begins. */
	current(options: CallOptions = {}): Answer<Negotiated> {
		return this.#last ? Promise.resolve(ok(this.#last)) : this.renew(options);
	}

	/** Asks the engine anew: it may have been replaced by another version meanwhile. */
	async renew({timeoutMs, signal}: CallOptions = {}): Answer<Negotiated> {
		// Others may wait for the same answer, so it is not this caller's signal that ends it.
		this.#running ??= this.#negotiate(timeoutMs === undefined ? {} : {timeoutMs}).finally(() => {
			this.#running = undefined;
		});
		const patience = this.#requests.patience('GET', {
			...(timeoutMs !== undefined && {timeoutMs}),
			...(signal && {signal}),
		});
		try {
			return await Promise.race([this.#running, this.#onceOver(patience)]);
		} finally {
			this.#requests.release(patience);
		}
	}

	#onceOver(patience: Patience): Answer<never> {
		return new Promise((resolve) => {
			const onAbort = async () => resolve(failed(await this.#requests.errorOf(undefined, '/_ping', patience)));
			if (patience.signal.aborted) void onAbort();
			else patience.signal.addEventListener('abort', onAbort, {once: true});
		});
	}

	async #negotiate(options: CallOptions): Answer<Negotiated> {
		const patience = this.#requests.patience('GET', options);
		try {
			const ping = await this.#ping(patience);
			if (!ping.ok) return ping;
			const {newest, engine} = ping.value;
			const isNewer = compareApi(newest, newestApi) > 0;
			const oldest = isNewer ? await this.#oldestApi(patience) : undefined;
			const agreed = agreeOnApi({newest, oldest, engine});
			if (!agreed.ok) return agreed;
			this.#last = {apiVersion: agreed.value, engineApiVersion: newest};
			return ok(this.#last);
		} finally {
			this.#requests.release(patience);
		}
	}

	/** `/_ping` needs no version, no swarm and no leader; GET, for engines before 18.09 know no HEAD of it. */
	async #ping(patience: Patience): Answer<{newest: string; engine: string}> {
		const path = '/_ping';
		const opened = await this.#requests.open({method: 'GET', path}, patience);
		if (!opened.ok) return opened;
		const {headers} = opened.value;
		return this.#requests.reading(path, patience, async () => {
			await readText(opened.value, () => patience.signOfLife(), 1024);
			const newest = headers['api-version'];
			if (typeof newest !== 'string' || !isApiVersion(newest)) return failed(this.#noEngine());
			return ok({newest, engine: /^Docker\/(\S+)/.exec(String(headers['server'] ?? ''))?.[1] ?? ''});
		});
	}

	async #oldestApi(patience: Patience): Promise<string | undefined> {
		const path = '/version';
		const opened = await this.#requests.open({method: 'GET', path}, patience);
		if (!opened.ok) return undefined;
		const version = await this.#requests.reading(path, patience, async () =>
			ok(await readObject(opened.value, 'version', () => patience.signOfLife())),
		);
		return version.ok ? version.value.MinAPIVersion : undefined;
	}

	#noEngine(): EngineError {
		return engineError(
			'bad-answer',
			`What answers at ${this.#endpoint.url} is not a Docker engine: it names no API version.`,
			'Check the address; a proxy in between may answer in its place.',
		);
	}
}
