import type {Endpoint} from '../connection/endpoint.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {agreeOnApi, isApiVersion} from './api-version.ts';
import type {Answer, CallOptions} from './client.ts';
import type {Deadline} from './deadline.ts';
import {type EngineError, engineError} from './error.ts';
import {readObject, readText} from './read-answer.ts';
import type {Requests} from './requests.ts';

type Negotiated = {
	/** What is spoken from now on. */
	readonly apiVersion: string;
	/** The newest that the engine speaks. */
	readonly engineApiVersion: string;
	/** `26.1.5`, '' when nothing said it. */
	readonly engineVersion: string;
};

type Introduction = {readonly newest: string; readonly engine: string};

/** Agrees with the engine on an API version, once for all calls that wait for it. */
export class Negotiation {
	readonly #requests: Requests;
	readonly #endpoint: Endpoint;
	#running: Promise<Result<Negotiated, EngineError>> | undefined;
	#last: Negotiated | undefined;
	/** What it speaks in truth, where its answer to a call has corrected what it said of itself. */
	#corrected: {readonly claimed: string; readonly spoken: string} | undefined;
	/** The ping doesn't say who answers: a proxy forbids it, or takes the header away. */
	#isPingMute = false;

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
		const deadline = this.#requests.deadline('GET', {
			...(timeoutMs !== undefined && {timeoutMs}),
			...(signal && {signal}),
		});
		try {
			return await Promise.race([this.#running, this.#onceOver(deadline)]);
		} finally {
			this.#requests.release(deadline);
		}
	}

	/**
	 * Takes an engine at its word that it speaks another version than it was spoken to in: an older one took its place, or
	 * a proxy answers pings with another engine's version. True when the call is worth repeating.
	 */
	corrected({speaks}: EngineError): boolean {
		if (speaks === undefined || !this.#last || speaks === this.#last.apiVersion) return false;
		if (!agreeOnApi({newest: speaks, engine: ''}).ok) return false;
		this.#corrected = {claimed: this.#last.engineApiVersion, spoken: speaks};
		this.#last = {...this.#last, apiVersion: speaks};
		return true;
	}

	#onceOver(deadline: Deadline): Answer<never> {
		return new Promise((resolve) => {
			const onAbort = async () => resolve(failed(await this.#requests.errorOf(undefined, '/_ping', deadline)));
			if (deadline.signal.aborted) void onAbort();
			else deadline.signal.addEventListener('abort', onAbort, {once: true});
		});
	}

	async #negotiate(options: CallOptions): Answer<Negotiated> {
		const deadline = this.#requests.deadline('GET', options);
		try {
			const introduced = await this.#introduction(deadline);
			if (!introduced.ok) return introduced;
			const {newest, engine} = introduced.value;
			if (this.#corrected?.claimed !== newest) this.#corrected = undefined;
			const agreed = agreeOnApi({newest: this.#corrected?.spoken ?? newest, engine});
			if (!agreed.ok) return agreed;
			this.#last = {apiVersion: agreed.value, engineApiVersion: newest, engineVersion: engine};
			return ok(this.#last);
		} finally {
			this.#requests.release(deadline);
		}
	}

	/** Of the ping alone wherever it says enough: an engine starts two processes to answer `/version`. */
	async #introduction(deadline: Deadline): Answer<Introduction> {
		const ping = await this.#ping(deadline);
		if (ping.ok && ping.value) return ok(ping.value);
		if (!ping.ok && ping.error.kind !== 'forbidden' && ping.error.kind !== 'not-found') return ping;
		// Who it is was asked before, once; whether it still answers the lists will tell, where pings don't.
		const {last} = this;
		if (last && this.#isPingMute) return ok({newest: last.engineApiVersion, engine: last.engineVersion});
		this.#isPingMute = true;
		const version = await this.#version(deadline);
		if (version.ok) return version;
		return ping.ok ? failed(this.#noEngine()) : ping;
	}

	/** `/_ping` needs no version, no swarm and no leader; GET, for engines before 18.09 know no HEAD of it. */
	async #ping(deadline: Deadline): Answer<Introduction | undefined> {
		const path = '/_ping';
		const opened = await this.#requests.open({method: 'GET', path}, deadline);
		if (!opened.ok) return opened;
		const {headers} = opened.value;
		return this.#requests.reading(path, deadline, async () => {
			await readText(opened.value, () => deadline.signOfLife(), 1024);
			const newest = headers['api-version'];
			if (typeof newest !== 'string' || !isApiVersion(newest)) return ok(undefined);
			return ok({newest, engine: /^Docker\/(\S+)/.exec(String(headers['server'] ?? ''))?.[1] ?? ''});
		});
	}

	async #version(deadline: Deadline): Answer<Introduction> {
		const path = '/version';
		const opened = await this.#requests.open({method: 'GET', path}, deadline);
		if (!opened.ok) return opened;
		return this.#requests.reading(path, deadline, async () => {
			const {ApiVersion: newest, Version: engine} = await readObject(opened.value, 'version', () =>
				deadline.signOfLife(),
			);
			return isApiVersion(newest) ? ok({newest, engine}) : failed(this.#noEngine());
		});
	}

	#noEngine(): EngineError {
		return engineError(
			'bad-answer',
			`What answers at ${this.#endpoint.url} is not a Docker engine: it names no API version.`,
			'Check the address; a proxy in between may answer in its place.',
		);
	}
}
