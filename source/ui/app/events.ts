/** All that can happen to the state of the screen. What each does to its slice is said in `reducers/`. */
import type {TaskScope} from '../../cluster/model.ts';
import type {AnswerState} from '../answer/answer.ts';
import type {KindId} from '../kinds/kind-id.ts';
import type {ServiceScope} from '../kinds/scope.ts';
import type {PaneId} from '../layout/pane.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {LogsState} from '../logs/logs-state.ts';
import type {MarkAction} from '../table/marks.ts';
import type {TableAction, TableRows} from '../table/table-state.ts';
import type {MapCursor} from '../topology/map-cursor.ts';
import type {Overlay} from './overlay.ts';
import type {Destination} from './places.ts';
import type {ListState, Message, Size} from './state.ts';

export type ScreenEvent = PlaceEvent | ListEvent | LogsEvent | OverlayEvent | MessageEvent | OtherEvent;

/** Where one is, see places.ts. */
export type PlaceEvent =
	/** To a pane or a view by its name. */
	| {readonly type: 'place/focused'; readonly pane: PaneId}
	/** To the pane beside: no visit that one would want to come back from. */
	| {readonly type: 'place/beside'; readonly pane: PaneId}
	/** Into something, which leads back here. */
	| {readonly type: 'place/entered'; readonly pane: PaneId; readonly to: Destination}
	/** What was opened last is closed. */
	| {readonly type: 'place/closed'}
	| {readonly type: 'place/backward'}
	| {readonly type: 'place/forward'}
	| {readonly type: 'place/last'}
	| {readonly type: 'place/zoomed'; readonly isZoomed: boolean}
	| {readonly type: 'place/history'; readonly hasHistory: boolean}
	/** The tasks beside the list in focus are others. */
	| {readonly type: 'place/tasks'; readonly tasks: TaskScope}
	| {readonly type: 'place/services'; readonly services: ServiceScope};

/** How a list stands. */
export type ListEvent =
	/** Sorted, filtered or scrolled sideways in another way. */
	| {readonly type: 'list/changed'; readonly kind: KindId; readonly change: Partial<ListState>}
	| {
			readonly type: 'list/moved';
			readonly kind: KindId;
			readonly action: TableAction;
			readonly rows: TableRows;
			/** How many rows of it are to be seen. */
			readonly height: number;
	  }
	| {readonly type: 'list/marked'; readonly kind: KindId; readonly action: MarkAction; readonly rows: TableRows};

export type LogsEvent =
	| {readonly type: 'logs/changed'; readonly change: Partial<LogsState>}
	| {readonly type: 'logs/turned'; readonly target: LogTarget};

/** What lies over the panes. */
export type OverlayEvent =
	| {readonly type: 'overlay/opened'; readonly overlay: Overlay}
	/** The one on top is another, or stands in another way. */
	| {readonly type: 'overlay/changed'; readonly overlay: Overlay}
	/** The one at that depth from below, which may lie under others. */
	| {readonly type: 'overlay/changedAt'; readonly index: number; readonly overlay: Overlay}
	| {readonly type: 'overlay/closed'}
	/** The one at that depth from below. */
	| {readonly type: 'overlay/closedAt'; readonly index: number};

export type MessageEvent =
	| {readonly type: 'message/said'; readonly message: Message}
	| {readonly type: 'message/wiped'};

type OtherEvent =
	| {readonly type: 'screen/resized'; readonly size: Size}
	| {readonly type: 'strip/hidden'}
	/** In the pane below the lists. */
	| {readonly type: 'answer/chosen'; readonly answer: AnswerState}
	/** A task was picked on the topology, or none any more. */
	| {readonly type: 'map/picked'; readonly cursor: MapCursor | undefined};
