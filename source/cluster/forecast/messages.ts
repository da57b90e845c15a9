/** What a plan says of what it will bring about: each sentence once. */
import type {Failing, Span} from '../../swarmkit/forecast/input.ts';
import {bytes, cpus, duration, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {line, type PlanLine} from '../plan-line.ts';

/** So many are named; of more only the number is told. */
const namedAtMost = 6;

export function listed(names: readonly SafeText[]): SafeText {
	const rest = names.length - namedAtMost;
	return joinSafe(rest > 0 ? [...names.slice(0, namedAtMost), safe`${rest} more`] : names, ', ');
}

const secondMs = 1000;
/** Up to here times are told in seconds. */
const longMs = 100 * secondMs;

/** `8-40s`, `2m10s to 5m`, `about 8s`: no more exact than a forecast can be. */
export function lasting({least, most}: Span): SafeText {
	const [from, to] = [Math.max(secondMs, inSeconds(Math.floor, least)), Math.max(secondMs, inSeconds(Math.ceil, most))];
	if (from === to) return safe`about ${duration(to)}`;
	return to < longMs ? safe`${from / secondMs}-${to / secondMs}s` : safe`${duration(from)} to ${duration(to)}`;
}

const inSeconds = (round: (value: number) => number, ms: number): number => round(ms / secondMs) * secondMs;

export const downForEver = (names: SafeText): SafeText => safe`Down afterwards, with no task left: ${names}.`;

export const downFor = (time: SafeText, names: SafeText): SafeText => safe`Down for ${time}: ${names}.`;

export const unplacedLine = (names: SafeText, reason: SafeText): SafeText => safe`${names} can't be placed: ${reason}.`;

export const neverConverges = toSafeText('This never converges: something keeps being retried.');

export const nothingMoves = toSafeText('No task starts, stops or moves.');

export const stuckLine = (names: SafeText): SafeText =>
	safe`The update of ${names} can't finish: it waits for tasks that find no node.`;

export const pausedLine = (name: SafeText, state: 'paused' | 'rollback_paused'): SafeText =>
	safe`The ${toSafeText(state === 'paused' ? 'update' : 'rollback')} of ${name} will pause, because its new tasks fail.`;

export const rolledBackLine = (name: SafeText): SafeText =>
	safe`The swarm will roll ${name} back, because its new tasks fail.`;

/** `web's tasks fail 3s after they start, again and again: new ones will do the same.` */
export function failingLine(name: SafeText, {state, afterMs}: Failing): SafeText {
	const words =
		state === 'rejected'
			? toSafeText('are rejected before they start')
			: safe`${toSafeText(state === 'complete' ? 'end' : 'fail')} ${duration(afterMs)} after they start`;
	return safe`The tasks of ${name} ${words}, again and again: new ones will do the same.`;
}

export const untestedLine = (name: SafeText): SafeText =>
	safe`The tasks of ${name} keep failing: a forecast can't tell whether the new settings mend that.`;

export function doneLine(
	took: Span,
	{isWatched, graceMs}: {readonly isWatched: boolean; readonly graceMs: number},
): SafeText {
	const watched = isWatched ? safe`, including the time that the last tasks are monitored` : safe``;
	const grace =
		graceMs > 0 ? safe` Programs that ignore SIGTERM take up to ${duration(graceMs)} each to stop.` : safe``;
	const time = took.most < secondMs ? safe`Done at once` : safe`Done in ${lasting(took)}`;
	return safe`${time}${watched}.${grace}`;
}

/** `Already under way: 2 tasks start and 1 stops without this (api).` */
export function underWayLine(
	{starts, stops}: {readonly starts: number; readonly stops: number},
	names: SafeText,
): SafeText {
	const parts = [
		...(starts > 0 ? [safe`${plural(starts, 'task')} ${toSafeText(starts === 1 ? 'starts' : 'start')}`] : []),
		...(stops > 0 ? [safe`${plural(stops, 'task')} ${toSafeText(stops === 1 ? 'stops' : 'stop')}`] : []),
	];
	const words = parts.length > 0 ? joinSafe(parts, ' and ') : toSafeText('tasks that fail again and again');
	return safe`Already under way, whatever you do here: ${words} (${names}).`;
}

export const willMove = (count: number, moves: SafeText): SafeText =>
	safe`${plural(count, 'task')} will move: ${moves}.`;

export const willBeReplaced = (count: number): SafeText =>
	safe`${plural(count, 'task')} will be replaced where ${toSafeText(count === 1 ? 'it is' : 'they are')}.`;

export const willStop = (count: number, names: SafeText): SafeText =>
	safe`${plural(count, 'task')} will stop: ${names}.`;

export const willStart = (count: number, names: SafeText): SafeText =>
	safe`${plural(count, 'task')} will start: ${names}.`;

/** Of more equal nodes than this only the number is told. */
const equalsNamed = 4;

/**
 * `w2`, `w2, w3`, `w2 or w3 (equal)`, `w1 and 2 of w3, w4, w5 (equal)`, `3 of 7 equal nodes`.
 * @param sure the nodes that are certain, one for each task
 * @param others how many tasks go to some of the equal ones, and which these are
 */
export function placesWords(
	sure: readonly SafeText[],
	others: {readonly count: number; readonly nodes: readonly SafeText[]},
): SafeText {
	const {count, nodes} = others;
	const certain = joinSafe(sure, ', ');
	if (count === 0) return certain;
	const some = oneOf(count, nodes);
	return sure.length > 0 ? safe`${certain} and ${some}` : some;
}

function oneOf(count: number, nodes: readonly SafeText[]): SafeText {
	const isMany = nodes.length > equalsNamed;
	if (isMany) return safe`${toSafeText(count === 1 ? 'one' : String(count))} of ${nodes.length} equal nodes`;
	if (count === 1) return safe`${joinSafe(nodes.slice(0, -1), ', ')} or ${nodes.at(-1) ?? safe``} (equal)`;
	return safe`${count} of ${joinSafe(nodes, ', ')} (equal)`;
}

export const fitsLine = (before: SafeText, after: SafeText): SafeText =>
	before === after
		? safe`It fits. Still free to reserve: ${before}.`
		: safe`It fits. Free to reserve now: ${before}; afterwards ${after}.`;

export const freeLine = (before: SafeText, after: SafeText): SafeText =>
	before === after
		? safe`Still free to reserve: ${before}.`
		: safe`Free to reserve now: ${before}; afterwards ${after}.`;

export const notInTime = (ms: number): PlanLine =>
	line('warning', safe`What will start, stop or move could not be worked out within ${duration(ms)}.`);

// ---- what may happen to a swarm

export const whatIfDown = (names: SafeText): SafeText => safe`If ${names} went down now`;

export const whatIfAdded = (
	count: number,
	{nanoCpus, memoryBytes}: {nanoCpus: number; memoryBytes: number},
): SafeText => safe`If ${plural(count, 'node')} of ${cpus(nanoCpus)} CPUs and ${bytes(memoryBytes)} joined`;

export const notForeseen = line(
	'warning',
	toSafeText('What will start, stop or move could not be worked out: the tasks of some nodes are not known.'),
);

export const fitsTimes = (copies: number, atMost: number): SafeText =>
	copies >= atMost ? safe`It fits at least ${plural(copies, 'time')}.` : safe`It fits ${plural(copies, 'time')}.`;

export const bottleneck = (reason: SafeText): SafeText => safe`The next one can't be placed: ${reason}.`;

export const needsEach = (tasks: number, nanoCpus: number, memoryBytes: number): SafeText =>
	safe`Each is ${plural(tasks, 'task')} and reserves ${cpus(nanoCpus)} CPUs and ${bytes(memoryBytes)}.`;

export const reservesNothing = toSafeText('It reserves nothing: how much of it fits depends on what it uses.');

export const portsNotCounted = toSafeText('Published ports are not counted: each can be published once.');
