/** A kind of object as a table shows it: what `swarmtop get` prints, and what the screen adds its keys and views to. */

import type {ClusterState} from '../../cluster/model.ts';
import {joinSafe, type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Filterable} from '../filter/filter.ts';
import type {Column} from '../table/column.ts';
import {by, compareNatural, compareNumbers} from '../table/natural.ts';
import type {Sorting} from '../table/table-lines.ts';
import type {Listed} from './scope.ts';

export type Listing<Row extends Listed> = {
	/** `services`: the name of the pane, of the palette's command and in the manual. */
	readonly id: string;
	/** What else people type for it: docker's and kubectl's habits, beside the name itself and its singular. */
	readonly shortNames: readonly string[];
	/** `service`. */
	readonly singular: SafeText;
	readonly columns: readonly Column<Row>[];
	readonly sorting: Sorting;
	/** On the screen it opens with what is in trouble: see table/worst-first.ts. */
	readonly opensWorstFirst?: boolean;
	/** The order among rows that the sorted column leaves equal. Total. */
	readonly tieBreak: (a: Row, b: Row) => number;
	readonly filterable: Filterable<Row>;
	/** What a message or a dialog calls the object. */
	readonly name: (row: Row) => SafeText;
	/** Shown behind the rest. */
	readonly isPast?: (row: Row) => boolean;
	/** What is wrong with it, in full: shown over the whole width while it is selected. '' when nothing is. */
	readonly trouble?: (row: Row, cluster: ClusterState) => SafeText;
	/** Its row has room for all of that in a list of so many cells: then it is not said twice. */
	readonly isTroubleSeen?: (row: Row, width: number) => boolean;
};

/** For kinds of which the list always shows every object. */
export const everyRow = (): {readonly key: string; readonly test: () => boolean} => ({key: 'all', test: () => true});

/** What stands in a cell for "not known" and "none". */
export const nothing: SafeText = toSafeText('–');

/** What a thing is called, cut in its middle: the ends of names tell them apart. */
export function nameColumn<Row extends {readonly name: SafeText}>(
	title: string,
	{
		width = 24,
		max = 48,
		role,
	}: {readonly width?: number; readonly max?: number; readonly role?: Column<Row>['role']} = {},
): Column<Row> {
	return {
		id: 'name',
		title: toSafeText(title),
		width,
		min: 10,
		max,
		grow: 1,
		priority: 0,
		truncate: 'middle',
		value: ({name}) => name,
		...(role && {role}),
		compare: by(({name}) => name, compareNatural),
	};
}

/** What makes or keeps a thing. */
export function driverColumn<Row extends {readonly driver: SafeText}>(priority: number, max = 20): Column<Row> {
	return {
		id: 'driver',
		title: toSafeText('DRIVER'),
		width: 8,
		min: 7,
		max,
		priority,
		value: ({driver}) => (driver === '' ? nothing : driver),
		role: () => 'dim',
		compare: by(({driver}) => driver, compareNatural),
	};
}

/** The services that use a thing. */
export function servicesColumn<Row extends {readonly services: readonly SafeText[]}>(
	id: string,
	title: string,
): Column<Row> {
	return {
		id,
		title: toSafeText(title),
		width: 20,
		// Its title and the arrow of the column that is sorted by.
		min: title.length + 1,
		grow: 2,
		priority: 1,
		value: ({services}) => (services.length === 0 ? nothing : joinSafe(services, ', ')),
		compare: by(({services}) => services.length, compareNumbers),
	};
}

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
