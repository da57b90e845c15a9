import type {Clock} from '../../runtime/clock.ts';
import type {GenericResource} from '../../wire/node.ts';
import type {PortConfig} from '../../wire/task.ts';
import type {Seeded} from '../random.ts';
import type {TaskObject} from './objects.ts';
import type {Store} from './store.ts';

/**
 * A controller is one loop of the leader's: it watches the store, acts on what it owns and writes back. Controllers know
 * nothing of each other; the store is where they meet (swarmkit manager/).
 */
export type Controller = {
	/** Ends the watch and every timer. What is half done stays in the store for the next leader to take up. */
	readonly stop: () => void;
};

/** What tasks that are not in the store hold of a node: a forecast names only those that it is about. */
export type NodeBallast = {
	readonly tasks: number;
	readonly nanoCpus: number;
	readonly memoryBytes: number;
	/** Ports that they have opened on the node itself. */
	readonly hostPorts?: readonly PortConfig[];
	/** By number only: which of a node's named resources they have is not told. */
	readonly genericResources?: readonly GenericResource[];
};

/** Where the scheduler has placed a task, and where it might have. */
export type Choice = {
	readonly taskId: string;
	readonly nodeId: string;
	/** Other nodes that it had no reason not to choose. */
	readonly equals: readonly string[];
	/** All nodes that could have taken the task. */
	readonly fitting: readonly string[];
};

export type PastFailure = {readonly task: TaskObject; readonly at: number};

/** What every part of one simulation shares. */
export type Surroundings = {readonly clock: Clock; readonly seeded: Seeded};

export type ControllerSurroundings = Surroundings & {
	readonly store: Store;
	/** By node ID; nothing in a swarm whose store holds everything. */
	readonly ballast?: ReadonlyMap<string, NodeBallast>;
	/** Of failures that the scheduler has not seen itself, where a leader that goes on would have. */
	readonly pastFailures?: readonly PastFailure[];
	/** To be told of every choice of a node. */
	readonly whenPlaced?: (choice: Choice) => void;
	/** Services whose tasks wait at the same time are served in the other order: which comes first is chance in a swarm. */
	readonly isBackwards?: boolean;
	/** These controllers go on where others are at work this moment: what a new leader checks anew is left alone. */
	readonly isContinuing?: boolean;
};
