/** What a dialog says of a plan, line by line, and which of the lines there is room for. */
import type {Plan, PlanDiffLine, PlanLine} from '../../cluster/intent.ts';
import {fitCells} from '../../text/fit.ts';
import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Confirmation} from '../app/overlay.ts';
import type {Rect} from '../layout/pane.ts';
import {wrapText} from '../text-view/wrap.ts';
import type {Role} from '../theme/theme.ts';

export type TextLine = {readonly role: Role; readonly text: SafeText};

const toneRoles: Record<PlanLine['tone'], Role> = {plain: 'text', good: 'good', warning: 'warning', danger: 'danger'};
/** Worry shows without colour too. */
const toneMarks: Record<PlanLine['tone'], string> = {plain: ' ', good: '+', warning: '!', danger: '✗'};

/** The frame, and a blank on either side within it. */
const frameWidth = 4;
const frameHeight = 2;
const buttonHeight = 1;

/** @param width of the whole box */
export function planText(plan: Plan, {conflict, hasChanged, changes}: Confirmation, width: number): TextLine[] {
	const inside = width - frameWidth;
	const lines: TextLine[] = [];
	const say = (text: SafeText, role: Role, mark: string) => lines.push(...paragraph(text, role, mark, inside));
	if (conflict) say(conflictWords, 'warning', '!');
	if (hasChanged) for (const note of [changedWords, ...changes]) say(note, 'warning', '!');
	if (plan.refusal !== undefined) say(plan.refusal, 'danger', '✗');
	lines.push(...notes(plan.lines, inside));
	if (plan.forecast === 'pending') say(pendingWords, 'dim', ' ');
	for (const diff of [conflict?.diff, plan.diff]) {
		if (diff && diff.length > 0) lines.push(blank, ...diff.flatMap((line) => diffText(line, inside)));
	}
	if (plan.command !== '') lines.push(blank, ...commandText(plan.command, inside));
	if (plan.commandNote !== undefined) lines.push(...paragraph(plan.commandNote, 'dim', ' ', inside));
	const {details = []} = plan;
	if (details.length > 0) lines.push(blank, ...details.flatMap(({text}) => paragraph(text, 'dim', ' ', inside)));
	return [...lines, blank];
}

const conflictWords = toSafeText(
	'Someone else changed this first; your change was not applied. This is what it would do now.',
);
const changedWords = toSafeText('Something changed while this was open: read again what will happen.');
const pendingWords = toSafeText('working out what will move where…');
const blank: TextLine = {role: 'text', text: toSafeText('')};

const commandLinesAtMost = 3;

/** To be read, and copied whole with c. */
function commandText(command: SafeText, width: number): TextLine[] {
	const lines = paragraph(command, 'dim', '$', width);
	const shown = lines.slice(0, commandLinesAtMost);
	const last = shown.at(-1);
	if (!last || lines.length === shown.length) return shown;
	return [...shown.slice(0, -1), {...last, text: fitCells(safe`${last.text} …`, width)}];
}

/** Sentences, each marked with how much it should worry. @param width of the text */
export const notes = (lines: readonly PlanLine[], width: number): TextLine[] =>
	lines.flatMap(({tone, text}) => paragraph(text, toneRoles[tone], toneMarks[tone], width));

/** As unified diffs look everywhere. */
function diffText(line: PlanDiffLine, width: number): TextLine[] {
	switch (line.kind) {
		case 'heading':
			return [{role: 'heading', text: line.text}];
		case 'skipped':
			return [{role: 'dim', text: safe`  … ${plural(line.count, 'line')} unchanged`}];
		case 'same':
			return paragraph(line.text, 'dim', ' ', width);
		case 'removed':
			return paragraph(line.text, 'danger', '-', width);
		case 'added':
			return paragraph(line.text, 'good', '+', width);
		default:
			return line satisfies never;
	}
}

function paragraph(text: SafeText, role: Role, mark: string, width: number): TextLine[] {
	return wrapText(text, width - 2).map((line, index) => ({
		role,
		text: safe`${toSafeText(index === 0 ? mark : ' ')} ${line}`,
	}));
}

const widest = 92;
const narrowest = 44;

export function boxWidth(body: Rect, texts: readonly SafeText[]): number {
	const wanted = Math.max(narrowest, ...texts.map((text) => cellWidth(text) + 8));
	return Math.min(wanted, widest, body.width - (body.width >= narrowest ? 4 : 0));
}

export function planWidth(plan: Plan, body: Rect): number {
	const diff = (plan.diff ?? []).flatMap((line) => (line.kind === 'skipped' ? [] : [line.text]));
	return boxWidth(body, [plan.title, plan.command, ...plan.lines.map(({text}) => text), ...diff]);
}

/** The lines from `top` on that fit; at either end it is said how many more there are. */
export function windowOf(lines: readonly TextLine[], top: number, room: number): TextLine[] {
	if (lines.length <= room) return [...lines];
	const from = clampTop(top, lines.length, room);
	const shown = lines.slice(from, from + room);
	const below = lines.length - from - room;
	if (from > 0) shown[0] = more(from + 1, 'above: PgUp');
	if (below > 0 && room > 0) shown[room - 1] = more(below + 1, 'below: PgDn');
	return shown;
}

const more = (count: number, where: string): TextLine => ({
	role: 'accent',
	text: safe`  … ${plural(count, 'more line')} ${toSafeText(where)}`,
});

/** Lines of text that a dialog with buttons has room for. */
export const roomIn = (body: Rect, hasButtons = true): number =>
	Math.max(0, body.height - frameHeight - (hasButtons ? buttonHeight : 0));

/** The confirmation, scrolled by so many pages. */
export function scrolled(plan: Plan, confirmation: Confirmation, body: Rect, pages: number): Confirmation {
	const room = roomIn(body);
	const count = planText(plan, confirmation, planWidth(plan, body)).length;
	const by = Math.trunc(pages * Math.max(1, room - 2));
	return {...confirmation, top: clampTop(confirmation.top + by, count, room)};
}

const clampTop = (top: number, count: number, room: number): number => Math.max(0, Math.min(top, count - room));
