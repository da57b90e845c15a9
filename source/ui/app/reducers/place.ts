import type {ScreenEvent} from '../events.ts';
import {backward, closed, entered, focused, forward, last, withServices, withTasks} from '../places.ts';
import type {ScreenState} from '../state.ts';

/** Where one is, which also says what some lists hold; the same state where there is nowhere to go. */
export function reducePlace(state: ScreenState, event: ScreenEvent): ScreenState {
	switch (event.type) {
		case 'place/focused':
			return focused(state, event.pane);
		case 'place/beside':
			return {...state, focus: event.pane, trail: []};
		case 'place/entered':
			return entered(state, event.pane, event.to);
		case 'place/closed':
			return closed(state) ?? state;
		case 'place/backward':
			return backward(state) ?? state;
		case 'place/forward':
			return forward(state) ?? state;
		case 'place/last':
			return last(state) ?? state;
		case 'place/zoomed':
			return {...state, isZoomed: event.isZoomed};
		case 'place/history':
			return {...state, hasHistory: event.hasHistory};
		case 'place/tasks':
			return withTasks(state, event.tasks);
		case 'place/services':
			return withServices(state, event.services);
		default:
			return state;
	}
}
