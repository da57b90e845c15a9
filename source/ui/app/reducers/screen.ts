import {type LogsState, withTarget} from '../../logs/logs-state.ts';
import type {ScreenEvent} from '../events.ts';
import type {ScreenState} from '../state.ts';
import {reduceLists} from './lists.ts';
import {reduceOverlays} from './overlays.ts';
import {reducePlace} from './place.ts';

/** What the screen's state is after something has happened to it: each slice by its own reducer. Pure. */
export function reduceScreen(state: ScreenState, event: ScreenEvent): ScreenState {
	if (event.type.startsWith('place/')) return reducePlace(state, event);
	return {
		...state,
		lists: reduceLists(state.lists, event),
		logs: reduceLogs(state.logs, event),
		answer: event.type === 'answer/chosen' ? event.answer : state.answer,
		overlays: reduceOverlays(state.overlays, event),
		message: reduceMessage(state.message, event),
		size: event.type === 'screen/resized' ? event.size : state.size,
		isStripHidden: state.isStripHidden || event.type === 'strip/hidden',
		mapCursor: event.type === 'map/picked' ? event.cursor : state.mapCursor,
	};
}

function reduceLogs(logs: LogsState, event: ScreenEvent): LogsState {
	switch (event.type) {
		case 'logs/changed':
			return {...logs, ...event.change};
		case 'logs/turned':
			return withTarget(logs, event.target);
		default:
			return logs;
	}
}

function reduceMessage(message: ScreenState['message'], event: ScreenEvent): ScreenState['message'] {
	if (event.type === 'message/said') return event.message;
	return event.type === 'message/wiped' ? undefined : message;
}
