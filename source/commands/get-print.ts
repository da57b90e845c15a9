import {arranged} from '../config/apply.ts';
import type {Config} from '../config/config.ts';
import {jsonText} from '../text/json-text.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import type {KindId} from '../ui/kinds/kind-id.ts';
import type {Listing} from '../ui/kinds/listing.ts';
import {listingOf} from '../ui/kinds/listings.ts';
import type {Listed} from '../ui/kinds/scope.ts';
import type {GetIo} from './get-io.ts';
import {ChangeLog, listTexts, objectText} from './get-objects.ts';
import type {GetOptions} from './get-options.ts';
import type {Printer} from './get-printer.ts';
import {type Selection, single} from './get-select.ts';
import {type Frame, frameOf, headingLine, rowLine, type TableLook, tableLines} from './get-table.ts';
import {idOf, templatePrinter} from './get-template.ts';
import {themeForOutput} from './output-theme.ts';

export function printerFor(options: GetOptions, config: Config, io: GetIo): Printer {
	const namesOf = (selection: Selection) => names(options.kind, selection);
	const idsOf = ({items}: Selection) => items.map((item) => idOf(options.kind, item, options.isTruncated));
	switch (options.format) {
		case 'json':
		case 'yaml':
			return objectPrinter(options, options.format, io);
		case 'name':
			return textPrinter(namesOf, namesOf, io);
		case 'id':
			return textPrinter(idsOf, idsOf, io);
		case 'template':
			return templatePrinter(options, io);
		case 'table':
		case 'wide':
			return options.kind === 'events' ? eventPrinter(options, config, io) : tablePrinter(options, config, io);
	}
}

function objectPrinter({words}: GetOptions, format: 'json' | 'yaml', io: GetIo): Printer {
	const log = new ChangeLog();
	return {
		print(selection) {
			const only = single(selection, words);
			const objects = selection.items.map(({object}) => object);
			printLines(only.ok ? [objectText(only.value.object(), format)] : listTexts(objects, format), io);
			return undefined;
		},
		printChanges({items}) {
			for (const change of log.changes(new Map(items.map(({row, object}) => [row.id, object()])))) {
				if (format === 'json') io.out(jsonText(change));
				else io.out(`---\n${objectText(change, format)}`);
			}
			return undefined;
		},
	};
}

/** A list of 100,000 tasks as one text would take as much memory as all that it is made of. */
const longestText = 1 << 20;

function printLines(lines: Iterable<string>, io: GetIo): undefined {
	let waiting: string[] = [];
	let length = 0;
	const print = (): void => {
		if (waiting.length > 0) io.out(waiting.join('\n'));
		waiting = [];
		length = 0;
	};
	for (const line of lines) {
		waiting.push(line);
		length += line.length;
		if (length >= longestText) print();
	}
	print();
}

/** Prints lines again, after an empty one, when `keyOf` them has changed. */
function textPrinter(
	linesOf: (selection: Selection) => readonly string[],
	keyOf: (selection: Selection) => readonly string[],
	io: GetIo,
): Printer {
	let last: string | undefined;
	const print = (lines: readonly string[]): undefined => printLines(lines, io);
	return {
		print: (selection) => print(linesOf(selection)),
		printChanges(selection) {
			const key = keyOf(selection).join('\n');
			if (key === last) return undefined;
			if (last !== undefined) io.out('');
			last = key;
			return print(linesOf(selection));
		},
	};
}

function names(kind: KindId, {items}: Selection): SafeText[] {
	const {filterable, name} = listingOf(kind);
	return items.map(({row}) => toSafeText(filterable.fields['name']?.(row)[0] ?? name(row)));
}

function tablePrinter(options: GetOptions, config: Config, io: GetIo): Printer {
	const listing = configured(options.kind, config);
	const rows = ({items}: Selection) => items.map(({row}) => row);
	const look = (selection: Selection) => lookOf(options, config, io, selection, Date.now());
	// The passing of time alone is no change: what is compared has no ages.
	const frozen = (selection: Selection): TableLook => ({
		...lookOf(options, config, io, selection, 0),
		width: undefined,
		isPainted: true,
	});
	return textPrinter(
		(selection) => tableLines(listing, rows(selection), look(selection)),
		(selection) => tableLines(listing, rows(selection), frozen(selection)),
		io,
	);
}

/** Events only ever come on top of those before: each is printed once, below the others and to their columns. */
function eventPrinter(options: GetOptions, config: Config, io: GetIo): Printer {
	const listing = configured(options.kind, config);
	const printed = new Set<string>();
	let frame: Frame | undefined;
	const print = (selection: Selection): undefined => {
		const look = lookOf(options, config, io, selection, 0);
		const rows = selection.items.map(({row}) => row).filter(({id}) => !printed.has(id));
		if (rows.length === 0) return undefined;
		if (!frame) {
			frame = frameOf(listing, rows, look);
			if (look.hasHeadings) io.out(headingLine(frame, look));
		}
		for (const row of rows) {
			printed.add(row.id);
			io.out(rowLine(frame, row, look));
		}
	};
	return {print, printChanges: print};
}

/** The columns in the user's own order. */
function configured(kind: KindId, config: Config): Listing<Listed> {
	const listing = listingOf(kind);
	return {...listing, columns: arranged(listing.columns, config.columns.get(kind))};
}

function lookOf(
	{format, hasHeadings, isTruncated}: GetOptions,
	config: Config,
	io: GetIo,
	{cluster}: Selection,
	now: number,
): TableLook {
	const isWide = format === 'wide';
	const isCut = isTruncated && !isWide;
	return {
		width: isCut ? io.terminal?.columns : undefined,
		hasIds: isWide,
		hasHeadings,
		isPainted: io.terminal !== undefined,
		cluster,
		theme: themeForOutput(config, io),
		now,
	};
}
