/** A kind of object as a table shows it: what `swarmtop get` prints, and what the screen adds its keys and views to. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Column} from '../table/column.ts';
import {by, compareNatural, compareNumbers} from '../table/natural.ts';
import type {Kind, Listed} from './kind.ts';

export type Listing<Row extends Listed> = Pick<
	Kind<Row>,
	'id' | 'singular' | 'columns' | 'sorting' | 'tieBreak' | 'filterable' | 'name' | 'isPast' | 'trouble'
>;

/** For kinds of which the list always shows every object. */
export const everyRow = (): {readonly key: string; readonly test: () => boolean} => ({key: 'all', test: () => true});

/** What stands in a cell for "not known" and "none". */
export const nothing: SafeText = toSafeText('–');

/** The age of a thing; nothing for one whose making nobody knows. */
export function ageColumn<Row extends {readonly createdAt: number}>(priority: number): Column<Row> {
	return {
		id: 'age',
		title: toSafeText('AGE'),
		width: 6,
		align: 'right',
		priority,
		value: ({createdAt}, {age}) => (createdAt === 0 ? nothing : age(createdAt)),
		// The youngest first.
		compare: by(({createdAt}) => -createdAt, compareNumbers),
	};
}

/** The stack that a thing belongs to. */
export function stackColumn<Row extends {readonly stack: SafeText | undefined}>(priority: number): Column<Row> {
	return {
		id: 'stack',
		title: toSafeText('STACK'),
		width: 12,
		min: 6,
		max: 24,
		priority,
		truncate: 'middle',
		value: ({stack}) => stack ?? nothing,
		compare: by(({stack}) => stack ?? '', compareNatural),
	};
}
