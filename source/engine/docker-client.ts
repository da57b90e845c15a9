import type {Endpoint} from '../connection/endpoint.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {ok} from '../runtime/result.ts';
import type {NodeSpec} from '../wire/node.ts';
import type {Service, ServiceSpec} from '../wire/service.ts';
import type {ConfigSpec, SecretSpec} from '../wire/store.ts';
import type {Task} from '../wire/task.ts';
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
	ServiceListOptions,
	SwarmClient,
	SwarmMembership,
	UpdateServiceOptions,
	VolumeCreateRequest,
} from './client.ts';
import {
	filtersQuery,
	type NetworkFilters,
	type NodeFilters,
	type StoreFilters,
	type TaskFilters,
	type VolumeFilters,
} from './filters.ts';
import {introduce} from './introduce.ts';
import {openEvents, openLogs} from './open-streams.ts';
import {orBadJson, readObject} from './read-answer.ts';
import {Routes} from './routes.ts';
import {readerOf} from './shapes.ts';
import {EngineMembership} from './swarm-membership.ts';
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

type Authorised = CallOptions & {readonly registryAuth?: string};

/** Each method is one route of the Engine API: its path, query, body, and the shape of its answer. */
class DockerClient implements SwarmClient {
	readonly endpoint: Endpoint;
	readonly isReadOnly: boolean;
	readonly membership: SwarmMembership;
	readonly #calls: Calls;
	readonly #routes: Routes;

	constructor(endpoint: Endpoint, {isReadOnly = false, clock = systemClock()}: ClientOptions) {
		this.endpoint = endpoint;
		this.isReadOnly = isReadOnly;
		this.#calls = new Calls(endpoint, isReadOnly, clock);
		this.#routes = new Routes(this.#calls);
		this.membership = new EngineMembership(this.#routes);
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

	nodes(options?: ListOptions<NodeFilters>) {
		return this.#routes.list('node', '/nodes', options);
	}

	node(id: string, options?: CallOptions) {
		return this.#routes.get('node', `/nodes/${part(id)}`, options);
	}

	async services(options?: ServiceListOptions) {
		const services: Service[] = [];
		const count = await this.serviceBatches((batch) => services.push(...batch), options);
		return count.ok ? ok(services) : count;
	}

	async serviceBatches(onBatch: (services: readonly Service[]) => void, options?: ServiceListOptions) {
		const negotiated = await this.#calls.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const hasStatus = options?.status && capabilitiesOf(negotiated.value.apiVersion).hasServiceStatus;
		return this.#routes.batches('service', '/services', onBatch, options, hasStatus ? {status: 'true'} : {});
	}

	service(id: string, options?: CallOptions) {
		return this.#routes.get('service', `/services/${part(id)}`, options);
	}

	tasks(options?: ListOptions<TaskFilters>) {
		return this.#routes.list('task', '/tasks', options);
	}

	taskBatches(onBatch: (tasks: readonly Task[]) => void, options?: ListOptions<TaskFilters>) {
		return this.#routes.batches('task', '/tasks', onBatch, options);
	}

	task(id: string, options?: CallOptions) {
		return this.#routes.get('task', `/tasks/${part(id)}`, options);
	}

	taskRows(onBatch: (rows: readonly TaskRow[]) => void, options?: ListOptions<TaskFilters>) {
		const shared = createRowSharer();
		return this.#routes.batches('taskRow', '/tasks', (rows) => onBatch(rows.map(shared)), options);
	}

	async networks(options?: ListOptions<NetworkFilters>) {
		const negotiated = await this.#calls.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const {scope, ...others} = options?.filters ?? {};
		if (!scope || filtersNetworksByScope(negotiated.value.apiVersion)) {
			return this.#routes.list('network', '/networks', options);
		}
		const all = await this.#routes.list('network', '/networks', {...options, filters: others});
		return all.ok ? ok(all.value.filter(({Scope}) => scope.includes(Scope))) : all;
	}

	network(id: string, options?: NetworkOptions) {
		const query = {verbose: options?.verbose ? 'true' : undefined, scope: options?.scope};
		return this.#routes.get('network', `/networks/${part(id)}`, options, query);
	}

	secrets(options?: ListOptions<StoreFilters>) {
		return this.#routes.list('secret', '/secrets', options);
	}

	secret(id: string, options?: CallOptions) {
		return this.#routes.get('secret', `/secrets/${part(id)}`, options);
	}

	configs(options?: ListOptions<StoreFilters>) {
		return this.#routes.list('config', '/configs', options);
	}

	config(id: string, options?: CallOptions) {
		return this.#routes.get('config', `/configs/${part(id)}`, options);
	}

	volumes(options?: ListOptions<VolumeFilters>): Answer<Volume[]> {
		const query = {filters: filtersQuery(options?.filters)};
		return this.#calls.answer({method: 'GET', path: '/volumes', query}, options, async (response, onChunk) => {
			const {Volumes} = await readObject(response, 'volumeList', onChunk);
			return orBadJson(() => (Volumes ?? []).map(readerOf('volume')));
		});
	}

	plugins(options?: CallOptions) {
		return this.#routes.list('plugin', '/plugins', options);
	}

	distribution(image: string, options?: Authorised) {
		const path = `/distribution/${image.split('/').map(part).join('/')}/json`;
		return this.#routes.send('distribution', {method: 'GET', path, ...authorised(options)}, options);
	}

	createService(spec: ServiceSpec, options?: Authorised) {
		const request = {method: 'POST', path: '/services/create', body: spec, ...authorised(options)} as const;
		return this.#routes.send('created', request, options);
	}

	updateService(id: string, version: number, spec: ServiceSpec, options?: UpdateServiceOptions) {
		const query = {
			version: String(version),
			rollback: options?.rollback ? 'previous' : undefined,
			registryAuthFrom: options?.registryAuthFrom,
		};
		const path = `/services/${part(id)}/update`;
		return this.#routes.send('updated', {method: 'POST', path, query, body: spec, ...authorised(options)}, options);
	}

	removeService(id: string, options?: CallOptions) {
		return this.#routes.act({method: 'DELETE', path: `/services/${part(id)}`}, options);
	}

	updateNode(id: string, version: number, spec: NodeSpec, options?: CallOptions) {
		return this.#routes.update(`/nodes/${part(id)}/update`, version, spec, options);
	}

	removeNode(id: string, options?: CallOptions & {readonly force?: boolean}) {
		const query = {force: options?.force ? 'true' : undefined};
		return this.#routes.act({method: 'DELETE', path: `/nodes/${part(id)}`, query}, options);
	}

	createNetwork(request: NetworkCreateRequest, options?: CallOptions) {
		return this.#routes.send('networkCreated', {method: 'POST', path: '/networks/create', body: request}, options);
	}

	removeNetwork(id: string, options?: CallOptions) {
		return this.#routes.act({method: 'DELETE', path: `/networks/${part(id)}`}, options);
	}

	createSecret(spec: SecretSpec, options?: CallOptions) {
		return this.#routes.send('created', {method: 'POST', path: '/secrets/create', body: spec}, options);
	}

	updateSecret(id: string, version: number, spec: SecretSpec, options?: CallOptions) {
		return this.#routes.update(`/secrets/${part(id)}/update`, version, spec, options);
	}

	removeSecret(id: string, options?: CallOptions) {
		return this.#routes.act({method: 'DELETE', path: `/secrets/${part(id)}`}, options);
	}

	createConfig(spec: ConfigSpec, options?: CallOptions) {
		return this.#routes.send('created', {method: 'POST', path: '/configs/create', body: spec}, options);
	}

	updateConfig(id: string, version: number, spec: ConfigSpec, options?: CallOptions) {
		return this.#routes.update(`/configs/${part(id)}/update`, version, spec, options);
	}

	removeConfig(id: string, options?: CallOptions) {
		return this.#routes.act({method: 'DELETE', path: `/configs/${part(id)}`}, options);
	}

	createVolume(request: VolumeCreateRequest, options?: CallOptions) {
		return this.#routes.act({method: 'POST', path: '/volumes/create', body: request}, options);
	}

	removeVolume(name: string, options?: CallOptions) {
		return this.#routes.act({method: 'DELETE', path: `/volumes/${part(name)}`}, options);
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
		await this.#routes.close();
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
