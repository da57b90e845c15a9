/** Dialogs and choosers as boxes over the panes. */
import type {Plan, PlanLine, Wish} from '../../cluster/intent.ts';
import {fitCells} from '../../text/fit.ts';
import {joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {ChooserSpec, Confirmation} from '../app/overlay.ts';
import type {OverlayView} from '../app/view.ts';
import {framed} from '../layout/frame.ts';
import type {Rect} from '../layout/layout.ts';
import {promptField} from '../prompt/prompt-field.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';

const toneRoles: Record<PlanLine['tone'], Role> = {plain: 'text', good: 'good', warning: 'warning', danger: 'danger'};
/** Worry shows without colour too. */
const toneMarks: Record<PlanLine['tone'], string> = {plain: ' ', good: '+', warning: '!', danger: '✗'};

/** What the yes of a dialog is called: the verb of the action. */
export function verbOf(intent: Wish): string {
	switch (intent.action) {
		case 'batch':
			return intent.verb;
		case 'service.scale':
		case 'service.step':
			return 'Scale';
		case 'service.restart':
			return 'Restart';
		case 'service.rollback':
			return 'Roll back';
		case 'service.continue':
			return 'Continue';
		case 'service.image':
			return 'Change image';
		case 'service.edit':
			return 'Change';
		case 'service.remove':
		case 'node.remove':
			return 'Remove';
		case 'node.availability':
			return {active: 'Activate', pause: 'Pause', drain: 'Drain'}[intent.availability];
		case 'node.role':
			return intent.role === 'manager' ? 'Promote' : 'Demote';
		case 'node.labels':
			return 'Change labels';
		default:
			return intent satisfies never;
	}
}

/** Asks for consent to a plan; shows a refusal when the plan can't be carried out. */
export function confirmationOverlay(plan: Plan, confirmation: Confirmation, body: Rect, theme: Theme): OverlayView {
	const width = boxWidth(body, [plan.title, plan.command, ...plan.lines.map(({text}) => text)]);
	const inside = width - 4;
	const lines: StyledText[] = [];
	for (const note of changeNotes(confirmation)) lines.push(...paragraph(note, 'warning', '!', inside, theme));
	if (plan.refusal !== undefined) lines.push(...paragraph(plan.refusal, 'danger', '✗', inside, theme));
	for (const {tone, text} of plan.lines)
		lines.push(...paragraph(text, toneRoles[tone], toneMarks[tone], inside, theme));
	if (plan.forecast === 'pending')
		lines.push(...paragraph(toSafeText('working out what will move where…'), 'dim', ' ', inside, theme));
	lines.push(toSafeText(''), ...commandLines(plan.command, inside, theme), toSafeText(''));
	return {
		id: 'confirmation',
		...box(plan.title, lines, buttons(plan, confirmation, inside, theme), {body, width, border: worryOf(plan)}, theme),
	};
}

/** What has happened since the question was put, by name where it happened to the object itself. */
function changeNotes({hasChanged, changes}: Confirmation): SafeText[] {
	if (!hasChanged) return [];
	return [toSafeText('Something changed while this was open: read again what will happen.'), ...changes];
}

const commandLinesAtMost = 3;

/** To be read, and copied whole with c. */
function commandLines(command: SafeText, width: number, theme: Theme): StyledText[] {
	const lines = wrapText(safe`$ ${command}`, width);
	const shown = lines.slice(0, commandLinesAtMost);
	const isCut = lines.length > shown.length;
	return shown.map((line, index) =>
		paint(theme, 'dim', isCut && index === shown.length - 1 ? fitCells(safe`${line} …`, width) : line),
	);
}

export function chooserOverlay(spec: ChooserSpec, focus: number, body: Rect, theme: Theme): OverlayView {
	const labelWidth = Math.max(...spec.choices.map(({label}) => cellWidth(label)));
	const texts = spec.choices.map(({key, label, detail, isPresent}) => {
		const mark = isPresent ? theme.glyphs.health.healthy : toSafeText(' ');
		return safe`${mark} ${toSafeText(key)}  ${fitCells(label, labelWidth)}  ${detail}${toSafeText(isPresent ? ' (now)' : '')}`;
	});
	const width = boxWidth(body, [spec.title, ...texts]);
	const rows = texts.map((text, index) => {
		const isFocused = index === focus;
		const marker = isFocused ? theme.glyphs.selection : toSafeText(' ');
		return paint(theme, isFocused ? 'selection' : 'text', fitCells(safe`${marker}${text}`, width - 4));
	});
	const choices = {line: isRoomy(rows.length, body) ? 2 : 1, first: 0, count: rows.length};
	return {id: 'chooser', choices, ...box(spec.title, rows, toSafeText(''), {body, width, border: 'focus'}, theme)};
}

/** A dialog that warns of harm looks like it from afar. */
function worryOf({refusal, lines}: Plan): Role {
	if (refusal !== undefined || lines.some(({tone}) => tone === 'danger')) return 'danger';
	return lines.some(({tone}) => tone === 'warning') ? 'warning' : 'focus';
}

function buttons(plan: Plan, {focus, typed}: Confirmation, width: number, theme: Theme): StyledText {
	const button = (label: string, isFocused: boolean): StyledText =>
		paint(theme, isFocused ? 'buttonFocus' : 'button', toSafeText(isFocused ? `[ ${label} ]` : `  ${label}  `));
	if (plan.refusal !== undefined) return button('Close', true);
	if (plan.consent.kind === 'typed') {
		const label = safe`Type ${plan.consent.word} and press Enter: `;
		return styled`${label}${promptField(typed, Math.max(1, width - cellWidth(label)), theme)}`;
	}
	return joinStyled([button('Cancel', focus === 'cancel'), button(verbOf(plan.intent), focus === 'confirm')], '   ');
}

function paragraph(text: SafeText, role: Role, mark: string, width: number, theme: Theme): StyledText[] {
	return wrapText(text, width - 2).map((line, index) =>
		paint(theme, role, safe`${toSafeText(index === 0 ? mark : ' ')} ${line}`),
	);
}

const widest = 92;
const narrowest = 44;

function boxWidth(body: Rect, texts: readonly SafeText[]): number {
	const wanted = Math.max(narrowest, ...texts.map((text) => cellWidth(text) + 8));
	return Math.min(wanted, widest, body.width - (body.width >= narrowest ? 4 : 0));
}

/** A box in the middle of the body. What doesn't fit is said to be missing; the last line, the buttons, always fits. */
function box(
	title: SafeText,
	lines: readonly StyledText[],
	last: StyledText,
	{body, width, border}: {readonly body: Rect; readonly width: number; readonly border: Role},
	theme: Theme,
): Omit<OverlayView, 'id'> {
	const tail = last === '' ? [] : [last];
	const room = body.height - 2 - tail.length;
	const fitting =
		lines.length <= room ? lines : [...lines.slice(0, Math.max(0, room - 1)), more(lines.length - room + 1, theme)];
	const content = isRoomy(lines.length + tail.length, body)
		? [toSafeText(''), ...fitting, ...tail, toSafeText('')]
		: [...fitting.slice(0, Math.max(0, room)), ...tail];
	const padded = content.map((line) => styled` ${fitCells(line, width - 4)} `);
	const height = padded.length + 2;
	const rect = {
		x: body.x + Math.floor((body.width - width) / 2),
		y: body.y + Math.max(0, Math.floor((body.height - height) / 2)),
		width,
		height,
	};
	const heading = paint(theme, 'title', title);
	return {
		rect,
		lines: framed(
			padded,
			{kind: 'box', width, isFocused: true, border, title: heading, position: toSafeText('')},
			theme,
		),
	};
}

/** Whether an empty line above and below so many lines can be afforded. */
function isRoomy(lines: number, body: Rect): boolean {
	return lines + 4 <= body.height;
}

function more(count: number, theme: Theme): StyledText {
	return paint(theme, 'dim', safe`  … and ${count} more lines`);
}
