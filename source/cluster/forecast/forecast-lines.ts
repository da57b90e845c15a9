import type {Forecast, ForecastChange, Place} from '../../swarmkit/forecast/input.ts';
import {duration, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {nodeName, serviceName} from '../actions/names.ts';
import type {PlanLine} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {line} from '../plan-line.ts';
import {aftermathLines} from './aftermath.ts';

/** A forecast of those changes in sentences, what hurts first. Pure. */
export function forecastLines(forecast: Forecast, changes: readonly ForecastChange[], state: ClusterState): PlanLine[] {
	const {unplaced, capacity} = aftermathLines(forecast, changes, state);
	return [
		...unplacedLines(forecast, state),
		...unplaced,
		...outageLines(forecast, state),
		...movingLines(forecast, state),
		...capacity,
		...endLines(forecast, state),
	];
}

/** So many tasks are named; of more only the number is told. */
const namedAtMost = 6;

function unplacedLines({unplaced}: Forecast, state: ClusterState): PlanLine[] {
	// What waits for a place already is no consequence of this.
	const waiting = new Set<string>();
	for (const task of state.tasks.values()) {
		if (task.state === 'pending') waiting.add(`${task.serviceId}/${task.slot}/${task.nodeId}`);
	}
	const byReason = new Map<string, SafeText[]>();
	for (const {serviceId, slot, nodeId, reason} of unplaced) {
		if (waiting.has(`${serviceId}/${slot}/${nodeId}`)) continue;
		const names = byReason.get(reason) ?? [];
		names.push(nameOf({taskId: '', serviceId, slot, nodeId}, state));
		byReason.set(reason, names);
	}
	return [...byReason].map(([reason, names]) =>
		line('danger', safe`${listed(names)} can't be placed: ${toSafeText(reason === '' ? 'no suitable node' : reason)}.`),
	);
}

function outageLines({outages}: Forecast, state: ClusterState): PlanLine[] {
	const names = (isLasting: boolean) =>
		outages.filter((outage) => outage.isLasting === isLasting).map(({serviceId}) => serviceName(serviceId, state));
	const longest = Math.max(0, ...outages.filter(({isLasting}) => !isLasting).map(({ms}) => ms));
	const [passing, lasting] = [names(false), names(true)];
	return [
		...(lasting.length > 0 ? [line('danger', safe`Down afterwards, with no task left: ${listed(lasting)}.`)] : []),
		...(passing.length > 0 ? [line('danger', safe`Down for about ${about(longest)}: ${listed(passing)}.`)] : []),
	];
}

/** `shop_web.3 w4 → w2`; tasks without a successor stop, those without a predecessor start. */
function movingLines({starts, stops}: Forecast, state: ClusterState): PlanLine[] {
	const successors = new Map<string, Place[]>();
	for (const start of starts) {
		const slot = slotOf(start, state);
		successors.set(slot, [...(successors.get(slot) ?? []), start]);
	}
	const moves: SafeText[] = [];
	const ends: SafeText[] = [];
	let replaced = 0;
	for (const stop of stops) {
		const next = successors.get(slotOf(stop, state))?.shift();
		if (!next) ends.push(safe`${nameOf(stop, state)} on ${nodeName(stop.nodeId, state)}`);
		else if (next.nodeId === stop.nodeId) replaced++;
		else moves.push(safe`${nameOf(stop, state)} ${nodeName(stop.nodeId, state)} → ${nodeName(next.nodeId, state)}`);
	}
	const begins = [...successors.values()]
		.flat()
		.map((start) => safe`${nameOf(start, state)} on ${nodeName(start.nodeId, state)}`);
	return [
		...(moves.length > 0 ? [line('warning', safe`${plural(moves.length, 'task')} will move: ${listed(moves)}.`)] : []),
		...(replaced > 0
			? [
					line(
						'plain',
						safe`${plural(replaced, 'task')} will be replaced where ${toSafeText(replaced === 1 ? 'it is' : 'they are')}.`,
					),
				]
			: []),
		...(ends.length > 0 ? [line('plain', safe`${plural(ends.length, 'task')} will stop: ${listed(ends)}.`)] : []),
		...(begins.length > 0
			? [line('plain', safe`${plural(begins.length, 'task')} will start: ${listed(begins)}.`)]
			: []),
	];
}

function endLines({tookMs, graceMs, isSettled, updates, starts, stops}: Forecast, state: ClusterState): PlanLine[] {
	if (!isSettled) return [line('danger', safe`This never converges: something keeps being retried.`)];
	const stuck = updates.filter((update) => update.state === 'updating' || update.state === 'rollback_started');
	if (stuck.length > 0) {
		const names = listed(stuck.map(({serviceId}) => serviceName(serviceId, state)));
		return [line('danger', safe`The update of ${names} can't finish: it waits for tasks that find no node.`)];
	}
	if (starts.length === 0 && stops.length === 0) return [line('good', safe`No task starts, stops or moves.`)];
	const isUpdate = updates.some((update) => update.state === 'completed' || update.state === 'rollback_completed');
	const rest = isUpdate ? safe`, with the time that the last tasks are watched` : safe``;
	const grace =
		graceMs > 0 ? safe` Programs that ignore SIGTERM take up to ${duration(graceMs)} each to stop.` : safe``;
	const time = tookMs < 1000 ? safe`Done at once` : safe`Done in about ${about(tookMs)}`;
	return [line('plain', safe`${time}${rest}.${grace}`)];
}

/** No more exact than a forecast can be. */
const about = (ms: number): SafeText => duration(Math.max(1000, Math.round(ms / 1000) * 1000));

/** What a task's successor shares with it: of a global service the node, so that its tasks never move. */
const slotOf = ({serviceId, slot, nodeId}: Place, state: ClusterState): string =>
	`${serviceId}/${isGlobal(serviceId, state) ? nodeId : slot}`;

const isGlobal = (serviceId: string, {services}: ClusterState): boolean =>
	services.get(serviceId)?.mode.startsWith('global') ?? false;

function nameOf({serviceId, slot, nodeId}: Place, state: ClusterState): SafeText {
	const name = serviceName(serviceId, state);
	return isGlobal(serviceId, state) ? safe`${name}.${nodeName(nodeId, state)}` : safe`${name}.${slot}`;
}

function listed(names: readonly SafeText[]): SafeText {
	const rest = names.length - namedAtMost;
	return joinSafe(rest > 0 ? [...names.slice(0, namedAtMost), safe`${rest} more`] : names, ', ');
}
