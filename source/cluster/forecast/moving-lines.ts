import type {Forecast, Place, Start} from '../../swarmkit/forecast/input.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {nodeName, serviceName} from '../actions/names.ts';
import type {PlanLine} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {line} from '../plan-line.ts';
import {listed, placesWords, willBeReplaced, willMove, willStart, willStop} from './messages.ts';

/** Which tasks move, stop and start where, and between which nodes the scheduler may choose. Pure. */

type Move = {readonly stop: Place; readonly start: Start};

/** `shop_web.3 w4 → w2`; tasks without a successor stop, those without a predecessor start. */
export function movingLines({starts, stops}: Forecast, state: ClusterState): PlanLine[] {
	const successors = Map.groupBy(starts, (start) => slotOf(start, state));
	const moves: Move[] = [];
	const ends: Place[] = [];
	let replaced = 0;
	for (const stop of stops) {
		const start = successors.get(slotOf(stop, state))?.shift();
		if (!start) ends.push(stop);
		else if (start.nodeId === stop.nodeId && start.equals.length === 0) replaced++;
		else moves.push({stop, start});
	}
	const begins = [...successors.values()].flat();
	const endNames = ends.map((stop) => safe`${nameOfPlace(stop, state)} on ${nodeName(stop.nodeId, state)}`);
	return [
		...(moves.length > 0 ? [line('warning', willMove(moves.length, listed(moveNames(moves, state))))] : []),
		...(replaced > 0 ? [line('plain', willBeReplaced(replaced))] : []),
		...(ends.length > 0 ? [line('plain', willStop(ends.length, listed(endNames)))] : []),
		...(begins.length > 0 ? [line('plain', willStart(begins.length, listed(startNames(begins, state))))] : []),
	];
}

/** Tasks of one service that leave one node: which of them goes where is not for anybody to say. */
function moveNames(moves: readonly Move[], state: ClusterState): SafeText[] {
	const groups = Map.groupBy(moves, ({stop}) => `${stop.serviceId} ${stop.nodeId}`);
	return [...groups.values()].map((group) => {
		const names = namesOf(
			group.map(({stop}) => stop),
			state,
		);
		const from = nodeName(group[0]?.stop.nodeId ?? '', state);
		return safe`${names} ${from} → ${targetsOf(
			group.map(({start}) => start),
			state,
		)}`;
	});
}

function startNames(starts: readonly Start[], state: ClusterState): SafeText[] {
	const groups = Map.groupBy(starts, ({serviceId}) => serviceId);
	return [...groups.values()].map((group) => safe`${namesOf(group, state)} on ${targetsOf(group, state)}`);
}

/** So many tasks of one service are named one by one. */
const namedAtMost = 3;

function namesOf(places: readonly Place[], state: ClusterState): SafeText {
	const [first] = places;
	if (!first || places.length <= namedAtMost)
		return joinSafe(
			places.map((place) => nameOfPlace(place, state)),
			', ',
		);
	return safe`${places.length} of ${serviceName(first.serviceId, state)}`;
}

function targetsOf(starts: readonly Start[], state: ClusterState): SafeText {
	const isSure = ({equals}: Start): boolean => equals.length === 0;
	const open = starts.filter((start) => !isSure(start));
	const choices = new Set(open.flatMap(({nodeId, equals}) => [nodeId, ...equals]));
	// As many nodes to choose from as tasks: whichever goes where, each of the nodes gets one.
	const isSettled = choices.size <= open.length && new Set(open.map(({nodeId}) => nodeId)).size === open.length;
	const counts = new Map<string, number>();
	for (const {nodeId} of isSettled ? starts : starts.filter(isSure)) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
	const name = (id: string): SafeText => nodeName(id, state);
	const sure = [...counts].map(([id, count]) => (count > 1 ? safe`${name(id)} ×${count}` : name(id))).sort();
	const rest = isSettled ? {count: 0, nodes: []} : {count: open.length, nodes: [...choices].map(name).sort()};
	return placesWords(sure, rest);
}

/** What a task's successor shares with it: of a global service the node, so that its tasks never move. */
const slotOf = ({serviceId, slot, nodeId}: Place, state: ClusterState): string =>
	`${serviceId}/${isGlobal(serviceId, state) ? nodeId : slot}`;

const isGlobal = (serviceId: string, {services}: ClusterState): boolean =>
	services.get(serviceId)?.mode.startsWith('global') ?? false;

export function nameOfPlace({serviceId, slot, nodeId}: Place, state: ClusterState): SafeText {
	const name = serviceName(serviceId, state);
	return isGlobal(serviceId, state)
		? safe`${name}.${nodeName(nodeId, state)}`
		: safe`${name}.${toSafeText(String(slot))}`;
}
