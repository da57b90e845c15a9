/** The line above the footer: what has happened, or the prompt while something is asked for. */
import {fitCells, truncate} from '../../text/fit.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Tone} from '../app/capabilities.ts';
import type {PromptOverlay} from '../app/overlay.ts';
import type {Message} from '../app/state.ts';
import {promptField} from '../prompt/prompt-field.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';

const roles: Record<Tone, Role> = {plain: 'text', good: 'good', warning: 'warning', danger: 'danger'};

/** @param undoKey what takes back what it tells of; undefined where that is not on offer */
export function messageLine(
	message: Message | undefined,
	undoKey: SafeText | undefined,
	theme: Theme,
	width: number,
): StyledText {
	if (!message) return toSafeText(' '.repeat(width));
	const marks: Record<Tone, SafeText> = {
		plain: toSafeText(' '),
		good: theme.glyphs.health.healthy,
		warning: toSafeText('!'),
		danger: theme.glyphs.health.failing,
	};
	const offer = undoKey === undefined ? toSafeText('') : safe` (${undoKey} undoes it)`;
	const text = truncate(safe` ${marks[message.tone]} ${message.text}`, Math.max(0, width - cellWidth(offer)));
	return paint(theme, roles[message.tone], fitCells(safe`${text}${offer}`, width));
}

const comfortableField = 32;

const selectedWords = toSafeText('typing replaces it, → keeps it');

/** What becomes of the text that stands there already, where there is room to say so. */
function selectedHint(hint: SafeText, used: number, width: number): SafeText {
	const both = safe`${selectedWords}; ${hint}`;
	const room = width - used - 8;
	if (cellWidth(both) <= room) return both;
	return cellWidth(selectedWords) <= room ? selectedWords : hint;
}

/** `Replicas of web: 3▏ (now 3)`, and behind it what is wrong with what was typed. */
export function promptLine(prompt: PromptOverlay, theme: Theme, width: number): StyledText {
	const {spec, line, isSelected, problem} = prompt;
	const label = fitCells(spec.label, Math.min(cellWidth(spec.label), Math.floor(width / 2)));
	const hint = isSelected
		? selectedHint(spec.hint, cellWidth(label) + cellWidth(toSafeText(line.text)), width)
		: spec.hint;
	const behind = problem === undefined ? paint(theme, 'dim', hint) : paint(theme, 'danger', problem);
	const field = Math.max(8, Math.min(comfortableField, width - cellWidth(label) - cellWidth(behind) - 5));
	const text = styled` ${paint(theme, 'key', label)} ${promptField(line, field, theme, isSelected)} ${behind}`;
	return fitCells(text, width);
}
