import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {startManager} from '../../../source/swarmkit/orchestrators/manager.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {Controller} from '../../../source/swarmkit/state/controller.ts';
import {removeNode} from '../../../source/swarmkit/state/node-writes.ts';
import type {NodeObject, ServiceObject, TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {serviceStatus} from '../../../source/swarmkit/state/service-status.ts';
import {
	createService,
	removeService,
	rollbackService,
	updateService,
} from '../../../source/swarmkit/state/service-writes.ts';
import {Store} from '../../../source/swarmkit/state/store.ts';
import type {NodeAvailability, NodeState} from '../../../source/wire/node.ts';
import type {ServiceMode, ServiceSpec} from '../../../source/wire/service.ts';
import type {TaskSpec} from '../../../source/wire/task.ts';
import {FakeAgents} from './fake-agents.ts';

export const second = 1e9;

/** A spec of tasks that run until stopped, are restarted at once, and are named by their image. */
export function taskSpec(image = 'runs', more: Partial<TaskSpec> = {}): TaskSpec {
	return {
		ContainerSpec: {Image: image},
		RestartPolicy: {Condition: 'any', Delay: 0, MaxAttempts: 0},
		ForceUpdate: 0,
		Runtime: 'container',
		...more,
	};
}

export function serviceSpec(name: string, mode: ServiceMode, more: Partial<ServiceSpec> = {}): ServiceSpec {
	return {Name: name, Labels: {}, TaskTemplate: taskSpec(), Mode: mode, ...more};
}

export const replicated = (replicas: number): ServiceMode => ({Replicated: {Replicas: replicas}});

type NodeOptions = {
	labels?: Record<string, string>;
	nanoCpus?: number;
	role?: 'worker' | 'manager';
};

/** A leader's controllers on a store, with fake agents on a clock that stands still until told otherwise. */
export class TestSwarm {
	readonly clock = new ManualClock(1_750_000_000_000);
	readonly store = new Store(this.clock, {firstIndex: 10});
	readonly agents: FakeAgents;
	readonly seeded: Seeded;
	#manager: Controller;

	constructor({nodes = 3, seed = 1, history = 5}: {nodes?: number; seed?: number; history?: number} = {}) {
		this.seeded = new Seeded(seed);
		this.agents = new FakeAgents(this.store, this.clock);
		this.store.update((tx) =>
			tx.create({
				kind: 'cluster',
				id: 'cluster',
				spec: {
					Name: 'default',
					Labels: {},
					Orchestration: {TaskHistoryRetentionLimit: history},
					Raft: {},
					Dispatcher: {},
					CAConfig: {},
					TaskDefaults: {},
					EncryptionConfig: {AutoLockManagers: false},
				},
				tokens: {worker: '', manager: ''},
				unlockKey: '',
				rootCertificate: '',
				addressPools: null,
				subnetSize: 24,
				dataPathPort: 4789,
				blacklistedNodes: [],
			}),
		);
		this.addNetwork('ingress', {ingress: true});
		for (let n = 1; n <= nodes; n++) this.addNode(`n${n}`);
		this.#manager = startManager(this);
		this.clock.advance(0);
	}

	/** Another manager takes the lead. */
	changeLeader(): void {
		this.#manager.stop();
		this.#manager = startManager(this);
	}

	stopLeading(): void {
		this.#manager.stop();
	}

	addNetwork(id: string, {ingress = false} = {}): void {
		this.store.update((tx) =>
			tx.create({
				kind: 'network',
				id,
				name: id,
				labels: {},
				driver: '',
				options: {},
				internal: false,
				attachable: false,
				ingress,
				ipv6: false,
				scope: 'swarm',
				predefined: false,
				ipamDriver: 'default',
				ipamOptions: {},
				requestedIpam: [],
			}),
		);
	}

	addNode(id: string, {labels = {}, nanoCpus = 4e9, role = 'worker'}: NodeOptions = {}): void {
		this.agents.resume(id);
		this.store.update((tx) =>
			tx.create({
				kind: 'node',
				id,
				role,
				membership: 'accepted',
				spec: {Labels: labels, Role: role, Availability: 'active'},
				description: {
					Hostname: id,
					Platform: {Architecture: 'x86_64', OS: 'linux'},
					Resources: {NanoCPUs: nanoCpus, MemoryBytes: 8e9},
					Engine: {
						EngineVersion: '26.1.5',
						Plugins: [
							{Type: 'Log', Name: 'json-file'},
							{Type: 'Volume', Name: 'local'},
						],
					},
				},
				status: {State: 'ready', Addr: '10.9.0.1'},
			}),
		);
	}

	node(id: string): NodeObject {
		const node = this.store.get('node', id);
		if (!node) throw new Error(`no node ${id}`);
		return node;
	}

	setNode(id: string, change: Partial<NodeObject>): void {
		this.store.update((tx) => tx.put({...this.node(id), ...change}));
	}

	setAvailability(id: string, availability: NodeAvailability): void {
		this.setNode(id, {spec: {...this.node(id).spec, Availability: availability}});
	}

	setLabels(id: string, labels: Record<string, string>): void {
		this.setNode(id, {spec: {...this.node(id).spec, Labels: labels}});
	}

	setState(id: string, state: NodeState): void {
		if (state === 'down') this.agents.silence(id);
		this.setNode(id, {status: {...this.node(id).status, State: state}});
		if (state === 'ready') this.agents.resume(id);
	}

	removeNode(id: string): void {
		this.store.update((tx) => removeNode(tx, id));
	}

	create(name: string, mode: ServiceMode, more: Partial<ServiceSpec> = {}): string {
		const id = this.seeded.id('service', name);
		this.store.update((tx) => createService(tx, {id, spec: serviceSpec(name, mode, more)}));
		return id;
	}

	service(id: string): ServiceObject {
		const service = this.store.get('service', id);
		if (!service) throw new Error(`no service ${id}`);
		return service;
	}

	update(id: string, change: (spec: ServiceSpec) => Partial<ServiceSpec>): void {
		const service = this.service(id);
		this.store.update((tx) => updateService(tx, service, {...service.spec, ...change(service.spec)}));
	}

	setImage(id: string, image: string): void {
		this.update(id, ({TaskTemplate}) => ({
			TaskTemplate: {...TaskTemplate, ContainerSpec: {...TaskTemplate.ContainerSpec, Image: image}},
		}));
	}

	scale(id: string, replicas: number): void {
		this.update(id, () => ({Mode: replicated(replicas)}));
	}

	rollback(id: string): void {
		this.store.update((tx) => rollbackService(tx, this.service(id)));
	}

	remove(id: string): void {
		this.store.update((tx) => removeService(tx, id));
	}

	/** In the order of their creation. */
	tasks(serviceId: string): TaskObject[] {
		return this.store.tasksOfService(serviceId).sort((a, b) => a.createdAt - b.createdAt || a.slot - b.slot);
	}

	running(serviceId: string): TaskObject[] {
		return this.tasks(serviceId).filter(
			(task) => task.status.state === 'running' && ['running', 'complete'].includes(task.desiredState),
		);
	}

	images(serviceId: string): string[] {
		return this.running(serviceId)
			.map((task) => task.spec.ContainerSpec?.Image ?? '')
			.sort();
	}

	/** Running tasks by node. */
	perNode(serviceId: string): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const task of this.running(serviceId)) counts[task.nodeId] = (counts[task.nodeId] ?? 0) + 1;
		return Object.fromEntries(Object.entries(counts).sort());
	}

	status(serviceId: string) {
		return serviceStatus(this.store, this.service(serviceId));
	}

	/** Lets the time run until it holds. */
	until(what: string, holds: () => boolean, limitSeconds = 120): void {
		if (!this.clock.runUntil(holds, limitSeconds * 1000)) throw new Error(`it never came to this: ${what}`);
	}

	untilRunning(serviceId: string, count: number): TaskObject[] {
		this.until(`${count} tasks run`, () => this.running(serviceId).length === count);
		return this.running(serviceId);
	}

	pass(seconds: number): void {
		this.clock.advance(seconds * 1000);
	}
}
