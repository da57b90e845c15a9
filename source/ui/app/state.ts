/** What the screen remembers: where the focus is, how lists stand, what lies on top. Plain data, replaced and never changed. */

import type {TaskScope} from '../../cluster/model.ts';
import {defaultConfig, type LogDefaults} from '../../config/config.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {type AnswerState, noAnswer} from '../answer/answer.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindIds, kindOf} from '../kinds/registry.ts';
import type {Listed, ServiceScope} from '../kinds/scope.ts';
import {isView, type PaneId} from '../layout/pane.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import {initialLogs, type LogsState} from '../logs/logs-state.ts';
import {type Marks, noMarks} from '../table/marks.ts';
import type {Sorting} from '../table/table-lines.ts';
import {initialTable, type TableState} from '../table/table-state.ts';
import {openingOrder} from '../table/worst-first.ts';
import type {MapCursor} from '../topology/map-cursor.ts';
import type {Tone} from './capabilities.ts';
import type {FullOverlay, Overlay} from './overlay.ts';

export type ListState = {
	readonly table: TableState;
	/** The selected object as it was last known: what a row that vanished was called, and what may follow it. */
	readonly selectedRow: Listed | undefined;
	/** Whoever wants the objects asks the screen: `App.marked`, `App.targets`. */
	readonly marks: Marks;
	readonly sorting: Sorting;
	readonly filterText: string;
	/** Only what is not as desired is shown. */
	readonly isTroubleOnly: boolean;
	/** All columns in full, as many as fit from `left` on. */
	readonly isWide: boolean;
	/** How many columns after the first are scrolled away. */
	readonly left: number;
};

/** Where one was, for Esc to come back to. */
export type Place = {
	readonly focus: PaneId;
	readonly isZoomed: boolean;
	readonly tasks: TaskScope;
	/** How the list of those tasks stood. */
	readonly taskList: ListState;
	readonly services: ServiceScope;
	readonly serviceList: ListState;
	/** Whose logs were shown. */
	readonly logs: LogTarget | undefined;
	/** The way that had led there. */
	readonly trail: readonly Place[];
};

/** The places that were visited before this one, the newest last, and those that one has come back from, the next first. */
export type Visits = {readonly past: readonly Place[]; readonly future: readonly Place[]};

export type Message = {
	readonly tone: Tone;
	readonly text: SafeText;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** The action that it tells of. */
	readonly actionId?: number | undefined;
	/** Whether it is still true; undefined where it tells of what has happened. */
	readonly holds?: () => boolean;
};

export type Size = {readonly columns: number; readonly rows: number};

export type ScreenState = {
	readonly size: Size;
	readonly focus: PaneId;
	readonly isZoomed: boolean;
	/** Which services the services pane shows. */
	readonly services: ServiceScope;
	/** Whose tasks the tasks pane shows. */
	readonly tasks: TaskScope;
	readonly hasHistory: boolean;
	/** What the doctor is not to tell of. */
	readonly ignoring: readonly string[];
	readonly lists: Readonly<Record<KindId, ListState>>;
	readonly logs: LogsState;
	/** What was chosen in the pane below the lists. */
	readonly answer: AnswerState;
	/** The task that was picked on the topology. */
	readonly mapCursor: MapCursor | undefined;
	readonly trail: readonly Place[];
	readonly visits: Visits;
	readonly overlays: readonly Overlay[];
	readonly message: Message | undefined;
	/** The strip of a demo has been sent away. */
	readonly isStripHidden: boolean;
};

export const allServices: ServiceScope = {kind: 'all'};

export function initialScreen(
	size: Size,
	logs: LogDefaults = defaultConfig.logs,
	ignoring: readonly string[] = [],
): ScreenState {
	const lists = Object.fromEntries(
		kindIds.map((id) => [
			id,
			{
				table: initialTable,
				selectedRow: undefined,
				marks: noMarks,
				sorting: openingOrder(kindOf(id)),
				filterText: '',
				isTroubleOnly: false,
				isWide: false,
				left: 0,
			},
		]),
	) as Record<KindId, ListState>;
	return {
		size,
		focus: 'services',
		isZoomed: false,
		services: allServices,
		tasks: {kind: 'none'},
		hasHistory: false,
		ignoring,
		lists,
		logs: initialLogs(logs),
		answer: noAnswer,
		mapCursor: undefined,
		trail: [],
		visits: {past: [], future: []},
		overlays: [],
		message: undefined,
		isStripHidden: false,
	};
}

/** What lies on top and takes the keys. */
export function topOverlay(state: ScreenState): Overlay | undefined {
	return state.overlays.at(-1);
}

/** Whether it covers all of the panes. */
export function isFull(overlay: Overlay): overlay is FullOverlay {
	return overlay.kind === 'text' || overlay.kind === 'activity';
}

export function withList(state: ScreenState, id: KindId, change: Partial<ListState>): ScreenState {
	return {...state, lists: {...state.lists, [id]: {...state.lists[id], ...change}}};
}

/** A text, or the logs alone, has the whole screen. */
export function isReading(state: ScreenState): boolean {
	const top = topOverlay(state);
	return top ? top.kind === 'text' : state.focus === 'logs' && state.isZoomed;
}

/** The ID of the task whose details or spec are being read. */
export function readTask({overlays}: ScreenState): string | undefined {
	for (const overlay of overlays) {
		if (overlay.kind !== 'text') continue;
		const {source} = overlay;
		if ((source.kind === 'details' || source.kind === 'inspect') && source.of === 'tasks') return source.id;
	}
	return undefined;
}

/** Whether a text about a service is read, which names its networks. */
export function isReadingService({overlays}: ScreenState): boolean {
	return overlays.some(
		(overlay) =>
			overlay.kind === 'text' &&
			(overlay.source.kind === 'details' || overlay.source.kind === 'why') &&
			overlay.source.of === 'services',
	);
}

/** The ID of the container whose details are being read. */
export function readContainer({overlays}: ScreenState): string | undefined {
	for (const overlay of overlays) {
		if (overlay.kind !== 'text') continue;
		const {source} = overlay;
		if (source.kind === 'details' && source.of === 'containers') return source.id;
	}
	return undefined;
}

/** The lists that are on the screen, or beside what is. */
export function shownKinds({focus}: ScreenState): readonly KindId[] {
	return isKindId(focus) && isView(focus) ? [...paneKinds, focus] : paneKinds;
}

const paneKinds: readonly KindId[] = kindIds.filter((id) => !isView(id));

export function isSameScope(a: TaskScope, b: TaskScope): boolean {
	if (a.kind !== b.kind) return false;
	if (a.kind === 'stack') return b.kind === 'stack' && a.name === b.name;
	if (a.kind === 'service' || a.kind === 'node') return (b.kind === 'service' || b.kind === 'node') && a.id === b.id;
	return true;
}
