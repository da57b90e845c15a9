import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {UsageNow} from '../inside-container.ts';
import {usageOf} from '../programs/launch.ts';
import {outOfMemoryAt, usageAt} from '../programs/usage.ts';
import type {ContainerPlan} from './container-plan.ts';

/** What a container's program uses, and when that becomes too much. */

/** Timers of the machine count in 32 bits of milliseconds: longer waits are taken in turns. */
export const longestTimerMs = 1_000_000_000;

export function usageAfter(plan: ContainerPlan, elapsedMs: number): UsageNow {
	const limits = plan.task?.spec.Resources?.Limits;
	const setting = {
		fraction: (purpose: string) => plan.fraction(purpose),
		memoryLimit: plan.memoryBytes,
		cpuLimit: limits?.NanoCPUs ? limits.NanoCPUs / 1e9 : Number.POSITIVE_INFINITY,
	};
	return usageAt(usageOf(plan.entry, plan.command), setting, elapsedMs);
}

/** Calls when the program wants more memory than its container may have; undefined where it never does. */
export function onceOutOfMemory(
	clock: Clock,
	plan: ContainerPlan,
	elapsed: () => number,
	end: () => void,
): TimerHandle | undefined {
	const at = outOfMemoryAt(usageOf(plan.entry, plan.command), plan.memoryBytes);
	if (at === undefined) return undefined;
	let timer: TimerHandle;
	const wait = (): void => {
		const left = Math.max(0, at - elapsed());
		timer = clock.after(Math.min(left, longestTimerMs), left > longestTimerMs ? wait : end);
	};
	wait();
	return {cancel: () => timer.cancel()};
}
