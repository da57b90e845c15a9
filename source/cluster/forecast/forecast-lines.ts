import type {Forecast, ForecastChange, Outage} from '../../swarmkit/forecast/input.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {serviceName} from '../actions/names.ts';
import type {PlanLine} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {line} from '../plan-line.ts';
import {capacityLines, withJoining} from './aftermath.ts';
import {
	doneLine,
	downFor,
	downForEver,
	failingLine,
	lasting,
	listed,
	neverConverges,
	nothingMoves,
	pausedLine,
	rolledBackLine,
	stuckLine,
	underWayLine,
	unplacedLine,
	untestedLine,
} from './messages.ts';
import {movingLines, nameOfPlace} from './moving-lines.ts';

/** A forecast of those changes in sentences: what goes down, what moves, whether it fits, and how it ends. Pure. */
export function forecastLines(forecast: Forecast, changes: readonly ForecastChange[], state: ClusterState): PlanLine[] {
	const named = withJoining(changes, state);
	return [
		...outageLines(forecast, state),
		...updateLines(forecast, changes, state),
		...movingLines(forecast, named),
		...unplacedLines(forecast, named),
		...capacityLines(forecast, changes, state),
		...endLines(forecast),
		...underWayLines(forecast, state),
	];
}

function outageLines({outages}: Forecast, state: ClusterState): PlanLine[] {
	const names = (these: readonly Outage[]): SafeText =>
		listed(these.map(({serviceId}) => serviceName(serviceId, state)));
	const [over, passing] = [outages.filter(({isLasting}) => isLasting), outages.filter(({isLasting}) => !isLasting)];
	// Services that are down for as long are told together.
	const byTime = Map.groupBy(passing, ({ms}) => lasting(ms));
	return [
		...(over.length > 0 ? [line('danger', downForEver(names(over)))] : []),
		...[...byTime].map(([time, these]) => line('danger', downFor(time, names(these)))),
	];
}

/** What will be said of its tasks by then: an update that pauses, or waits for ever, is no success. */
function updateLines({updates, failing, untested}: Forecast, changes: readonly ForecastChange[], state: ClusterState) {
	const name = (id: string): SafeText => serviceName(id, state);
	const isAskedFor = new Set(changes.flatMap((change) => (change.kind === 'rollback' ? [change.serviceId] : [])));
	const lines: PlanLine[] = failing.map((each) => line('danger', failingLine(name(each.serviceId), each)));
	for (const {serviceId, state: end} of updates) {
		if (end === 'paused' || end === 'rollback_paused') lines.push(line('danger', pausedLine(name(serviceId), end)));
		else if (end === 'rollback_completed' && !isAskedFor.has(serviceId))
			lines.push(line('danger', rolledBackLine(name(serviceId))));
	}
	const stuck = updates.filter(({state: end}) => end === 'updating' || end === 'rollback_started');
	if (stuck.length > 0) lines.push(line('danger', stuckLine(listed(stuck.map(({serviceId}) => name(serviceId))))));
	return [...lines, ...untested.map((id) => line('warning', untestedLine(name(id))))];
}

function unplacedLines({unplaced}: Forecast, state: ClusterState): PlanLine[] {
	const byReason = Map.groupBy(unplaced, ({reason}) => reason);
	return [...byReason].map(([reason, these]) => {
		const names = these.map((each) => nameOfPlace({taskId: '', ...each}, state));
		return line('danger', unplacedLine(listed(names), toSafeText(reason === '' ? 'no suitable node' : reason)));
	});
}

function endLines({took, graceMs, isSettled, updates, starts, stops}: Forecast): PlanLine[] {
	if (!isSettled) return [line('danger', neverConverges)];
	if (updates.some(({state}) => state === 'updating' || state === 'rollback_started')) return [];
	if (starts.length === 0 && stops.length === 0) return [line('good', nothingMoves)];
	const isWatched = updates.some(({state}) => state === 'completed' || state === 'rollback_completed');
	return [line('plain', doneLine(took, {isWatched, graceMs}))];
}

function underWayLines({underWay}: Forecast, state: ClusterState): PlanLine[] {
	const {starts, stops, failing, serviceIds} = underWay;
	if (starts === 0 && stops === 0 && failing.length === 0) return [];
	const ids = [...new Set([...serviceIds, ...failing.map(({serviceId}) => serviceId)])];
	return [line('plain', underWayLine({starts, stops}, listed(ids.map((id) => serviceName(id, state)))))];
}
