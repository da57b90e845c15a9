/** What a process takes: time, processor time, memory. */
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

const ticksPerSecond = 100;
const lookEveryMs = 5;

export type Taken = {
	readonly wallMs: number;
	readonly cpuMs: number;
	/** The most memory that was resident at any time, in MB (10^6 bytes). */
	readonly peakMb: number;
};

/** Runs a program to its end, its output unread as by a fast pipe. Rejects unless it ends with 0. */
export async function runMeasured(
	command: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
): Promise<Taken> {
	const cpuBefore = cpuOfEndedChildren();
	const startedAt = performance.now();
	const child = spawn(command, [...args], {env: {...process.env, ...env}, stdio: ['ignore', 'ignore', 'inherit']});
	let peakMb = 0;
	const looking = setInterval(() => {
		peakMb = Math.max(peakMb, peakOf(child.pid ?? 0));
	}, lookEveryMs);
	try {
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('exit', resolve);
			child.once('error', reject);
		});
		if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
	} finally {
		clearInterval(looking);
	}
	return {wallMs: performance.now() - startedAt, cpuMs: 1000 * (cpuOfEndedChildren() - cpuBefore), peakMb};
}

/** Resident memory of a running process, in MB (10^6 bytes). */
export async function residentMb(pid: number): Promise<number> {
	return megabytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmRSS');
}

/** The most that it ever was; 0 for one that has ended. */
export function peakOf(pid: number): number {
	try {
		return megabytes(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM');
	} catch (cause) {
		if (['ENOENT', 'ESRCH'].includes((cause as NodeJS.ErrnoException).code ?? '')) return 0;
		throw cause;
	}
}

/** Processor time that a process has used so far, in seconds. */
export async function cpuSeconds(pid: number): Promise<number> {
	const [user = 0, system = 0] = statFields(await readFile(`/proc/${pid}/stat`, 'utf8')).slice(11);
	return (user + system) / ticksPerSecond;
}

function cpuOfEndedChildren(): number {
	const [user = 0, system = 0] = statFields(readFileSync('/proc/self/stat', 'utf8')).slice(13);
	return (user + system) / ticksPerSecond;
}

/** The fields after the name, which stands in parentheses and may hold anything: the 3rd field of the manual comes first. */
function statFields(stat: string): number[] {
	return stat
		.slice(stat.lastIndexOf(')') + 2)
		.split(' ')
		.map(Number);
}

/** Of a process that is ending there is no memory left to tell of. */
function megabytes(status: string, field: 'VmRSS' | 'VmHWM'): number {
	const kibibytes = Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
	return (kibibytes * 1024) / 1e6;
}
