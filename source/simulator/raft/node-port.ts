import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {NodeDescription} from '../../wire/node.ts';
import type {Containers} from '../contract.ts';

/**
 * What the swarm sees of an engine that holds a certificate of it: a node's end of the session with the dispatcher, and
 * the manager on it, if it is one.
 */
export interface NodePort {
	readonly nodeId: string;
	/** The IP that other nodes know it by. */
	readonly address: string;
	/** Where its manager is reached, if it has one: `host:2377`. */
	readonly managerAddress: string;
	/** The engine runs and is not frozen, and its agent works (it is not locked). */
	readonly isUp: boolean;
	/** Its engine is stopped or locked: connections to it are refused. */
	readonly isGone: boolean;
	/** Its machine is off the network. */
	readonly isCut: boolean;
	/** The role in its certificate: it follows the node's observed role when it is renewed. */
	readonly certificateRole: 'worker' | 'manager';
	/** The manager on it is up, so that raft can count on it. */
	readonly isManagerUp: boolean;
	describe(): NodeDescription;
	readonly containers: Containers;
	/** All that the node is to handle from now on. */
	assign(tasks: readonly TaskObject[]): void;
	/** These tasks have been running here for long. */
	adopt(tasks: readonly TaskObject[]): void;
	/** The dispatcher has taken the node up. */
	onRegistered(): void;
	/** Its certificate was renewed with that role. */
	onCertificate(role: 'worker' | 'manager'): void;
	/** The node was removed from the swarm: its certificate opens no door any more. */
	onRemoved(): void;
}
