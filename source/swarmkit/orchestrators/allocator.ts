import {isDeepStrictEqual} from 'node:util';
import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {EndpointObject, NetworkObject, ServiceObject, TaskObject} from '../state/objects.ts';
import type {Change, Commit, Store, Transaction} from '../state/store.ts';
import {isTerminal} from '../state/task-state.ts';
import {isWanted} from './desired-state.ts';
import {NetworkAllocation} from './network-allocation.ts';
import {isIngress, PublishedPorts} from './published-ports.ts';

/**
 * Gives networks their subnets, services their virtual addresses and published ports, and tasks their addresses, after
 * which a task waits for the scheduler (swarmkit manager/allocator). A service without networks and ports needs nothing
 * and is never written.
 */
export function startAllocator(surroundings: ControllerSurroundings): Controller {
	const allocator = new Allocator(surroundings);
	allocator.start();
	return allocator;
}

class Allocator implements Controller {
	readonly #store: Store;
	readonly #networks: NetworkAllocation;
	readonly #ports = new PublishedPorts();
	/** What has not been given yet: new, or waiting for something to be freed. */
	readonly #newNetworks = new Set<string>();
	readonly #newServices = new Set<string>();
	readonly #newTasks = new Set<string>();
	/** Each node's address in the routing mesh, by node. */
	readonly #nodeAddresses = new Map<string, string>();
	#unwatch: () => void = () => undefined;

	constructor({store}: ControllerSurroundings) {
		this.#store = store;
		this.#networks = new NetworkAllocation(store.all('cluster')[0]);
	}

	start(): void {
		for (const network of this.#store.all('network')) this.#seeNetwork(network);
		for (const service of this.#store.all('service')) this.#restoreService(service);
		for (const task of this.#store.all('task')) this.#restoreTask(task);
		this.#unwatch = this.#store.watch((commit) => this.#see(commit));
		this.#work();
		this.#allocateNodes();
	}

	stop(): void {
		this.#unwatch();
	}

	#see(commit: Commit): void {
		let isTouched = false;
		for (const change of commit.changes) isTouched = this.#seeChange(change) || isTouched;
		if (isTouched) this.#work();
	}

	/** Whether there may be something to give now. */
	#seeChange(change: Change): boolean {
		const isRemoved = change.action === 'remove';
		switch (change.kind) {
			case 'network':
				if (isRemoved) this.#networks.release(change.object);
				else if (!change.object.allocated) this.#newNetworks.add(change.object.id);
				return isRemoved || !change.object.allocated;
			case 'service':
				if (isRemoved) this.#releaseService(change.object);
				else this.#newServices.add(change.object.id);
				return true;
			case 'task':
				return this.#seeTask(change);
			case 'node':
				if (isRemoved) this.#releaseNode(change.object.id);
				else this.#allocateNode(change.object.id);
				return false;
			default:
				return false;
		}
	}

	#seeNetwork(network: NetworkObject): void {
		if (network.allocated) this.#networks.restore(network, network.allocated);
		else this.#newNetworks.add(network.id);
	}

	#seeTask(change: Change & {readonly kind: 'task'}): boolean {
		const task = change.object;
		if (change.action === 'create') {
			if (task.status.state === 'new') this.#newTasks.add(task.id);
			return true;
		}
		const wasAlive = change.action === 'remove' ? !isDead(task) : !isDead(change.previous);
		const isOver = change.action === 'remove' || isDead(task);
		if (!wasAlive || !isOver) return false;
		this.#newTasks.delete(task.id);
		for (const {networkId, addresses} of task.attachments) {
			for (const address of addresses) this.#networks.addresses(networkId)?.release(address);
		}
		return this.#newTasks.size > 0;
	}

	#restoreService(service: ServiceObject): void {
		this.#ports.restore(service.id, service.endpoint.ports);
		for (const {networkId, address} of service.endpoint.virtualIps ?? []) {
			this.#networks.addresses(networkId)?.claim(address);
		}
		this.#newServices.add(service.id);
	}

	#restoreTask(task: TaskObject): void {
		if (task.status.state === 'new') this.#newTasks.add(task.id);
		if (isDead(task)) return;
		for (const {networkId, addresses} of task.attachments) {
			for (const address of addresses) this.#networks.addresses(networkId)?.claim(address);
		}
	}

	#releaseService(service: ServiceObject): void {
		this.#newServices.delete(service.id);
		this.#ports.release(service.id, service.endpoint.ports);
		for (const vip of service.endpoint.virtualIps ?? []) this.#networks.addresses(vip.networkId)?.release(vip.address);
	}

	#work(): void {
		if (this.#newNetworks.size > 0) {
			this.#store.update((tx) => {
				for (const id of this.#newNetworks) this.#allocateNetwork(tx, id);
			});
			this.#allocateNodes();
		}
		if (this.#newServices.size > 0) {
			this.#store.update((tx) => {
				for (const id of this.#newServices) this.#allocateService(tx, id);
			});
		}
		if (this.#newTasks.size > 0) {
			this.#store.update((tx) => {
				for (const id of this.#newTasks) this.#allocateTask(tx, id);
			});
		}
	}

	#allocateNetwork(tx: Transaction, id: string): void {
		const network = tx.get('network', id);
		const allocated = network && this.#networks.allocate(network);
		if (network && !allocated) return;
		this.#newNetworks.delete(id);
		if (network && allocated) tx.put({...network, allocated});
	}

	#allocateService(tx: Transaction, id: string): void {
		const service = tx.get('service', id);
		const endpoint = service && this.#endpointFor(tx, service);
		if (service && !endpoint) return;
		this.#newServices.delete(id);
		if (service && endpoint && !isDeepStrictEqual(endpoint, service.endpoint)) tx.put({...service, endpoint});
	}

	/** What the service's endpoint has to be; undefined while something for it is missing. */
	#endpointFor(tx: Transaction, service: ServiceObject): EndpointObject | undefined {
		const targets = networkTargets(service.spec.TaskTemplate, service);
		if (targets.some((id) => this.#newNetworks.has(id))) return undefined;
		const {EndpointSpec: spec} = service.spec;
		const {ports: portsBefore, virtualIps: before = []} = service.endpoint;
		const ports = this.#ports.allocate(service.id, spec?.Ports ?? [], portsBefore);
		if (!ports) return undefined;
		const virtual = spec?.Mode === 'dnsrr' ? [] : targets;
		const needsIngress = ports.some(isIngress);
		const ingress = needsIngress ? ingressOf(tx) : undefined;
		if (needsIngress && !ingress) return undefined;
		const wanted = new Set([...(ingress ? [ingress.id] : []), ...virtual]);
		const kept = before.filter((vip) => wanted.has(vip.networkId));
		for (const vip of before) {
			if (!wanted.has(vip.networkId)) this.#networks.addresses(vip.networkId)?.release(vip.address);
		}
		if (ports.length === 0 && virtual.length === 0) return service.endpoint.spec && spec ? {spec} : {};
		const virtualIps = [...kept];
		for (const networkId of wanted) {
			if (kept.some((vip) => vip.networkId === networkId)) continue;
			if (!tx.get('network', networkId)) continue;
			const pool = this.#networks.addresses(networkId);
			const address = pool ? pool.take() : '';
			if (address !== undefined) virtualIps.push({networkId, address});
		}
		return {
			...(spec ? {spec} : {}),
			...(ports.length > 0 ? {ports} : {}),
			...(virtualIps.length > 0 ? {virtualIps} : {}),
		};
	}

	#allocateTask(tx: Transaction, id: string): void {
		const task = tx.get('task', id);
		if (task?.status.state !== 'new') {
			this.#newTasks.delete(id);
			return;
		}
		const service = tx.get('service', task.serviceId);
		if (service && this.#newServices.has(service.id)) return;
		const attachments = this.#attachmentsFor(tx, task, service);
		if (!attachments) return;
		this.#newTasks.delete(id);
		tx.put({
			...task,
			attachments,
			status: {state: 'pending', timestamp: tx.now, message: 'pending task scheduling'},
		});
	}

	/** The task's addresses, first in the routing mesh if the service publishes there; undefined when some are all taken. */
	#attachmentsFor(
		tx: Transaction,
		task: TaskObject,
		service: ServiceObject | undefined,
	): TaskObject['attachments'] | undefined {
		const ingress = service?.spec.EndpointSpec?.Ports?.some(isIngress) ? ingressOf(tx) : undefined;
		const targets = [...(ingress ? [ingress.id] : []), ...networkTargets(task.spec, service)];
		const attachments: {networkId: string; addresses: string[]}[] = [];
		for (const networkId of targets) {
			if (!tx.get('network', networkId)) continue;
			const pool = this.#networks.addresses(networkId);
			const address = pool?.take();
			if (pool && !address) {
				for (const given of attachments) this.#networks.addresses(given.networkId)?.release(given.addresses[0] ?? '');
				return undefined;
			}
			attachments.push({networkId, addresses: address ? [address] : []});
		}
		return attachments;
	}

	#allocateNodes(): void {
		for (const {id} of this.#store.all('node')) this.#allocateNode(id);
	}

	/** Every node has an address in the routing mesh. It shows nowhere but in the gaps between the others'. */
	#allocateNode(nodeId: string): void {
		if (this.#nodeAddresses.has(nodeId)) return;
		const ingress = ingressOf(this.#store);
		const address = ingress && this.#networks.addresses(ingress.id)?.take();
		if (address) this.#nodeAddresses.set(nodeId, address);
	}

	#releaseNode(nodeId: string): void {
		const address = this.#nodeAddresses.get(nodeId);
		const ingress = ingressOf(this.#store);
		if (address && ingress) this.#networks.addresses(ingress.id)?.release(address);
		this.#nodeAddresses.delete(nodeId);
	}
}

const isDead = (task: TaskObject): boolean => !isWanted(task) && isTerminal(task.status.state);

const ingressOf = (reader: Pick<Store, 'all'>): NetworkObject | undefined =>
	reader.all('network').find((network) => network.ingress);

/** The networks that a task's spec names, or its service's by the deprecated way. */
function networkTargets(spec: ServiceObject['spec']['TaskTemplate'], service: ServiceObject | undefined): string[] {
	const configs = spec.Networks?.length ? spec.Networks : (service?.spec.Networks ?? []);
	return configs.flatMap((config) => config.Target ?? []);
}
