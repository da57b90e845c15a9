import {readFileSync} from 'node:fs';

/** What the system says of a process (Linux, proc(5)). */

/** Clock ticks that `sysconf(_SC_CLK_TCK)` gives on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Seconds of a core that the process has used, all threads together. */
export function cpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory, in megabytes. */
export function residentMegabytes(pid: number): number {
	const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes ?? 0) / 1024;
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
