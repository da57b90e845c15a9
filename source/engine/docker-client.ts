import type {Endpoint} from '../connection/endpoint.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {ok} from '../runtime/result.ts';
import type {NodeSpec} from '../wire/node.ts';
import type {ServiceSpec} from '../wire/service.ts';
import type {ConfigSpec, SecretSpec} from '../wire/store.ts';
import type {SwarmSpec} from '../wire/swarm.ts';
import type {Volume} from '../wire/volume.ts';
import {capabilitiesOf, filtersNetworksByScope} from './api-version.ts';
import {Calls} from './calls.ts';
import type {
	Answer,
	CallOptions,
	EngineIdentity,
	EventOptions,
	ListOptions,
	LogOptions,
	NetworkCreateRequest,
	NetworkOptions,
	SwarmClient,
	SwarmUpdateOptions,
	UpdateServiceOptions,
} from './client.ts';
import {
	type AnyFilters,
	filtersQuery,
	type NetworkFilters,
	type NodeFilters,
	type ServiceFilters,
	type StoreFilters,
	type TaskFilters,
	type VolumeFilters,
} from './filters.ts';
import {introduce} from './introduce.ts';
import {JsonLists} from './json-lists.ts';
import {openEvents, openLogs} from './open-streams.ts';
import {orBadJson, readObject, readText} from './read-answer.ts';
import type {Request} from './requests.ts';
import {readerOf, type Shape, type ShapeName} from './shapes.ts';
import {createRowSharer, type TaskRow} from './task-row.ts';

export type ClientOptions = {
	/** Nothing but GET and HEAD leaves, whatever is called. */
	readonly isReadOnly?: boolean;
	readonly clock?: Clock;
};

/** A client of the engine at the endpoint. It connects with its first call, and again whenever it has to. */
export function createSwarmClient(endpoint: Endpoint, options: ClientOptions = {}): SwarmClient {
	return new DockerClient(endpoint, options);
}

type Query = NonNullable<Request['query']>;
type Authorised = CallOptions & {readonly registryAuth?: string};

/** Each method is one route of the Engine API: its path, query, body, and the shape of its answer. */
class DockerClient implements SwarmClient {
	readonly endpoint: Endpoint;
	readonly isReadOnly: boolean;
	readonly #calls: Calls;
	readonly #lists = new JsonLists();

	constructor(endpoint: Endpoint, {isReadOnly = false, clock = systemClock()}: ClientOptions) {
		this.endpoint = endpoint;
		this.isReadOnly = isReadOnly;
		this.#calls = new Calls(endpoint, isReadOnly, clock);
	}

	get apiVersion(): string | undefined {
		return this.#calls.negotiation.last?.apiVersion;
	}

	connect(options?: CallOptions): Answer<EngineIdentity> {
		return introduce(this.#calls, options, {
			endpoint: this.endpoint,
			managers: () => this.nodes({...options, filters: {role: ['manager']}}),
		});
	}

	async ping(options?: CallOptions): Answer<void> {
		const answer = await this.#calls.negotiation.renew(options);
		return answer.ok ? ok(undefined) : answer;
	}

	info(options?: CallOptions) {
		return this.#calls.info(options);
	}

	version(options?: CallOptions) {
		return this.#get('version', '/version', options);
	}

	swarm(options?: CallOptions) {
		return this.#get('swarm', '/swarm', options);
	}

	nodes(options?: ListOptions<NodeFilters>) {
		return this.#list('node', '/nodes', options);
	}

	node(id: string, options?: CallOptions) {
		return this.#get('node', `/nodes/${part(id)}`, options);
	}

	async services(options?: ListOptions<ServiceFilters> & {readonly status?: boolean}) {
		const negotiated = await this.#calls.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const hasStatus = options?.status && capabilitiesOf(negotiated.value.apiVersion).hasServiceStatus;
		return this.#list('service', '/services', options, hasStatus ? {status: 'true'} : {});
	}

	service(id: string, options?: CallOptions) {
		return this.#get('service', `/services/${part(id)}`, options);
	}

	tasks(options?: ListOptions<TaskFilters>) {
		return this.#list('task', '/tasks', options);
	}

	task(id: string, options?: CallOptions) {
		return this.#get('task', `/tasks/${part(id)}`, options);
	}

	taskRows(onBatch: (rows: readonly TaskRow[]) => void, options?: ListOptions<TaskFilters>) {
		const shared = createRowSharer();
		return this.#batches('taskRow', '/tasks', (rows) => onBatch(rows.map(shared)), options);
	}

	async networks(options?: ListOptions<NetworkFilters>) {
		const negotiated = await this.#calls.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const {scope, ...others} = options?.filters ?? {};
		if (!scope || filtersNetworksByScope(negotiated.value.apiVersion)) {
			return this.#list('network', '/networks', options);
		}
		const all = await this.#list('network', '/networks', {...options, filters: others});
		return all.ok ? ok(all.value.filter(({Scope}) => scope.includes(Scope))) : all;
	}

	network(id: string, options?: NetworkOptions) {
		const query = {verbose: options?.verbose ? 'true' : undefined, scope: options?.scope};
		return this.#get('network', `/networks/${part(id)}`, options, query);
	}

	secrets(options?: ListOptions<StoreFilters>) {
		return this.#list('secret', '/secrets', options);
	}

	secret(id: string, options?: CallOptions) {
		return this.#get('secret', `/secrets/${part(id)}`, options);
	}

	configs(options?: ListOptions<StoreFilters>) {
		return this.#list('config', '/configs', options);
	}

	config(id: string, options?: CallOptions) {
		return this.#get('config', `/configs/${part(id)}`, options);
	}

	volumes(options?: ListOptions<VolumeFilters>): Answer<Volume[]> {
		const query = {filters: filtersQuery(options?.filters)};
		return this.#calls.answer({method: 'GET', path: '/volumes', query}, options, async (response, onChunk) => {
			const {Volumes} = await readObject(response, 'volumeList', onChunk);
			return orBadJson(() => (Volumes ?? []).map(readerOf('volume')));
		});
	}

	volume(name: string, options?: CallOptions) {
		return this.#get('volume', `/volumes/${part(name)}`, options);
	}

	distribution(image: string, options?: Authorised) {
		const path = `/distribution/${image.split('/').map(part).join('/')}/json`;
		return this.#send('distribution', {method: 'GET', path, ...authorised(options)}, options);
	}

	createService(spec: ServiceSpec, options?: Authorised) {
		const request = {method: 'POST', path: '/services/create', body: spec, ...authorised(options)} as const;
		return this.#send('created', request, options);
	}

	updateService(id: string, version: number, spec: ServiceSpec, options?: UpdateServiceOptions) {
		const query = {
			version: String(version),
			rollback: options?.rollback ? 'previous' : undefined,
			registryAuthFrom: options?.registryAuthFrom,
		};
		const path = `/services/${part(id)}/update`;
		return this.#send('updated', {method: 'POST', path, query, body: spec, ...authorised(options)}, options);
	}

	removeService(id: string, options?: CallOptions) {
		return this.#act({method: 'DELETE', path: `/services/${part(id)}`}, options);
	}

	updateNode(id: string, version: number, spec: NodeSpec, options?: CallOptions) {
		return this.#update(`/nodes/${part(id)}/update`, version, spec, options);
	}

	removeNode(id: string, options?: CallOptions & {readonly force?: boolean}) {
		const query = {force: options?.force ? 'true' : undefined};
		return this.#act({method: 'DELETE', path: `/nodes/${part(id)}`, query}, options);
	}

	createNetwork(request: NetworkCreateRequest, options?: CallOptions) {
		return this.#send('networkCreated', {method: 'POST', path: '/networks/create', body: request}, options);
	}

	removeNetwork(id: string, options?: CallOptions) {
		return this.#act({method: 'DELETE', path: `/networks/${part(id)}`}, options);
	}

	createSecret(spec: SecretSpec, options?: CallOptions) {
		return this.#send('created', {method: 'POST', path: '/secrets/create', body: spec}, options);
	}

	updateSecret(id: string, version: number, spec: SecretSpec, options?: CallOptions) {
		return this.#update(`/secrets/${part(id)}/update`, version, spec, options);
	}

	removeSecret(id: string, options?: CallOptions) {
		return this.#act({method: 'DELETE', path: `/secrets/${part(id)}`}, options);
	}

	createConfig(spec: ConfigSpec, options?: CallOptions) {
		return this.#send('created', {method: 'POST', path: '/configs/create', body: spec}, options);
	}

	updateConfig(id: string, version: number, spec: ConfigSpec, options?: CallOptions) {
		return this.#update(`/configs/${part(id)}/update`, version, spec, options);
	}

	removeConfig(id: string, options?: CallOptions) {
		return this.#act({method: 'DELETE', path: `/configs/${part(id)}`}, options);
	}

	updateSwarm(version: number, spec: SwarmSpec, options: SwarmUpdateOptions = {}) {
		return this.#update('/swarm/update', version, spec, options, {
			rotateWorkerToken: options.rotateWorkerToken ? 'true' : undefined,
			rotateManagerToken: options.rotateManagerToken ? 'true' : undefined,
			rotateManagerUnlockKey: options.rotateManagerUnlockKey ? 'true' : undefined,
		});
	}

	events(options: EventOptions) {
		return openEvents(this.#calls, options);
	}

	serviceLogs(id: string, options: LogOptions) {
		return openLogs(this.#calls, `/services/${part(id)}/logs`, options, async () => {
			const service = await this.service(id, callOptions(options));
			return service.ok ? ok(service.value.Spec.TaskTemplate.ContainerSpec?.TTY === true) : service;
		});
	}

	taskLogs(id: string, options: LogOptions) {
		return openLogs(this.#calls, `/tasks/${part(id)}/logs`, options, async () => {
			const task = await this.task(id, callOptions(options));
			return task.ok ? ok(task.value.Spec.ContainerSpec?.TTY === true) : task;
		});
	}

	async close(): Promise<void> {
		this.#calls.requests.close();
		await this.#lists.close();
	}

	#get<Name extends ShapeName>(shape: Name, path: string, options: CallOptions | undefined, query: Query = {}) {
		return this.#send(shape, {method: 'GET', path, query}, options);
	}

	#send<Name extends ShapeName>(shape: Name, request: Request, options: CallOptions | undefined): Answer<Shape<Name>> {
		return this.#calls.answer(request, options, (response, onChunk) => readObject(response, shape, onChunk));
	}

	/** A call whose answer is its status alone. */
	#act(request: Request, options: CallOptions | undefined): Answer<void> {
		return this.#calls.answer(request, options, async (response, onChunk) => {
			await readText(response, onChunk);
		});
	}

	#update(path: string, version: number, body: object, options: CallOptions | undefined, query: Query = {}) {
		return this.#act({method: 'POST', path, query: {version: String(version), ...query}, body}, options);
	}

	async #list<Name extends ShapeName>(
		shape: Name,
		path: string,
		options: ListOptions<AnyFilters> | undefined,
		query: Query = {},
	): Answer<Shape<Name>[]> {
		const elements: Shape<Name>[] = [];
		const count = await this.#batches(shape, path, (batch) => elements.push(...batch), options, query);
		return count.ok ? ok(elements) : count;
	}

	#batches<Name extends ShapeName>(
		shape: Name,
		path: string,
		onBatch: (batch: readonly Shape<Name>[]) => void,
		options: ListOptions<AnyFilters> | undefined,
		query: Query = {},
	): Answer<number> {
		const request = {method: 'GET', path, query: {...query, filters: filtersQuery(options?.filters)}} as const;
		return this.#calls.answer(request, options, async (response, onChunk) => {
			let count = 0;
			await this.#lists.read(
				response,
				shape,
				(batch) => {
					count += batch.length;
					onBatch(batch);
				},
				onChunk,
			);
			return count;
		});
	}
}

/** One segment of a path. */
function part(id: string): string {
	return encodeURIComponent(id);
}

function authorised(options: Authorised | undefined): {headers?: Record<string, string>} {
	return options?.registryAuth === undefined ? {} : {headers: {'X-Registry-Auth': options.registryAuth}};
}

function callOptions({signal, timeoutMs}: CallOptions): CallOptions {
	return {...(signal && {signal}), ...(timeoutMs !== undefined && {timeoutMs})};
}
