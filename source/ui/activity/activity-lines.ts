/** The activity view as lines: one for each item with a bar and a time; below the selected one all that it says. */

import {fitCells} from '../../text/fit.ts';
import {duration} from '../../text/format.ts';
import {joinSafe, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Keymap} from '../keys/keymap.ts';
import type {AgeReader} from '../table/age-reader.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import type {ActivityItem} from './activity-items.ts';

const marks: Record<ActivityItem['state'], string> = {
	waiting: '…',
	running: '◐',
	stuck: '!',
	done: '✓',
	failed: '✗',
	held: '–',
	superseded: '–',
};

const roles: Record<ActivityItem['state'], Role> = {
	waiting: 'dim',
	running: 'converging',
	stuck: 'warning',
	done: 'good',
	failed: 'danger',
	held: 'warning',
	superseded: 'dim',
};

const barCells = 10;
const numberCells = 9;
const timeCells = 7;
/** Narrower screens show the title alone, with its time. */
const barFrom = 60;

/** As many lines as the window is high. */
export function activityLines(
	items: readonly ActivityItem[],
	selected: ActivityItem | undefined,
	{width, height}: {readonly width: number; readonly height: number},
	{theme, ages, keymap}: {readonly theme: Theme; readonly ages: AgeReader; readonly keymap: Pick<Keymap, 'keyOf'>},
): StyledText[] {
	const lines: StyledText[] = [];
	let start = 0;
	let end = 0;
	for (const item of items) {
		const isSelected = item.key === selected?.key;
		if (isSelected) start = lines.length;
		lines.push(itemLine(item, isSelected, width, theme, ages));
		if (isSelected) lines.push(...detailLines(item, width, theme, keymap));
		if (isSelected) end = lines.length;
	}
	if (items.length === 0) lines.push(paint(theme, 'dim', toSafeText('   Nothing has been done in this session yet.')));
	const top = Math.max(0, Math.min(start, end - height));
	return Array.from({length: height}, (_, row) => fitCells(lines[top + row] ?? toSafeText(''), width));
}

function itemLine(item: ActivityItem, isSelected: boolean, width: number, theme: Theme, ages: AgeReader): StyledText {
	const hasBar = width >= barFrom;
	const right = hasBar ? barCells + numberCells + timeCells + 2 : timeCells;
	const title = fitCells(safe`${toSafeText(item.isPart ? '  ' : '')}${item.title}`, Math.max(0, width - right - 4));
	const time = fitCells(timeOf(item, ages), timeCells, 'right');
	const tail = hasBar ? styled`${barOf(item, theme)} ${fitCells(numbersOf(item), numberCells)} ${time}` : time;
	const pointer = isSelected ? theme.glyphs.selection : toSafeText(' ');
	const line = styled`${pointer}${paint(theme, roles[item.state], toSafeText(marks[item.state]))} ${title} ${tail}`;
	return isSelected ? paint(theme, 'selection', line) : line;
}

function barOf({done, total, state}: ActivityItem, theme: Theme): StyledText {
	const {full, empty} = theme.glyphs.bar;
	if (total === 0) return toSafeText(' '.repeat(barCells));
	const filled = Math.max(0, Math.min(barCells, Math.floor((done / total) * barCells)));
	return paint(theme, roles[state], toSafeText(full.repeat(filled) + empty.repeat(barCells - filled)));
}

const numbersOf = ({done, total}: ActivityItem): SafeText => (total === 0 ? safe`` : safe`${done}/${total}`);

/** What it took, or how long it has been at it: that, second by second, while somebody looks. */
function timeOf({state, startedAt, finishedAt}: ActivityItem, ages: AgeReader): SafeText {
	if (startedAt === undefined || state === 'waiting' || state === 'held') return safe``;
	if (finishedAt !== undefined) return duration(Math.max(0, finishedAt - startedAt));
	return ages.read(startedAt, {inSeconds: true});
}

function detailLines(item: ActivityItem, width: number, theme: Theme, keymap: Pick<Keymap, 'keyOf'>): StyledText[] {
	const indent = toSafeText(item.isPart ? '     ' : '   ');
	const block = (text: SafeText, role: Role): StyledText[] =>
		wrapText(text, Math.max(1, width - cellWidth(indent) - 1)).map((line) =>
			paint(theme, role, safe`${indent}${line}`),
		);
	const offers = offersOf(item, keymap);
	return [
		...item.details.flatMap((text) => block(text, item.state === 'failed' ? 'danger' : 'text')),
		...(item.command === '' ? [] : block(safe`$ ${item.command}`, 'dim')),
		...(item.commandNote === undefined ? [] : block(item.commandNote, 'dim')),
		...(offers.length > 0 ? block(joinSafe(offers, '; '), 'accent') : []),
	];
}

/** The keys that do something about it. */
function offersOf({troubled, batch, undo}: ActivityItem, keymap: Pick<Keymap, 'keyOf'>): SafeText[] {
	const key = (id: string, words: string): SafeText => safe`${keymap.keyOf(id)} ${toSafeText(words)}`;
	const canGoOn = troubled?.update?.state === 'paused' || troubled?.update?.state === 'rollback_paused';
	return [
		...(batch?.rest ? [key('activity.rest', 'continues with the rest')] : []),
		...(canGoOn ? [key('activity.continue', 'continues it')] : []),
		...(troubled?.update?.state === 'paused' && troubled.hasPreviousSpec
			? [key('activity.rollback', 'rolls it back')]
			: []),
		...(undo || batch?.undo ? [key('activity.undo', 'undoes it')] : []),
	];
}
