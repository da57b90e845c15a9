/** What of the user's configuration the screen itself goes by. */
import {arranged} from '../../config/apply.ts';
import type {Config} from '../../config/config.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindIds, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import type {Column} from '../table/column.ts';
import {ColumnFitter} from '../table/column-fitter.ts';

export type ScreenConfig = Pick<Config, 'keys' | 'columns' | 'commands'> & Partial<Pick<Config, 'ignore'>>;

export type ColumnsOf = (kind: KindId) => readonly Column<Listed>[];

/** Each list's columns as the user wants them. */
export function columnsFor({columns}: Pick<Config, 'columns'>): ColumnsOf {
	return (kind) => arranged(kindOf(kind).columns, columns.get(kind));
}

/** How each list's columns fit the screen. */
export function fittersFor(columnsOf: ColumnsOf): (kind: KindId) => ColumnFitter {
	const fitters = new Map(kindIds.map((id) => [id, new ColumnFitter(columnsOf(id))]));
	return (id) => {
		const fitter = fitters.get(id);
		if (!fitter) throw new Error(`no columns of ${id}`);
		return fitter;
	};
}
