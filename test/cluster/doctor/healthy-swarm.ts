import type {NodeInside, Subject} from '../../../source/cluster/doctor/rule.ts';
import type {Usage} from '../../../source/cluster/entities/usage.ts';
import type {Network} from '../../../source/wire/network.ts';
import type {SwarmNode} from '../../../source/wire/node.ts';
import type {Service, ServiceSpec} from '../../../source/wire/service.ts';
import type {Config, Secret} from '../../../source/wire/store.ts';
import type {ClusterInfo} from '../../../source/wire/swarm.ts';
import type {Task} from '../../../source/wire/task.ts';
import {clusterFrom} from '../../support/cluster-state.ts';

/** A swarm as one would recommend it, to be spoiled one thing at a time. */

export const now = Date.parse('2026-11-30T12:00:00Z');
export const minute = 60_000;
export const ago = (ms: number): string => new Date(now - ms).toISOString();
const longAgo = 24 * 60 * minute;
const meta = {Version: {Index: 10}, CreatedAt: ago(longAgo), UpdatedAt: ago(longAgo)};
const gib = 2 ** 30;

export function node(name: string, zone: string, role: 'manager' | 'worker' = 'worker'): SwarmNode {
	const number = Number(name.slice(1)) + (role === 'manager' ? 0 : 10);
	return {
		...meta,
		ID: name,
		Spec: {Labels: {zone}, Role: role, Availability: 'active'},
		Description: {
			Hostname: name,
			Platform: {OS: 'linux', Architecture: 'x86_64'},
			Resources: {NanoCPUs: 4e9, MemoryBytes: 8 * gib},
			Engine: {EngineVersion: '28.5.2', Plugins: []},
		},
		Status: {State: 'ready', Addr: `192.0.2.${number}`},
		...(role === 'manager' && {
			ManagerStatus: {Reachability: 'reachable', Addr: `192.0.2.${number}:2377`, ...(name === 'm1' && {Leader: true})},
		}),
	};
}

export function service(name: string, change: (spec: ServiceSpec) => void = () => undefined): Service {
	const spec: ServiceSpec = {
		Name: name,
		Labels: {},
		TaskTemplate: {
			ContainerSpec: {
				Image: `shop/${name}:1.0@sha256:${'a'.repeat(64)}`,
				Healthcheck: {Test: ['CMD', 'check'], StartPeriod: 5e9},
				Env: ['MODE=fast', 'PASSWORD_FILE=/run/secrets/db', 'PWD=/srv'],
				Secrets: [{SecretID: 'secret1', SecretName: 'db'}],
				Configs: [{ConfigID: 'config1', ConfigName: 'settings'}],
			},
			Resources: {Reservations: {NanoCPUs: 5e8, MemoryBytes: gib / 2}, Limits: {MemoryBytes: gib}},
			Networks: [{Target: 'front', Aliases: [name]}],
		},
		Mode: {Replicated: {Replicas: 3}},
		UpdateConfig: {Parallelism: 1, FailureAction: 'rollback', Monitor: 30e9, MaxFailureRatio: 0, Order: 'stop-first'},
	};
	change(spec);
	const Ports = spec.EndpointSpec?.Ports ?? [];
	return {...meta, ID: name, Spec: spec, Endpoint: {Ports}};
}

export function task(of: Service, slot: number, nodeId: string, change: Partial<Task> = {}): Task {
	return {
		...meta,
		ID: `${of.ID}.${slot}.${nodeId}`,
		Labels: {},
		Spec: of.Spec.TaskTemplate,
		ServiceID: of.ID,
		Slot: slot,
		NodeID: nodeId,
		Status: {State: 'running', Timestamp: ago(longAgo), ContainerStatus: {ContainerID: 'c'}},
		DesiredState: 'running',
		...change,
	};
}

export function network(name: string, Subnet: string, change: Partial<Network> = {}): Network {
	return {
		Name: name,
		Id: name,
		Created: ago(longAgo),
		Scope: 'swarm',
		Driver: 'overlay',
		EnableIPv6: false,
		IPAM: {Driver: 'default', Options: null, Config: [{Subnet}]},
		Internal: false,
		Attachable: false,
		Ingress: false,
		ConfigFrom: {Network: ''},
		ConfigOnly: false,
		Options: null,
		Labels: {},
		...change,
	};
}

export type Patient = {
	nodes: SwarmNode[];
	services: Service[];
	tasks: Task[];
	networks: Network[];
	secrets: Secret[];
	configs: Config[];
	swarm: ClusterInfo;
	clockAheadMs: number;
	usage: Map<string, Usage>;
	inside: Map<string, NodeInside>;
};

export const stored = (id: string, name: string): Secret & Config => ({
	...meta,
	ID: id,
	Spec: {Name: name, Labels: {}},
});

export function healthy(): Patient {
	const web = service('web');
	return {
		nodes: [
			node('m1', 'a', 'manager'),
			node('m2', 'b', 'manager'),
			node('m3', 'c', 'manager'),
			...['a', 'b', 'c'].map((zone, index) => node(`w${index + 1}`, zone)),
		],
		services: [web],
		tasks: [task(web, 1, 'w1'), task(web, 2, 'w2'), task(web, 3, 'w3')],
		networks: [network('ingress', '10.0.0.0/24', {Ingress: true}), network('front', '10.0.1.0/24')],
		secrets: [stored('secret1', 'db')],
		configs: [stored('config1', 'settings')],
		swarm: {
			...meta,
			ID: 'swarm',
			Spec: {
				Name: 'default',
				Labels: {},
				Orchestration: {},
				Raft: {},
				Dispatcher: {},
				CAConfig: {NodeCertExpiry: 7_776_000_000_000_000},
				TaskDefaults: {},
				EncryptionConfig: {AutoLockManagers: true},
			},
			TLSInfo: {},
			RootRotationInProgress: false,
			DefaultAddrPool: ['10.0.0.0/8'],
			SubnetSize: 24,
			DataPathPort: 4789,
		},
		clockAheadMs: 20,
		usage: new Map(),
		inside: new Map(),
	};
}

export function subjectOf({swarm, clockAheadMs, usage, inside, ...recorded}: Patient): Subject {
	const cluster = clusterFrom({...recorded, now});
	const engine = cluster.engine && {...cluster.engine, swarm, clockAheadMs};
	const seen = {reach: new Map(), usage, kills: new Map()};
	return {state: {...cluster, engine, inside: seen}, swarm, now, inside, isQuick: false};
}
