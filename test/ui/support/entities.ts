/** A small swarm to look at, made of entities that say only what a test cares about. */
import {
	type ClusterState,
	emptyInventory,
	type NodeEntity,
	type ServiceEntity,
	type TaskEntity,
} from '../../../source/cluster/model.ts';
import {quorumOf} from '../../../source/cluster/quorum.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';

/** All times in these tests are counted from here: 2026-11-21 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 21, 12);

const minuteMs = 60_000;
const none = toSafeText('');

export function node(name: string, rest: Partial<NodeEntity> = {}): NodeEntity {
	const id = `node-${name}`;
	return {
		id,
		version: 10,
		hostname: toSafeText(name),
		name: toSafeText(name),
		isDuplicate: false,
		role: rest.manager ? 'manager' : 'worker',
		manager: undefined,
		state: 'ready',
		stateMessage: none,
		availability: 'active',
		address: toSafeText('10.0.0.11'),
		engineVersion: toSafeText('26.1.5'),
		platform: toSafeText('linux/x86_64'),
		labels: [],
		engineLabels: [],
		capacity: {nanoCpus: 2e9, memoryBytes: 2 ** 31},
		reserved: {nanoCpus: 5e8, memoryBytes: 2 ** 29},
		tasks: {running: 3, desired: 3},
		createdAt: noon - 1e9,
		updatedAt: noon - 1e6,
		health: 'healthy',
		raw: {
			ID: id,
			Version: {Index: 10},
			CreatedAt: '2026-11-01T00:00:00Z',
			UpdatedAt: '2026-11-21T00:00:00Z',
			Spec: {Labels: {}, Role: rest.manager ? 'manager' : 'worker', Availability: 'active'},
			Description: {Hostname: name},
			Status: {State: 'ready', Addr: '10.0.0.11'},
		},
		...rest,
	};
}

export const leader: NonNullable<NodeEntity['manager']> = {
	isLeader: true,
	reachability: 'reachable',
	address: toSafeText('10.0.0.1:2377'),
};

export const follower: NonNullable<NodeEntity['manager']> = {...leader, isLeader: false};

export function service(name: string, rest: Partial<ServiceEntity> = {}): ServiceEntity {
	const id = rest.id ?? `service-${name}`;
	const replicas = rest.replicas ?? 3;
	return {
		id,
		version: 20,
		name: toSafeText(name),
		stack: undefined,
		mode: 'replicated',
		replicas,
		counts: {running: replicas, desired: replicas, completed: 0},
		stuck: undefined,
		restarts: undefined,
		image: toSafeText('nginx:1.27'),
		digest: none,
		ports: [],
		update: undefined,
		labels: [],
		forceUpdate: 0,
		hasPreviousSpec: false,
		isTty: false,
		createdAt: noon - 1e9,
		updatedAt: noon - 1e6,
		health: 'healthy',
		raw: {
			ID: id,
			Version: {Index: 20},
			CreatedAt: '2026-11-01T00:00:00Z',
			UpdatedAt: '2026-11-21T00:00:00Z',
			Spec: {
				Name: name,
				Labels: {},
				TaskTemplate: {ContainerSpec: {Image: 'nginx:1.27'}},
				Mode: {Replicated: {Replicas: replicas}},
			},
			Endpoint: {},
		},
		...rest,
	};
}

export function task(serviceName: string, slot: number, nodeName: string, rest: Partial<TaskEntity> = {}): TaskEntity {
	return {
		id: `task-${serviceName}-${slot}`,
		version: 30,
		serviceId: `service-${serviceName}`,
		name: toSafeText(`${serviceName}.${slot}`),
		serviceName: toSafeText(serviceName),
		slot,
		slotKey: String(slot),
		nodeId: nodeName === '' ? '' : `node-${nodeName}`,
		nodeName: toSafeText(nodeName),
		image: toSafeText('nginx:1.27'),
		state: 'running',
		desired: 'running',
		since: noon - 5 * minuteMs,
		createdAt: noon - 6 * minuteMs,
		message: toSafeText('started'),
		error: none,
		exitCode: undefined,
		containerId: toSafeText('c0ffee'),
		ports: [],
		forceUpdate: 0,
		isServiceGone: false,
		isCurrent: true,
		health: 'healthy',
		...rest,
	};
}

const mapOf = <Row extends {readonly id: string}>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
	new Map(rows.map((row) => [row.id, row]));

export type Swarm = {
	readonly nodes?: readonly NodeEntity[];
	readonly services?: readonly ServiceEntity[];
	readonly tasks?: readonly TaskEntity[];
};

let revision = 0;

export function cluster(
	{nodes = [], services = [], tasks = []}: Swarm,
	rest: Partial<ClusterState> = {},
): ClusterState {
	const fresh = {fetchedAt: noon, isStale: false};
	revision++;
	return {
		revision,
		connection: {state: 'connected'},
		engine: {
			name: toSafeText('m1'),
			nodeId: 'node-m1',
			engineVersion: toSafeText('26.1.5'),
			apiVersion: '1.45',
			hasServiceStatus: true,
			clusterId: 'c1',
			warnings: [],
		},
		quorum: quorumOf(nodes),
		nodes: mapOf(nodes),
		services: mapOf(services),
		tasks: mapOf(tasks),
		freshness: {nodes: fresh, services: fresh, tasks: fresh},
		inventory: emptyInventory,
		contexts: new Map(),
		isLoading: false,
		...rest,
	};
}

/** Three managers, two workers; one service fine, one on its way, one in trouble, one asleep. */
export function shop(): Required<Swarm> {
	return {
		nodes: [
			node('m1', {manager: leader, address: toSafeText('10.0.0.1')}),
			node('m2', {manager: follower, address: toSafeText('10.0.0.2')}),
			node('m3', {manager: follower, address: toSafeText('10.0.0.3')}),
			node('w1', {address: toSafeText('10.0.0.11')}),
			node('w2', {
				address: toSafeText('10.0.0.12'),
				availability: 'drain',
				tasks: {running: 0, desired: 0},
				health: 'idle',
			}),
		],
		services: [
			service('shop_web', {
				ports: [{protocol: 'tcp', targetPort: 80, publishedPort: 8080, mode: 'ingress'}],
				image: toSafeText('registry.example.com/shop/web:2.4.1'),
			}),
			service('shop_api', {
				replicas: 4,
				counts: {running: 2, desired: 4, completed: 0},
				health: 'converging',
				update: {
					state: 'updating',
					message: toSafeText('update in progress'),
					startedAt: noon - 20_000,
					completedAt: undefined,
				},
			}),
			service('shop_mail', {
				replicas: 1,
				counts: {running: 0, desired: 1, completed: 0},
				health: 'failing',
			}),
			service('batch', {replicas: 0, health: 'idle'}),
			service('agent', {mode: 'global', replicas: undefined, counts: {running: 5, desired: 5, completed: 0}}),
		],
		tasks: [
			task('shop_web', 1, 'm1'),
			task('shop_web', 2, 'm2'),
			task('shop_web', 3, 'w1'),
			task('shop_api', 1, 'w1', {since: noon - 8 * minuteMs}),
			task('shop_api', 2, 'm3', {state: 'preparing', since: noon - 12_000, health: 'converging'}),
			task('shop_mail', 1, 'w1', {
				state: 'failed',
				since: noon - 40_000,
				error: toSafeText(
					'task: non-zero exit (137): OOM killed while reading the queue, see the limits of the service',
				),
				exitCode: 137,
				health: 'failing',
			}),
			task('shop_mail', 1, 'm2', {
				id: 'task-shop_mail-1-old',
				state: 'failed',
				desired: 'shutdown',
				since: noon - 90_000,
				error: toSafeText('task: non-zero exit (137)'),
				exitCode: 137,
				health: 'failing',
				isCurrent: false,
			}),
		],
	};
}
