/** What a program uses while it runs, as a function of time: nothing is counted while nobody looks. */

/** In CPUs: steady, or in turns low and high, each for half of a period. */
export type CpuUsage = number | {readonly low: number; readonly high: number; readonly everyMs: number};

/** In bytes: steady, or growing evenly from the start on until it stays. */
export type MemoryUsage = number | {readonly from: number; readonly to: number; readonly overMs: number};

export type UsageBehaviour = {readonly cpu?: CpuUsage; readonly memory?: MemoryUsage};

/** What stands around the program: its share of chance, and what it may use. */
export type UsageSetting = {
	/** In [0, 1), the container's own. */
	readonly fraction: (purpose: string) => number;
	readonly memoryLimit: number;
	/** In CPUs; Infinity without a limit. */
	readonly cpuLimit: number;
};

/** A program of which nothing is said: some CPU, some megabytes, its own of each. */
function usualOf({cpu, memory}: UsageBehaviour, {fraction}: UsageSetting): Required<UsageBehaviour> {
	return {cpu: cpu ?? fraction('stats') * 0.05, memory: memory ?? 3e5 + fraction('memory') * 6e7};
}

const periodMs = 100;
/** Memory is never quite still. */
const wobble = 0.01;
const wobbleMs = 5000;

/** Nanoseconds of CPU since the start, bytes now, periods of the scheduler and those that a limit took away. */
export function usageAt(behaviour: UsageBehaviour, setting: UsageSetting, elapsedMs: number) {
	const {cpu, memory} = usualOf(behaviour, setting);
	const elapsed = Math.max(0, elapsedMs);
	const wanted = memoryAt(memory, elapsed);
	const chance = setting.fraction(`usage/${Math.floor(elapsed / wobbleMs)}`);
	const bytes = Math.round(Math.min(setting.memoryLimit, wanted * (1 + (chance - 0.5) * wobble)));
	const {cpuMs, throttledMs} = cpuUntil(cpu, setting.cpuLimit, elapsed);
	const isLimited = Number.isFinite(setting.cpuLimit);
	return {
		cpuNanoseconds: Math.round(cpuMs * 1e6),
		memoryBytes: bytes,
		periods: isLimited ? Math.floor(elapsed / periodMs) : 0,
		throttledPeriods: isLimited ? Math.floor(throttledMs / periodMs) : 0,
	};
}

/** When its memory meets the limit, in milliseconds from the start; undefined when it never does. */
export function outOfMemoryAt({memory}: UsageBehaviour, memoryLimit: number): number | undefined {
	if (memory === undefined) return undefined;
	if (typeof memory === 'number') return memory > memoryLimit ? firstAllocationMs : undefined;
	if (memory.to <= memoryLimit) return undefined;
	if (memory.from >= memoryLimit) return firstAllocationMs;
	const share = (memoryLimit - memory.from) / (memory.to - memory.from);
	return Math.max(firstAllocationMs, memory.overMs * share);
}

/** Even a program that wants too much at once runs for a moment. */
const firstAllocationMs = 200;

function memoryAt(memory: MemoryUsage, elapsed: number): number {
	if (typeof memory === 'number') return memory;
	const share = memory.overMs === 0 ? 1 : Math.min(1, elapsed / memory.overMs);
	return memory.from + (memory.to - memory.from) * share;
}

/** How much CPU it has had, and for how long its limit gave it less than it wanted. */
function cpuUntil(cpu: CpuUsage, limit: number, elapsed: number): {cpuMs: number; throttledMs: number} {
	const steady = (wanted: number, ms: number) => ({
		cpuMs: Math.min(wanted, limit) * ms,
		throttledMs: wanted > limit ? ms : 0,
	});
	if (typeof cpu === 'number') return steady(cpu, elapsed);
	const half = cpu.everyMs / 2;
	const rounds = Math.floor(elapsed / cpu.everyMs);
	const rest = elapsed - rounds * cpu.everyMs;
	const low = steady(cpu.low, rounds * half + Math.min(rest, half));
	const high = steady(cpu.high, rounds * half + Math.max(0, rest - half));
	return {cpuMs: low.cpuMs + high.cpuMs, throttledMs: low.throttledMs + high.throttledMs};
}
