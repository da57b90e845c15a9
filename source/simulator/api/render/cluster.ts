import type {ClusterObject} from '../../../swarmkit/state/objects.ts';
import type {ClusterInfo, Swarm} from '../../../wire/swarm.ts';
import {tlsInfoIn} from '../../raft/root-rotation.ts';
import {metaOf} from './meta.ts';

/** The swarm itself, as GET /swarm and the Cluster part of /info show it (moby daemon/cluster/convert/swarm.go). */

/** Without join tokens, for /info. */
export function renderClusterInfo(cluster: ClusterObject): ClusterInfo {
	return {
		ID: cluster.id,
		...metaOf(cluster),
		Spec: cluster.spec,
		TLSInfo: tlsInfoIn(cluster),
		RootRotationInProgress: cluster.nextRootCertificate !== undefined,
		DefaultAddrPool: cluster.addressPools && cluster.addressPools.length > 0 ? [...cluster.addressPools] : null,
		SubnetSize: cluster.subnetSize,
		DataPathPort: cluster.dataPathPort,
	};
}

export const renderSwarm = (cluster: ClusterObject): Swarm => ({
	...renderClusterInfo(cluster),
	JoinTokens: {Worker: cluster.tokens.worker, Manager: cluster.tokens.manager},
});
