import type {Surroundings} from '../contract.ts';
import type {Store} from '../state/store.ts';

/**
 * A controller is one loop of the leader's: it watches the store, acts on what it owns and writes back. Controllers know
 * nothing of each other; the store is where they meet (swarmkit manager/).
 */
export type Controller = {
	/** Ends the watch and every timer. What is half done stays in the store for the next leader to take up. */
	readonly stop: () => void;
};

export type ControllerSurroundings = Surroundings & {readonly store: Store};
