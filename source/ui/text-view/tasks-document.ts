/** The tasks of a service as a text: those that are meant to run first, then what they took the place of. */
import type {TaskEntity} from '../../cluster/model.ts';
import {fitCells} from '../../text/fit.ts';
import {duration} from '../../text/format.ts';
import {type SafeText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {paint} from '../theme/theme.ts';
import type {TextDocument} from './text-document.ts';

const stateCells = 10;
const ageCells = 8;

export function tasksDocument(title: SafeText, tasks: readonly TaskEntity[], now: number): TextDocument {
	const rows = tasks.toSorted(
		(a, b) => Number(b.isCurrent) - Number(a.isCurrent) || a.slot - b.slot || b.since - a.since,
	);
	const widest = (texts: readonly SafeText[]): number => Math.max(0, ...texts.map((text) => cellWidth(text)));
	const nameCells = widest(rows.map(({name}) => name));
	const nodeCells = widest(rows.map(({nodeName}) => nodeName));
	const told = rows.map(({name, nodeName, state, since, error}) => {
		const ago = duration(Math.max(0, now - since));
		const place = safe`${fitCells(name, nameCells)}  ${fitCells(nodeName, nodeCells)}`;
		return safe`${place}  ${fitCells(toSafeText(state), stateCells)}${fitCells(ago, ageCells)}${error}`;
	});
	const lines = told.length === 0 ? [toSafeText('it has no tasks, or they are not known yet')] : told;
	return {
		title,
		lines,
		paintLine(index, theme) {
			const row = rows[index];
			const text = lines[index] ?? toSafeText('');
			if (!row) return text;
			const {health, isCurrent} = row;
			const glyph = paint(theme, isCurrent ? health : 'dim', theme.glyphs.health[health]);
			const role = !isCurrent ? 'dim' : health === 'failing' ? 'failing' : 'text';
			return styled`${glyph} ${paint(theme, role, text)}`;
		},
	};
}
