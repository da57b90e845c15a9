import type {Endpoint} from '../connection/endpoint.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {ok} from '../runtime/result.ts';
import type {ContainerInspect, ContainerStats, ExecInspect, ExecSpec} from '../wire/container.ts';
import type {DiskUsage} from '../wire/disk-usage.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import {Calls} from './calls.ts';
import type {Answer, CallOptions, SwarmMembership} from './client.ts';
import type {ExecStream} from './exec-stream.ts';
import {Routes} from './routes.ts';
import {EngineMembership} from './swarm-membership.ts';

export type TerminalSize = {readonly columns: number; readonly rows: number};

type NodeEngineOptions = {readonly isReadOnly: boolean; readonly clock?: Clock};

/** From this minor on an engine takes the size of the terminal with the command. */
const consoleSizeSince = 42;
/** From this minor on a statistic can be had at once, without the engine's own two samples. */
const oneShotSince = 41;
const slowAnswerMs = 60_000;

/**
 * One node through its own engine: containers, what they use, and commands in them. The swarm is not asked here. As with
 * the client of the swarm, no call throws, and a read-only one sends nothing but reads.
 */
export class NodeEngine {
	readonly endpoint: Endpoint;
	readonly isReadOnly: boolean;
	/** Its part in a swarm, also while it is in none. */
	readonly membership: SwarmMembership;
	readonly #calls: Calls;
	readonly #routes: Routes;

	constructor(endpoint: Endpoint, {isReadOnly, clock = systemClock()}: NodeEngineOptions) {
		this.endpoint = endpoint;
		this.isReadOnly = isReadOnly;
		this.#calls = new Calls(endpoint, isReadOnly, clock, false);
		this.#routes = new Routes(this.#calls);
		this.membership = new EngineMembership(this.#routes);
	}

	info(options?: CallOptions): Answer<SystemInfo> {
		return this.#calls.info(options);
	}

	container(id: string, options?: CallOptions): Answer<ContainerInspect> {
		return this.#routes.get('containerInspect', `/containers/${part(id)}/json`, options);
	}

	/** One sample, without waiting for a second one where the engine can do without. */
	async stats(id: string, options?: CallOptions): Answer<ContainerStats> {
		const minor = await this.#minor(options);
		if (!minor.ok) return minor;
		const oneShot = minor.value >= oneShotSince ? {'one-shot': 'true'} : {};
		return this.#routes.get('containerStats', `/containers/${part(id)}/stats`, options, {stream: 'false', ...oneShot});
	}

	/** The engine walks through all that it keeps for this: it may take long. */
	diskUsage(options?: CallOptions): Answer<DiskUsage> {
		return this.#routes.get('diskUsage', '/system/df', {timeoutMs: slowAnswerMs, ...options});
	}

	/** Takes a command into a container; it runs once it is started. */
	async createExec(containerId: string, spec: ExecSpec, options?: CallOptions): Answer<{Id: string}> {
		const minor = await this.#minor(options);
		if (!minor.ok) return minor;
		const {ConsoleSize, ...older} = spec;
		const body = ConsoleSize && minor.value >= consoleSizeSince ? {...older, ConsoleSize} : older;
		const request = {method: 'POST', path: `/containers/${part(containerId)}/exec`, body} as const;
		return this.#routes.send('execCreated', request, options);
	}

	/** Starts it, with this connection as its input and output. */
	startExec(id: string, {isTty}: {readonly isTty: boolean}, options?: CallOptions): Answer<ExecStream> {
		return this.#calls.hijack({path: `/exec/${part(id)}/start`, body: {Detach: false, Tty: isTty}}, isTty, options);
	}

	resizeExec(id: string, {columns, rows}: TerminalSize, options?: CallOptions): Answer<void> {
		const query = {h: String(rows), w: String(columns)};
		return this.#routes.act({method: 'POST', path: `/exec/${part(id)}/resize`, query}, options);
	}

	exec(id: string, options?: CallOptions): Answer<ExecInspect> {
		return this.#routes.get('exec', `/exec/${part(id)}/json`, options);
	}

	async close(): Promise<void> {
		this.#calls.requests.close();
		await this.#routes.close();
	}

	async #minor(options: CallOptions | undefined): Answer<number> {
		const negotiated = await this.#calls.negotiation.current(options);
		return negotiated.ok ? ok(Number(negotiated.value.apiVersion.split('.')[1])) : negotiated;
	}
}

function part(id: string): string {
	return encodeURIComponent(id);
}
