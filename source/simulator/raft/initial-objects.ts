import type {Seeded} from '../../swarmkit/random.ts';
import type {ClusterObject, Fresh, NetworkObject, NodeObject} from '../../swarmkit/state/objects.ts';
import type {NodeAvailability, NodeDescription, NodeRole, NodeStatus} from '../../wire/node.ts';
import type {SwarmSpec} from '../../wire/swarm.ts';
import type {InitRequest} from '../contract.ts';
import {newJoinToken, newUnlockKey} from './keys.ts';
import {createRootCertificate} from './root-certificate.ts';

/** What a swarm holds from its first moment: itself, its first node, the ingress network, the predefined networks. */

const defaultSpec: SwarmSpec = {
	Name: 'default',
	Labels: {},
	Orchestration: {TaskHistoryRetentionLimit: 5},
	Raft: {
		SnapshotInterval: 10_000,
		KeepOldSnapshots: 0,
		LogEntriesForSlowFollowers: 500,
		ElectionTick: 10,
		HeartbeatTick: 1,
	},
	Dispatcher: {HeartbeatPeriod: 5_000_000_000},
	CAConfig: {NodeCertExpiry: 7_776_000_000_000_000},
	TaskDefaults: {},
	EncryptionConfig: {AutoLockManagers: false},
};

/** What of an init request shapes the cluster; everything left out takes its default. */
export type ClusterPlan = Partial<
	Pick<InitRequest, 'autoLock' | 'addressPools' | 'subnetSize' | 'dataPathPort'> & {spec: unknown}
>;

export function newCluster(seeded: Seeded, now: number, plan: ClusterPlan): Fresh<ClusterObject> {
	const id = seeded.id('cluster', 'swarm');
	const spec = mergeSpec(plan.spec, plan.autoLock ?? false);
	const rootCertificate = createRootCertificate(seeded, `root/${id}`, now);
	return {
		kind: 'cluster',
		id,
		spec,
		tokens: {worker: newJoinToken(seeded, rootCertificate), manager: newJoinToken(seeded, rootCertificate)},
		unlockKey: spec.EncryptionConfig.AutoLockManagers ? newUnlockKey(seeded) : '',
		rootCertificate,
		addressPools: shownPools(plan.addressPools),
		subnetSize: plan.subnetSize || 24,
		dataPathPort: plan.dataPathPort || 4789,
		blacklistedNodes: [],
	};
}

/** A list that is empty, as the docker CLI sends it, shows as null; where there was none, the inbuilt pool shows. */
function shownPools(given: readonly string[] | null | undefined): readonly string[] | null {
	if (given === null) return ['10.0.0.0/8'];
	return given && given.length > 0 ? given : null;
}

/** The settings that init was given, and the defaults for those that were zero (moby daemon/cluster initClusterSpec). */
function mergeSpec(given: unknown, autoLock: boolean): SwarmSpec {
	const spec = (given ?? {}) as Partial<SwarmSpec>;
	return {
		...defaultSpec,
		Labels: spec.Labels ?? {},
		Orchestration: withoutZeros(defaultSpec.Orchestration, spec.Orchestration),
		Raft: withoutZeros(defaultSpec.Raft, spec.Raft),
		Dispatcher: withoutZeros(defaultSpec.Dispatcher, spec.Dispatcher),
		CAConfig: withoutZeros(defaultSpec.CAConfig, spec.CAConfig),
		TaskDefaults: spec.TaskDefaults ?? {},
		EncryptionConfig: {AutoLockManagers: autoLock || spec.EncryptionConfig?.AutoLockManagers === true},
	};
}

function withoutZeros<T extends object>(defaults: T, given: T | undefined): T {
	const set = Object.entries(given ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== 0);
	return {...defaults, ...Object.fromEntries(set)};
}

type NodePlan = {
	readonly id: string;
	readonly role: NodeRole;
	readonly availability: NodeAvailability;
	readonly labels?: Readonly<Record<string, string>>;
	readonly description: NodeDescription;
	readonly status: NodeStatus;
};

export const newNode = ({id, role, availability, labels, description, status}: NodePlan): Fresh<NodeObject> => ({
	kind: 'node',
	id,
	spec: {Labels: {...labels}, Role: role, Availability: availability},
	role,
	description,
	status,
	membership: 'accepted',
});

/** The ingress network, and the engine's own networks that services may name; all of them allocated. */
export function newNetworks(seeded: Seeded, cluster: {addressPools: readonly string[] | null; subnetSize: number}) {
	return [
		ingressNetwork(seeded.id('network', 'ingress'), cluster),
		predefinedNetwork(seeded.id('network', 'bridge'), 'bridge'),
		predefinedNetwork(seeded.id('network', 'host'), 'host'),
	];
}

const plainNetwork = {
	kind: 'network',
	labels: {},
	options: {},
	internal: false,
	attachable: false,
	ipv6: false,
	ipamDriver: 'default',
	ipamOptions: {},
	requestedIpam: [],
} as const;

function ingressNetwork(
	id: string,
	{addressPools, subnetSize}: {addressPools: readonly string[] | null; subnetSize: number},
): Fresh<NetworkObject> {
	const base = addressPools?.[0]?.split('/')[0] ?? '10.0.0.0';
	const gateway = base.replace(/\d+$/, (last) => String(Number(last) + 1));
	return {
		...plainNetwork,
		id,
		name: 'ingress',
		driver: '',
		ipamDriver: '',
		ingress: true,
		scope: 'swarm',
		predefined: false,
		allocated: {driver: 'overlay', vxlanId: 4096, ipam: [{Subnet: `${base}/${subnetSize}`, Gateway: gateway}]},
	};
}

const predefinedNetwork = (id: string, driver: 'bridge' | 'host'): Fresh<NetworkObject> => ({
	...plainNetwork,
	id,
	name: driver,
	labels: {'com.docker.swarm.predefined': 'true'},
	driver,
	ipamDriver: '',
	ingress: false,
	scope: 'swarm',
	predefined: true,
});
