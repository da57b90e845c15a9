/** What stands in dialogs and choosers, and where they are. */
import {actionOf} from '../../cluster/actions/registry.ts';
import type {ActionRequest, Plan} from '../../cluster/intent.ts';
import {fitCells} from '../../text/fit.ts';
import {joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {ChooserSpec, Confirmation} from '../app/overlay.ts';
import type {PaneId, Rect} from '../layout/pane.ts';
import type {PopupView} from '../layout/popup.ts';
import {promptField} from '../prompt/prompt-field.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {boxWidth, notes, planText, planWidth, roomIn, type TextLine, windowOf} from './plan-text.ts';
import {isAnswerable} from './question.ts';

/** What the yes of a dialog is called: the verb of the action. */
const verbOf = (request: ActionRequest): string =>
	request.action === 'batch' ? request.verb : actionOf(request).verb(request);

/** Asks for consent to a plan; shows a refusal when the plan can't be carried out. */
export function confirmationBox(plan: Plan, confirmation: Confirmation, body: Rect, theme: Theme): PopupView {
	const width = planWidth(plan, body);
	const lines = windowOf(planText(plan, confirmation, width), confirmation.top, roomIn(body));
	const last = buttons(plan, confirmation, width - 4, theme);
	return box(plan.title, lines, last, {body, width, border: worryOf(plan)}, theme);
}

export function chooserBox(spec: ChooserSpec, focus: number, body: Rect, theme: Theme): PopupView {
	const labelWidth = Math.max(...spec.choices.map(({label}) => cellWidth(label)));
	const texts = spec.choices.map(({key, label, detail, isPresent}) => {
		const mark = isPresent ? theme.glyphs.health.healthy : toSafeText(' ');
		return safe`${mark} ${toSafeText(key)}  ${fitCells(label, labelWidth)}  ${detail}${toSafeText(isPresent ? ' (now)' : '')}`;
	});
	const above = spec.lines ?? [];
	const width = boxWidth(body, [spec.title, ...texts, ...above.map(({text}) => text)]);
	const rows = texts.map((text, index): TextLine => {
		const isFocused = index === focus;
		const marker = isFocused ? theme.glyphs.selection : toSafeText(' ');
		return {role: isFocused ? 'selection' : 'text', text: fitCells(safe`${marker}${text}`, width - 4)};
	});
	const head = above.length > 0 ? [...notes(above, width - 4), {role: 'text', text: toSafeText('')} as const] : [];
	const room = roomIn(body, false);
	const lines = [...windowOf(head, 0, Math.max(0, room - rows.length)), ...rows];
	const headHeight = lines.length - rows.length;
	const choices = {line: (isRoomy(lines.length, body) ? 2 : 1) + headHeight, first: 0, count: rows.length};
	return {choices, ...box(spec.title, lines, toSafeText(''), {body, width, border: 'focus'}, theme)};
}

/** A dialog that warns of harm looks like it from afar. */
function worryOf({refusal, lines}: Plan): Role {
	if (refusal !== undefined || lines.some(({tone}) => tone === 'danger')) return 'danger';
	return lines.some(({tone}) => tone === 'warning') ? 'warning' : 'focus';
}

/** Until it takes an answer no button has the focus. */
function buttons(plan: Plan, confirmation: Confirmation, width: number, theme: Theme): StyledText {
	const {focus, typed} = confirmation;
	const isReady = isAnswerable({kind: 'confirmation', confirmation});
	const button = (label: string, isFocused: boolean): StyledText =>
		isFocused && isReady
			? paint(theme, 'buttonFocus', toSafeText(`[ ${label} ]`))
			: paint(theme, isReady ? 'button' : 'dim', toSafeText(`  ${label}  `));
	if (plan.refusal !== undefined) return button('Close', true);
	if (plan.consent.kind === 'typed') {
		if (!isReady) return paint(theme, 'dim', safe`Type ${plan.consent.word} and press Enter`);
		const label = safe`Type ${plan.consent.word} and press Enter: `;
		return styled`${label}${promptField(typed, Math.max(1, width - cellWidth(label)), theme)}`;
	}
	return joinStyled([button('Cancel', focus === 'cancel'), button(verbOf(plan.intent), focus === 'confirm')], '   ');
}

/** A box in the middle of the body around lines that fit. */
function box(
	title: SafeText,
	text: readonly TextLine[],
	last: StyledText,
	{body, width, border}: {readonly body: Rect; readonly width: number; readonly border: Role},
	theme: Theme,
): PopupView {
	const lines = text.map((line) => paint(theme, line.role, line.text));
	const tail = last === '' ? [] : [last];
	const content = isRoomy(lines.length + tail.length, body)
		? [toSafeText(''), ...lines, ...tail, toSafeText('')]
		: [...lines, ...tail];
	const padded = content.map((line) => styled` ${fitCells(line, width - 4)} `);
	const height = padded.length + 2;
	const rect = {
		x: body.x + Math.floor((body.width - width) / 2),
		y: body.y + Math.max(0, Math.floor((body.height - height) / 2)),
		width,
		height,
	};
	return {rect, border, title: paint(theme, 'title', title), position: toSafeText(''), lines: padded};
}

/** Whether an empty line above and below so many lines can be afforded. */
function isRoomy(lines: number, body: Rect): boolean {
	return lines + 4 <= body.height;
}

/** On the topology a dialog leaves the upper part free: there one sees what the plan moves where. */
export function dialogArea(focus: PaneId, body: Rect): Rect {
	if (focus !== 'topology') return body;
	const height = Math.floor(body.height / 2);
	return {...body, y: body.y + body.height - height, height};
}
