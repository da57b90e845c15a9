import {startScheduler} from '../scheduler/scheduler.ts';
import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import {startAllocator} from './allocator.ts';
import {startConstraintEnforcer} from './constraint-enforcer.ts';
import {startGlobal} from './global.ts';
import {startJobs} from './jobs.ts';
import {startReaper} from './reaper.ts';
import {startReplicated} from './replicated.ts';

/**
 * All that a manager runs while it leads (swarmkit manager/manager.go becomeLeader). Everything starts from what is in
 * the store: updates and restarts that a former leader began are taken up, its memory of failures is lost.
 */
export function startManager(surroundings: ControllerSurroundings): Controller {
	const starters = [
		startAllocator,
		// Before the orchestrators, so that it judges what is on a node, not what they make of the node's change.
		startConstraintEnforcer,
		startReplicated,
		startGlobal,
		startJobs,
		startScheduler,
		startReaper,
	];
	const controllers = starters.map((start) => start(surroundings));
	return {
		stop() {
			for (const controller of controllers) controller.stop();
		},
	};
}
