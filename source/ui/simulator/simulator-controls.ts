/** What a key can ask of a simulated swarm. */
import type {FaultEntry, FaultVictim} from './faults.ts';

/** A simulated swarm: what can be broken in it, and mended. */
export interface SimulatorControls {
	/** The swarm on the screen is known to be a simulated one. */
	readonly isThere: boolean;
	/** What can be done to it; nothing to a real one. */
	readonly entries: readonly FaultEntry[];
	openMenu(): void;
	/** Does it, or asks first to what. */
	begin(entry: FaultEntry): void;
	/** What it can be done to. */
	targetsOf(entry: FaultEntry): readonly FaultVictim[];
	run(entry: FaultEntry, target: FaultVictim): void;
}
