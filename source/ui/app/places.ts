/**
 * Where one is on the screen, and the ways between places: into something and out again (Esc), and the places that were
 * visited one after the other, to and fro. Pure.
 */
import type {TaskScope} from '../../cluster/model.ts';
import type {ServiceScope} from '../kinds/scope.ts';
import {isView, type PaneId} from '../layout/pane.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import {withTarget} from '../logs/logs-state.ts';
import {noMarks} from '../table/marks.ts';
import {initialTable} from '../table/table-state.ts';
import {allServices, isSameScope, type Place, type ScreenState, withList} from './state.ts';

/** Of the places that were visited so many are remembered. */
const mostVisited = 50;

/** What is shown there. */
export type Destination = {readonly tasks?: TaskScope; readonly services?: ServiceScope; readonly logs?: LogTarget};

/** Goes somewhere that Esc leads back from. */
export function entered(state: ScreenState, focus: PaneId, {tasks, services, logs}: Destination): ScreenState {
	let next = state;
	if (tasks) next = withTasks(next, tasks);
	if (services) next = withServices(next, services);
	return visited(state, {
		...next,
		focus,
		trail: [...state.trail, placeOf(state)],
		...(logs && {logs: withTarget(state.logs, logs)}),
	});
}

/** Goes to a pane that is always there, or to a view by its name: from that Esc leads back to where one set out. */
export function focused(state: ScreenState, focus: PaneId): ScreenState {
	if (!isView(focus)) return visited(state, {...state, focus, trail: []});
	if (state.focus === focus) return state;
	return visited(state, {...state, focus, trail: [state.trail[0] ?? placeOf(state)]});
}

/** Back to where one was before one went in; undefined when that is nowhere. */
export function left(state: ScreenState): ScreenState | undefined {
	const place = state.trail.at(-1);
	return place && visited(state, {...at(state, place), trail: state.trail.slice(0, -1)});
}

/**
 * Closes what was opened last, one step: a zoom, a drill, a view, the logs. Undefined when nothing is open. What merely
 * narrows a list, a filter or marks, is nothing that is open.
 */
export function closed(state: ScreenState): ScreenState | undefined {
	const before = state.trail.at(-1);
	if (state.isZoomed && before?.isZoomed !== true) return {...state, isZoomed: false};
	if (before) return left(state);
	if (state.services.kind !== 'all') return withServices(state, allServices);
	return state.focus === 'logs' ? focused(state, 'services') : undefined;
}

/** To the place that was visited before this one; undefined when there is none. */
export function backward(state: ScreenState): ScreenState | undefined {
	const {past, future} = state.visits;
	const place = past.at(-1);
	const visits = {past: past.slice(0, -1), future: [placeOf(state), ...future]};
	return place && {...at(state, place), trail: place.trail, visits};
}

/** The other way, after {@link backward}. */
export function forward(state: ScreenState): ScreenState | undefined {
	const {past, future} = state.visits;
	const [place, ...rest] = future;
	return place && {...at(state, place), trail: place.trail, visits: {past: [...past, placeOf(state)], future: rest}};
}

/** To the place before this one, and with the next call back to this one. */
export function last(state: ScreenState): ScreenState | undefined {
	const place = state.visits.past.at(-1);
	return place && visited(state, {...at(state, place), trail: place.trail});
}

/** The tasks of something else, from the first one on. */
export function withTasks(state: ScreenState, tasks: TaskScope): ScreenState {
	if (isSameScope(tasks, state.tasks)) return state;
	return {...withList(state, 'tasks', {table: initialTable, marks: noMarks}), tasks};
}

export function withServices(state: ScreenState, services: ServiceScope): ScreenState {
	return {
		...withList(state, 'services', {table: initialTable, filterText: '', isTroubleOnly: false, marks: noMarks}),
		services,
	};
}

function placeOf({focus, isZoomed, tasks, services, lists, logs, trail}: ScreenState): Place {
	return {
		focus,
		isZoomed,
		tasks,
		taskList: lists.tasks,
		services,
		serviceList: lists.services,
		logs: logs.target,
		trail,
	};
}

/** As it was there. */
function at(state: ScreenState, place: Place): ScreenState {
	const {focus, services, tasks, isZoomed, logs} = place;
	return {
		...withList(withList(state, 'tasks', {...place.taskList}), 'services', {...place.serviceList}),
		focus,
		services,
		tasks,
		isZoomed,
		...(focus === 'logs' && logs && {logs: withTarget(state.logs, logs)}),
	};
}

/** Notes where one came from, unless one is there still. */
function visited(from: ScreenState, to: ScreenState): ScreenState {
	if (isSamePlace(placeOf(from), placeOf(to))) return to;
	return {...to, visits: {past: [...from.visits.past, placeOf(from)].slice(-mostVisited), future: []}};
}

function isSamePlace(a: Place, b: Place): boolean {
	return (
		a.focus === b.focus &&
		JSON.stringify(a.services) === JSON.stringify(b.services) &&
		(a.focus !== 'tasks' || isSameScope(a.tasks, b.tasks)) &&
		(a.focus !== 'logs' || a.logs?.id === b.logs?.id)
	);
}
