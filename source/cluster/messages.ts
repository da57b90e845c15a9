/** What is said of a swarm as a whole, and of what is not as desired in it: each sentence once. */
import {bytes, plural} from '../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import type {Quorum} from './model.ts';

/** The managers. */
export const quorumIssue = ({managers, reachable, needed, tolerated}: Quorum): SafeText => {
	const outlook =
		tolerated < 0
			? safe`${needed} are needed: nothing can be changed until enough of them are back`
			: tolerated === 0
				? safe`if one more is lost, nothing can be changed`
				: safe`${tolerated} more can be lost`;
	return safe`${plural(managers - reachable, 'manager')} can't be reached; ${outlook}`;
};
export const evenManagers = (managers: number): SafeText =>
	safe`an even number tolerates no more losses than ${managers - 1}`;
export const oneZone = (zone: SafeText): SafeText => safe`all managers in ${zone}`;
export const enginesDiffer = (versions: readonly SafeText[], hasMore: boolean): SafeText =>
	safe`engine versions differ: ${joinSafe(versions, ', ')}${toSafeText(hasMore ? ', …' : '')}`;

/** A node. */
export const unreachableManager = safe`the other managers can't reach it`;
export const oldEntry = safe`another node has the same name: this may be its old entry`;
export const meantToRun = (tasks: number): SafeText =>
	safe`${plural(tasks, 'task is', 'tasks are')} meant to run on it`;
export const stillCounted = (tasks: number): SafeText =>
	safe`${plural(tasks, 'task is', 'tasks are')} still counted as running until it returns or is removed`;

/** A service. */
export const updateState = (state: string, message: SafeText): SafeText =>
	safe`${toSafeText(state.replaceAll('_', ' '))}${message === '' ? message : safe`: ${message}`}`;
export const updating = (done: number | undefined, wanted: number): SafeText =>
	done === undefined ? safe`updating` : safe`updating ${done}/${wanted}`;
export const tasksStarting = safe`its tasks are starting`;
export const tooFewTasks = safe`fewer tasks run than desired`;

/** What the engines of the nodes say of a service. */
export const nearLimit = (task: SafeText, used: number, limit: number, others: number): SafeText =>
	safe`${task} uses ${bytes(used)} of its limit of ${bytes(limit)}${moreTasks(others)}`;
export const killedForMemory = (task: SafeText, words: SafeText, others: number): SafeText =>
	safe`${task} was ${words}${moreTasks(others)}`;
export const heldBack = (task: SafeText, share: number, others: number): SafeText =>
	safe`${task} is held back by its CPU limit ${Math.round(share * 100)}% of the time${moreTasks(others)}`;
export const reservesMemory = (reserved: number, used: number): SafeText =>
	safe`reserves ${bytes(reserved)} of memory and uses ${bytes(used)}`;
export const reservesCpu = (reserved: SafeText, used: SafeText): SafeText =>
	safe`reserves ${reserved} CPU and used ${used} at most lately`;
const moreTasks = (others: number): SafeText => (others > 0 ? safe`, ${others} more of its tasks too` : safe``);
export const killedByKernel = (at: SafeText, limitBytes: number | undefined): SafeText =>
	safe`killed by the kernel for memory at ${at}${limitBytes === undefined ? safe`` : safe` (limit ${bytes(limitBytes)})`}`;

/** How the tasks of a service are spread over zones. */
type SpreadFacts = {
	readonly zones: readonly (readonly [zone: SafeText, tasks: number])[];
	readonly used: number;
	readonly eligible: number;
	readonly skew: number;
	readonly most: {readonly node: SafeText; readonly tasks: number} | undefined;
	readonly fewest: {readonly node: SafeText; readonly tasks: number} | undefined;
};

/** `north 2, south 2; on 4 of 7 nodes that can run it; evenly spread`, or what is uneven about it. */
export function spread({zones, used, eligible, most, fewest, skew}: SpreadFacts): SafeText {
	const shown = zones.map(([zone, tasks]) => safe`${zone === '' ? safe`no zone` : zone} ${tasks}`);
	const even = skew <= 1 ? safe`evenly spread` : safe`skewed by ${skew}`;
	const ends =
		skew > 1 && most && fewest ? safe`: ${most.node} has ${most.tasks}, ${fewest.node} has ${fewest.tasks}` : safe``;
	return safe`${joinSafe(shown, ', ')}; on ${used} of ${plural(eligible, 'node')} that can run it; ${even}${ends}`;
}

/** A file that can't be read. */
const fileProblems: Readonly<Partial<Record<string, string>>> = {
	ENOENT: 'there is no such file',
	EACCES: 'permission denied',
	EISDIR: 'it is a directory',
};
export const unreadable = (file: string, code: string, otherwise: string): SafeText =>
	safe`${toSafeText(file)}: ${toSafeText(fileProblems[code] ?? otherwise)}`;
