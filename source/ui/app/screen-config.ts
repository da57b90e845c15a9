/** What of the user's configuration the screen itself goes by. */
import {arranged} from '../../config/apply.ts';
import type {Config} from '../../config/config.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import type {Column} from '../table/column.ts';

export type ScreenConfig = Pick<Config, 'keys' | 'columns' | 'commands'>;

export type ColumnsOf = (kind: KindId) => readonly Column<Listed>[];

/** Each list's columns as the user wants them. */
export function columnsFor({columns}: Pick<Config, 'columns'>): ColumnsOf {
	return (kind) => arranged(kindOf(kind).columns, columns.get(kind));
}
