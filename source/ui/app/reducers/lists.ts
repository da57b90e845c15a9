import type {KindId} from '../../kinds/kind-id.ts';
import {reduceMarks} from '../../table/marks.ts';
import {reduceTable} from '../../table/table-state.ts';
import type {ScreenEvent} from '../events.ts';
import type {ListState, ScreenState} from '../state.ts';

/** How each list stands: its cursor, its marks, its order, its filter. */
export function reduceLists(lists: ScreenState['lists'], event: ScreenEvent): ScreenState['lists'] {
	const change = (kind: KindId, list: Partial<ListState>) => ({...lists, [kind]: {...lists[kind], ...list}});
	switch (event.type) {
		case 'list/changed':
			return change(event.kind, event.change);
		case 'list/moved': {
			const {kind, action, rows, height} = event;
			return change(kind, {table: reduceTable(lists[kind].table, action, rows, height)});
		}
		case 'list/marked': {
			const {kind, action, rows} = event;
			return change(kind, {marks: reduceMarks(lists[kind].marks, action, rows)});
		}
		default:
			return lists;
	}
}
