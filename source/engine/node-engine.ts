import type {Endpoint} from '../connection/endpoint.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {ok} from '../runtime/result.ts';
import type {
	ContainerChange,
	ContainerInspect,
	ContainerRow,
	ContainerStats,
	ContainerTop,
	ExecInspect,
	ExecSpec,
} from '../wire/container.ts';
import type {DiskUsage, ImageRow, Pruned} from '../wire/disk.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import type {Volume} from '../wire/volume.ts';
import {Calls} from './calls.ts';
import type {
	Answer,
	CallOptions,
	EventOptions,
	LogOptions,
	LogStream,
	StreamHandle,
	SwarmMembership,
} from './client.ts';
import type {ExecStream} from './exec-stream.ts';
import {filtersQuery} from './filters.ts';
import {openEvents, openLogs} from './open-streams.ts';
import {orBadJson, readText} from './read-answer.ts';
import {Routes} from './routes.ts';
import {readerOf} from './shapes.ts';
import {EngineMembership} from './swarm-membership.ts';

export type TerminalSize = {readonly columns: number; readonly rows: number};

type NodeEngineOptions = {readonly isReadOnly: boolean; readonly clock?: Clock};

/** What a node can be rid of without a service missing it: each is one call. */
export type Prunable = 'containers' | 'dangling-images' | 'unused-images' | 'build-cache' | 'volumes';

/** From this minor on only volumes without a name go, unless all are asked for. */
const namedVolumesSince = 42;

function pruneCall(
	what: Prunable,
	minor: number,
): {readonly path: string; readonly query: Record<string, string | undefined>} {
	switch (what) {
		case 'containers':
			return {path: '/containers/prune', query: {}};
		case 'dangling-images':
			return {path: '/images/prune', query: {filters: filtersQuery({dangling: ['true']})}};
		case 'unused-images':
			return {path: '/images/prune', query: {filters: filtersQuery({dangling: ['false']})}};
		case 'build-cache':
			return {path: '/build/prune', query: {all: 'true'}};
		case 'volumes':
			return {
				path: '/volumes/prune',
				query: minor >= namedVolumesSince ? {filters: filtersQuery({all: ['true']})} : {},
			};
	}
}

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

	/** All of them, also those that have ended and those of no service. */
	containers(options?: CallOptions): Answer<ContainerRow[]> {
		return this.#routes.list('containerRow', '/containers/json', options, {all: 'true'});
	}

	images(options?: CallOptions): Answer<ImageRow[]> {
		return this.#routes.list('imageRow', '/images/json', options);
	}

	async volumes(options?: CallOptions): Answer<Volume[]> {
		const answer = await this.#routes.get('volumeList', '/volumes', options);
		return answer.ok ? ok((answer.value.Volumes ?? []).map(readerOf('volume'))) : answer;
	}

	/** Its processes, as `ps -ef` on the node has them. */
	top(id: string, options?: CallOptions): Answer<ContainerTop> {
		return this.#routes.get('containerTop', `/containers/${part(id)}/top`, options);
	}

	/** Its files that are not as in its image; `null` is what engines say for none. */
	changes(id: string, options?: CallOptions): Answer<ContainerChange[]> {
		const request = {method: 'GET', path: `/containers/${part(id)}/changes`} as const;
		return this.#calls.answer(request, options, async (response, onChunk) => {
			const text = await readText(response, onChunk);
			const changes = orBadJson(() => JSON.parse(text) as unknown);
			return Array.isArray(changes) ? orBadJson(() => changes.map(readerOf('containerChange'))) : [];
		});
	}

	/** Removes all of a kind that nothing uses. */
	async prune(what: Prunable, options?: CallOptions): Answer<Pruned> {
		const minor = await this.#minor(options);
		if (!minor.ok) return minor;
		const {path, query} = pruneCall(what, minor.value);
		return this.#routes.send('pruned', {method: 'POST', path, query}, options);
	}

	/** What happens on this engine. */
	events(options: EventOptions): Answer<StreamHandle> {
		return openEvents(this.#calls, options);
	}

	/** A container's log, straight from where it is written. */
	logs(id: string, options: LogOptions): Answer<LogStream> {
		return openLogs(this.#calls, `/containers/${part(id)}/logs`, options, async () => {
			const container = await this.container(id, {
				...(options.timeoutMs !== undefined && {timeoutMs: options.timeoutMs}),
			});
			return container.ok ? ok(container.value.Config?.Tty === true) : container;
		});
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
