import {annotations} from './common.ts';
import {alwaysShown, optional, string, stringType, struct} from './go-types.ts';

/** moby api/types/swarm/node.go, API 1.51. */

export const nodeSpec = struct('swarm.NodeSpec', {
	Name: optional(string, {embedded: 'Annotations'}),
	Labels: annotations.Labels,
	/** The desired role; the observed one shows in ManagerStatus once the node has joined or left raft. */
	Role: alwaysShown(stringType('swarm.NodeRole', ['worker', 'manager'])),
	Availability: alwaysShown(stringType('swarm.NodeAvailability', ['active', 'pause', 'drain'])),
});
