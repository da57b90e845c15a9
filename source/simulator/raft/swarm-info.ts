import type {ClusterInfo, SwarmInfo} from '../../wire/swarm.ts';
import {renderClusterInfo} from '../api/render/cluster.ts';
import {deadlineExceeded, isLocked, noLeader} from './refusals.ts';
import type {SwarmMember} from './swarm-member.ts';

/** The `Swarm` part of /info: what the engine knows by itself, and what its manager can learn from the leader. */

export const inactiveInfo: SwarmInfo = {
	NodeID: '',
	NodeAddr: '',
	LocalNodeState: 'inactive',
	ControlAvailable: false,
	Error: '',
	RemoteManagers: null,
};

/** While a join goes on in the background. */
export const pendingInfo = (address: string, remotes: readonly string[]): SwarmInfo => ({
	...inactiveInfo,
	NodeAddr: address,
	LocalNodeState: 'pending',
	RemoteManagers: remotes.map((remote) => ({NodeID: '', Addr: remote})),
});

export function seatInfo(swarmMember: SwarmMember): SwarmInfo {
	if (swarmMember.isLocked) {
		return {...inactiveInfo, NodeAddr: swarmMember.address, LocalNodeState: 'locked', Error: isLocked.message};
	}
	const {consensus} = swarmMember.swarm;
	const isManager = swarmMember.isManagerUp && consensus.has(swarmMember.nodeId);
	const own: SwarmInfo = {
		NodeID: swarmMember.nodeId,
		NodeAddr: swarmMember.address,
		LocalNodeState: swarmMember.isActive ? 'active' : 'pending',
		ControlAvailable: isManager && swarmMember.isActive,
		Error: '',
		RemoteManagers: consensus.list().map((member) => ({NodeID: member.nodeId, Addr: member.address})),
	};
	return own.ControlAvailable ? {...own, ...clusterPart(swarmMember)} : own;
}

/** /info never waits and never fails: without a leader it carries the error, and a cluster of zero values. */
function clusterPart({swarm, nodeId}: SwarmMember): Partial<SwarmInfo> {
	const standing = swarm.consensus.standing(nodeId);
	if (standing !== 'led' && standing !== 'stale') {
		const {message} = standing === 'lost' ? noLeader : deadlineExceeded;
		return {Error: message, Cluster: noCluster};
	}
	const managers = swarm.consensus.size;
	return {
		Nodes: swarm.store.count('node'),
		Managers: managers,
		Cluster: renderClusterInfo(swarm.cluster),
		...(managers === 2 ? {Warnings: [twoManagers]} : {}),
	};
}

const twoManagers = `WARNING: Running Swarm in a two-manager configuration. This configuration provides
         no fault tolerance, and poses a high risk to lose control over the cluster.
         Refer to https://docs.docker.com/engine/swarm/admin_guide/ to configure the
         Swarm for fault-tolerance.`;

/** Go's zero value of ClusterInfo: it has no name, no index and null for maps, which the type of a real one rules out. */
const noCluster = {
	ID: '',
	Version: {},
	CreatedAt: '0001-01-01T00:00:00Z',
	UpdatedAt: '0001-01-01T00:00:00Z',
	Spec: {
		Labels: null,
		Orchestration: {},
		Raft: {ElectionTick: 0, HeartbeatTick: 0},
		Dispatcher: {},
		CAConfig: {},
		TaskDefaults: {},
		EncryptionConfig: {AutoLockManagers: false},
	},
	TLSInfo: {},
	RootRotationInProgress: false,
	DefaultAddrPool: null,
	SubnetSize: 0,
	DataPathPort: 0,
} as unknown as ClusterInfo;
