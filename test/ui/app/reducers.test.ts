import {describe, expect, it} from 'vitest';
import {defaultConfig} from '../../../source/config/config.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import type {ScreenEvent} from '../../../source/ui/app/events.ts';
import type {Overlay} from '../../../source/ui/app/overlay.ts';
import {reduceScreen} from '../../../source/ui/app/reducers/screen.ts';
import {initialScreen, type ScreenState} from '../../../source/ui/app/state.ts';

const initial = initialScreen({columns: 100, rows: 30}, defaultConfig.logs);
const stateAfter = (...events: readonly ScreenEvent[]): ScreenState => events.reduce(reduceScreen, initial);
const text = (title: string): Overlay => ({
	kind: 'activity',
	selected: title,
});

describe('the state of the screen', () => {
	it('changes in the slice that an event is about, and nowhere else', () => {
		const events: readonly [keyof ScreenState, ScreenEvent][] = [
			['size', {type: 'screen/resized', size: {columns: 80, rows: 24}}],
			['message', {type: 'message/said', message: {tone: 'good', text: toSafeText('done'), at: 1}}],
			['overlays', {type: 'overlay/opened', overlay: text('a')}],
			['lists', {type: 'list/changed', kind: 'nodes', change: {filterText: 'w1'}}],
			['logs', {type: 'logs/changed', change: {filterText: 'error'}}],
			['mapCursor', {type: 'map/picked', cursor: {serviceId: 's', taskId: 't'}}],
			['isZoomed', {type: 'place/zoomed', isZoomed: true}],
			['hasHistory', {type: 'place/history', hasHistory: true}],
		];
		for (const [slice, event] of events) {
			const state = reduceScreen(initial, event);
			const keys = Object.keys(initial) as (keyof ScreenState)[];
			expect(keys.filter((key) => state[key] !== initial[key])).toEqual([slice]);
		}
	});

	it('leaves the lists alone that an event is not about', () => {
		const {lists} = stateAfter({type: 'list/changed', kind: 'nodes', change: {filterText: 'w1'}});
		expect(lists.nodes.filterText).toBe('w1');
		expect(lists.services).toBe(initial.lists.services);
	});

	it('opens one thing over the other and closes the last first', () => {
		const open = (title: string): ScreenEvent => ({type: 'overlay/opened', overlay: text(title)});
		const titles = ({overlays}: ScreenState) => overlays.map((each) => each.kind === 'activity' && each.selected);
		expect(titles(stateAfter(open('a'), open('b')))).toEqual(['a', 'b']);
		expect(titles(stateAfter(open('a'), open('b'), {type: 'overlay/closed'}))).toEqual(['a']);
		expect(titles(stateAfter(open('a'), open('b'), {type: 'overlay/changed', overlay: text('c')}))).toEqual(['a', 'c']);
		const below = {type: 'overlay/changedAt', index: 0, overlay: text('c')} as const;
		expect(titles(stateAfter(open('a'), open('b'), below))).toEqual(['c', 'b']);
	});

	it('shows the tasks of something else from the first one on, and those of the same as they stood', () => {
		const stood = {selectedId: 't', index: 3, top: 1, isMissing: false, isChosen: true};
		const at = (id: string) => ({type: 'place/tasks', tasks: {kind: 'service', id}}) as const;
		const looked: ScreenEvent = {type: 'list/changed', kind: 'tasks', change: {table: stood}};
		expect(stateAfter(at('a'), looked, at('a')).lists.tasks.table).toBe(stood);
		expect(stateAfter(at('a'), looked, at('b')).lists.tasks.table.index).toBe(0);
	});

	it('is the same object where there is nowhere to go', () => {
		for (const type of ['place/closed', 'place/backward', 'place/forward', 'place/last'] as const) {
			expect(reduceScreen(initial, {type})).toBe(initial);
		}
	});

	it('changes no state that it was given', () => {
		const before = structuredClone(initial.lists.nodes.table);
		stateAfter({type: 'place/entered', pane: 'tasks', to: {tasks: {kind: 'all'}}}, {type: 'overlay/closed'});
		expect(initial.lists.nodes.table).toEqual(before);
		expect(initial.trail).toEqual([]);
	});
});
