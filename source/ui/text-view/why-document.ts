/** Why something is not as desired, as a text to read: what is wrong first, its last words in place, then what to do. */
import {isWell} from '../../cluster/entities/health.ts';
import type {Health} from '../../cluster/model.ts';
import type {Reasons} from '../../cluster/why/reasons.ts';
import {fitCells} from '../../text/fit.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import type {TextDocument} from './text-document.ts';
import {wrapText} from './wrap.ts';

export type WhyParts = {
	readonly title: SafeText;
	readonly health: Health;
	readonly reasons: Reasons;
	/** What the container that ended last has printed at the end. */
	readonly lastWords: readonly SafeText[];
	/** What one can do about it, with the keys for it; '' where nothing helps. */
	readonly next: SafeText;
};

type Row = {readonly label: string; readonly text: SafeText; readonly role: Role; readonly isWrapped: boolean};

const labelWidth = 12;

/** Labels of what is wrong; of several failures only the newest stands before what to do. */
const wrong: ReadonlySet<string> = new Set([
	'task',
	'counted',
	'failures',
	'update',
	'stuck',
	'scheduler',
	'image',
	'addresses',
	'health',
	'failure',
]);

export function whyDocument(parts: WhyParts, width: number): TextDocument {
	const rows = arranged(parts).flatMap((row) => {
		const lines = row.isWrapped ? wrapText(row.text, Math.max(10, width - labelWidth - 2)) : [row.text];
		return lines.map((text, index) => ({...row, text, label: index === 0 ? row.label : ''}));
	});
	const labels = rows.map(({label}) => fitCells(toSafeText(label), labelWidth));
	return {
		title: parts.title,
		lines: rows.map(({text}, index) => safe`${labels[index] ?? toSafeText('')} ${text}`),
		paintLine(index, theme) {
			const row = rows[index];
			return row ? paintRow(row, labels[index] ?? toSafeText(''), theme) : toSafeText('');
		},
	};
}

function paintRow({text, role}: Row, label: SafeText, theme: Theme): StyledText {
	return styled`${paint(theme, 'title', label)} ${paint(theme, role, text)}`;
}

function arranged({health, reasons, lastWords, next}: WhyParts): Row[] {
	const known = reasons.filter(([, text]) => text !== '');
	const newest = known.findIndex(([label]) => label === 'failure');
	const isFirst = (index: number): boolean => {
		const [label = ''] = known[index] ?? [];
		if (label === '' || label === 'helps') return index > 0 && isFirst(index - 1);
		return label === 'now' || (wrong.has(label) && (label !== 'failure' || index === newest));
	};
	const row = (index: number): Row => {
		const [label = '', text = toSafeText('')] = known[index] ?? [];
		return {label, text, role: roleOf(label, index === newest, health), isWrapped: true};
	};
	const indexes = known.map((_, index) => index);
	const words = lastWords.map(
		(text, index): Row => ({label: index === 0 ? 'last words' : '', text, role: 'text', isWrapped: false}),
	);
	const help: Row[] = next === '' ? [] : [{label: 'next', text: next, role: 'key', isWrapped: true}];
	return [
		...indexes.filter(isFirst).map(row),
		...words,
		...help,
		...indexes.filter((index) => !isFirst(index)).map(row),
	];
}

function roleOf(label: string, isNewest: boolean, health: Health): Role {
	if (label === 'now') return isWell({health}) ? 'good' : health;
	if (label === 'helps') return 'key';
	if (label === 'failure') return isNewest ? 'failing' : 'text';
	if (label === 'counted' || label === 'update') return health === 'failing' ? 'failing' : 'warning';
	return wrong.has(label) && label !== 'task' ? 'failing' : 'text';
}
