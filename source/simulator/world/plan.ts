import type {NodeAvailability, NodeRole} from '../../wire/node.ts';
import type {ClusterPlan} from '../raft/initial-objects.ts';

/** What a world begins with: its machines, and the swarm that some of them are in already. */

export type HostPlan = {
	readonly name: string;
	/** Left out: 10.0.240.1 and so on, in the order of the hosts. */
	readonly address?: string;
	readonly nanoCpus?: number;
	readonly memoryBytes?: number;
	readonly architecture?: string;
	readonly os?: string;
	readonly engineVersion?: string;
	readonly engineLabels?: Readonly<Record<string, string>>;
	/** Its place in the swarm; left out: its engine is in none. */
	readonly role?: NodeRole;
	readonly availability?: NodeAvailability;
	/** The node's labels, as the swarm keeps them. */
	readonly labels?: Readonly<Record<string, string>>;
};

export type WorldPlan = {
	readonly hosts: readonly HostPlan[];
	readonly swarm?: ClusterPlan;
};
