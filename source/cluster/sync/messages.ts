/** What is said when the connection or the leader is lost: each sentence once. */
import {joinSafe, type SafeText, safe} from '../../text/safe-text.ts';

/** What is wrong, and what to do. */
export type Told = {readonly problem: SafeText; readonly nextStep: SafeText};

export const noLeader = (managers: number, needed: number, missing: readonly SafeText[]): Told => ({
	problem: safe`The swarm has no leader: of ${managers} managers ${needed} must be up, and ${joinSafe(missing, ', ')} can't be reached.`,
	nextStep: safe`Bring ${joinSafe(missing, ' or ')} back; running tasks keep running.`,
});

export const stopping = (engine: SafeText): Told => ({
	problem: safe`The engine of ${engine} is stopping: it was a manager of this swarm a moment ago.`,
	nextStep: safe`swarmtop keeps trying; start the engine again if it should not have stopped.`,
});

export const leftSwarm = (engine: SafeText, managers: readonly SafeText[]): Told => ({
	problem: safe`The engine of ${engine} has left the swarm.`,
	nextStep:
		managers.length === 0
			? safe`Point swarmtop at another manager.`
			: safe`Point swarmtop at another manager: ${joinSafe(managers, ', ')}.`,
});

/** @param former the name of the manager that led */
export const electing = (former: SafeText | undefined, needed: number, managers: number) => ({
	problem: `The swarm has no leader${former === undefined ? '' : ` (${former} was)`}: its managers are electing one, or too few of them are up.`,
	nextStep: `An election takes up to half a minute; if it takes longer, bring managers back${managers > 0 ? ` until ${needed} of ${managers} are up` : ''}.`,
});
