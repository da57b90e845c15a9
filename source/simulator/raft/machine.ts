import type {Surroundings} from '../../swarmkit/state/controller.ts';
import type {Store} from '../../swarmkit/state/store.ts';
import type {NodeDescription} from '../../wire/node.ts';
import type {AdoptingAgent} from '../agents/agent.ts';
import type {Containers, ReportStatus} from '../contract.ts';

/** What an engine's part in a swarm needs of the machine it runs on, and of the network between machines. */
export interface Machine extends Surroundings {
	readonly name: string;
	/** Its IP address. */
	readonly address: string;
	/** The engine runs (it may be frozen). */
	readonly isRunning: boolean;
	readonly isFrozen: boolean;
	readonly isCut: boolean;
	readonly containers: Containers;
	/** Everything but the TLS info, which is the swarm's. */
	describe(): NodeDescription;
	/** A worker for the node with that ID, of the swarm with that store; its reports go to `report`. */
	createAgent(nodeId: string, store: Store, report: ReportStatus): AdoptingAgent;
	/**
	 * The engine holds a replica of that store from now on, until the function that is given back is called. While
	 * `isLed` says no, what was committed has not reached it yet.
	 */
	followStore(store: Store, isLed: () => boolean): () => void;
}
