import type {Refusal} from '../contract.ts';

/** What an engine answers when its place in the swarm does not allow the call (moby daemon/cluster/errors.go). */

const unavailable = (message: string): Refusal => ({status: 503, message});
const rpc = (status: number, code: string, text: string): Refusal => ({
	status,
	message: `rpc error: code = ${code} desc = ${text}`,
});

const notManager = 'This node is not a swarm manager.';

export const notInSwarm = unavailable(
	`${notManager} Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.`,
);
export const isWorker = unavailable(
	`${notManager} Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.`,
);
export const isStarting = unavailable(
	`${notManager} Manager is being prepared or has trouble connecting to the cluster.`,
);
export const isLocked = unavailable(
	'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.',
);
export const isMember = unavailable(
	'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
);
export const isNoMember = unavailable('This node is not part of a swarm');
export const joinTimedOut = unavailable(
	'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
);
export const notLocked: Refusal = {status: 409, message: 'swarm is not locked'};
export const wrongKey: Refusal = {status: 401, message: 'swarm could not be unlocked: invalid key provided'};
export const malformedKey: Refusal = {status: 400, message: 'invalid key string'};

export const deadlineExceeded = rpc(500, 'DeadlineExceeded', 'context deadline exceeded');
export const noLeader = rpc(
	500,
	'Unknown',
	"The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
);
export const lostLeadership = rpc(500, 'Unknown', 'raft: failed to process the request: node lost leader status');

export const malformedToken: Refusal = {status: 500, message: 'invalid join token'};
export const refusedToken = rpc(400, 'InvalidArgument', 'A valid join token is necessary to join this cluster');
export const foreignToken = (digest: string): Refusal => ({
	status: 500,
	message: `remote CA does not match fingerprint. Expected: ${digest}`,
});
/** Nobody listens at that `host:port`. */
export const connectionRefused = (address: string): Refusal =>
	rpc(
		503,
		'Unavailable',
		`connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`,
	);
/** The engine looks for a route to the manager first, which fails at once for a name that nobody has. */
export const unknownName = (name: string): Refusal => ({
	status: 500,
	message: `could not find local IP address: dial udp: lookup ${name}: no such host`,
});
