import type {TaskObject, Timestamp} from '../state/objects.ts';
import {failureKey, type NodeInfo} from './node-info.ts';

/**
 * Which of two nodes that can take a task should: the one where its service hasn't been failing, then the one with fewer
 * tasks of the service, then the one with fewer tasks (swarmkit manager/scheduler/scheduler.go).
 */

/** Below so many recent failures a node is as good as any other. */
const failuresThatCount = 5;

/** Negative when `a` is the better node, 0 when neither is. */
export type Ranking = (a: NodeInfo, b: NodeInfo) => number;

export function rankingFor(task: TaskObject, now: Timestamp): Ranking {
	const key = failureKey(task);
	return (a, b) => {
		const failuresOfA = a.recentFailures(key, now);
		const failuresOfB = b.recentFailures(key, now);
		if ((failuresOfA >= failuresThatCount || failuresOfB >= failuresThatCount) && failuresOfA !== failuresOfB) {
			return failuresOfA - failuresOfB;
		}
		const byService = a.activeTasksOf(task.serviceId) - b.activeTasksOf(task.serviceId);
		return byService === 0 ? a.activeTasks - b.activeTasks : byService;
	};
}

/** Where the ranking leaves it open, the choice is arbitrary, but always the same for the same service and nodes. */
export function decided(ranking: Ranking, serviceSeed: number): Ranking {
	return (a, b) => {
		const order = ranking(a, b);
		if (order !== 0) return order;
		const tie = mixed(a.seed, serviceSeed) - mixed(b.seed, serviceSeed);
		return tie === 0 ? compareIds(a.node.id, b.node.id) : tie;
	};
}

/** Two 32-bit seeds made one. */
function mixed(a: number, b: number): number {
	let value = a ^ b;
	value = Math.imul(value ^ (value >>> 16), 2246822507);
	value = Math.imul(value ^ (value >>> 13), 3266489909);
	return (value ^ (value >>> 16)) >>> 0;
}

const compareIds = (a: string, b: string): number => (a < b ? -1 : 1);
