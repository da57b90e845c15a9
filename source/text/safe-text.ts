/**
 * The boundary for every string that did not come from this program's own source: names, labels, errors, log lines.
 * What the screen prints is {@link SafeText} or {@link StyledText}, and these functions are the only way to make either.
 */
import {withoutHazards} from './hazards.ts';
import {applySgr, noStyle, type Style, sgrTransition, withoutHiddenText} from './sgr.ts';
import {cellWidth} from './width.ts';

declare const brand: unique symbol;

/** Text that may reach the terminal: one line, no control characters, nothing that moves, hides or reorders. */
export type SafeText = string & {readonly [brand]: 'safe'};

/**
 * One line that may also hold colours and weights: SGR sequences in canonical form, closed at its end, so that no style
 * leaks into what is printed after it. Every SafeText is a StyledText.
 */
export type StyledText = string & {readonly [brand]: 'safe' | 'styled'};

const printableAscii = /^[\u0020-\u007e]*$/;
/** Any complete CSI sequence; the first group holds the parameters of those that are SGR. */
const csiSequence = /\u001b\[(?:([\d;:]*)m|[0-?]*[ -/]*[@-~])/g;
const sgrSequence = /\u001b\[[\d;]*m/g;
const tabStop = 8;

/** One line of text with everything hazardous made visible, see hazards.ts for the rules. Line breaks become ⏎. */
export function toSafeText(raw: string): SafeText {
	return (printableAscii.test(raw) ? raw : cleaned(raw, 0)) as SafeText;
}

/** The lines of a text, each made safe. A line end at the very end starts no further line; `''` has no lines. */
export function toSafeLines(raw: string): SafeText[] {
	const lines = raw.split('\n').map(withoutLineEnd);
	if (lines.at(-1) === '') lines.pop();
	return lines.map(toSafeText);
}

/**
 * One log line: colours and weights pass, conceal and blink do not, text in the colour of its background is made
 * visible. Other complete CSI sequences (cursor moves, erasures, modes) are dropped: grep and many builders print them
 * around every match. All else is made visible as in {@link toSafeText}; a carriage return inside the line is shown as
 * ␍ and overwrites nothing. The line's own end is dropped.
 */
export function toStyledText(raw: string): StyledText {
	const line = withoutLineEnd(raw);
	if (printableAscii.test(line)) return line as StyledText;
	let output = '';
	let column = 0;
	let written: Style = noStyle;
	let wanted: Style = noStyle;
	const append = (text: string): void => {
		const clean = cleaned(text, column);
		if (clean === '') return;
		const visible = withoutHiddenText(wanted);
		output += sgrTransition(written, visible) + clean;
		written = visible;
		column += cellWidth(clean);
	};
	let start = 0;
	for (const match of line.matchAll(csiSequence)) {
		append(line.slice(start, match.index));
		start = match.index + match[0].length;
		if (match[1] !== undefined) wanted = applySgr(wanted, match[1]);
	}
	append(line.slice(start));
	return (output + sgrTransition(written, noStyle)) as StyledText;
}

/** The text alone. */
export function stripStyles(text: StyledText): SafeText {
	return (text.includes('\u001b') ? text.replace(sgrSequence, '') : text) as SafeText;
}

/** A styled text of one style. `style` is canonical, see sgr.ts; styles inside `text` are added to it. */
export function withStyle(style: Style, text: StyledText): StyledText {
	if (style === noStyle || text === '') return text;
	if (!text.includes('\u001b')) return `\u001b[${style}m${text}\u001b[m` as StyledText;
	let own: Style = noStyle;
	let current: Style = style;
	const restyled = text.replace(sgrSequence, (sequence) => {
		own = applySgr(own, sequence.slice(2, -1));
		const wanted = own === noStyle ? style : applySgr(style, own);
		const transition = sgrTransition(current, wanted);
		current = wanted;
		return transition;
	});
	return `\u001b[${style}m${restyled}\u001b[m` as StyledText;
}

/** Composes literals of this program, numbers and safe texts: safe`${name} on ${node}`. */
export function safe(literals: TemplateStringsArray, ...values: readonly (SafeText | number)[]): SafeText {
	return interleaved(literals, values) as SafeText;
}

/** As {@link safe}, with parts that hold colours. */
export function styled(literals: TemplateStringsArray, ...values: readonly (StyledText | number)[]): StyledText {
	return interleaved(literals, values) as StyledText;
}

/** The parts with `separator` between them. */
export function joinSafe(parts: readonly SafeText[], separator = ''): SafeText {
	return parts.join(toSafeText(separator)) as SafeText;
}

/** As {@link joinSafe}, with parts that hold colours. */
export function joinStyled(parts: readonly StyledText[], separator = ''): StyledText {
	return parts.join(toSafeText(separator)) as StyledText;
}

function interleaved(literals: TemplateStringsArray, values: readonly (string | number)[]): string {
	return literals.map((literal, index) => toSafeText(literal) + String(values[index] ?? '')).join('');
}

/** A loop, because /[\r\n]+$/ takes quadratic time on a megabyte of carriage returns. */
function withoutLineEnd(line: string): string {
	let end = line.length;
	while (end > 0 && (line[end - 1] === '\n' || line[end - 1] === '\r')) end--;
	return line.slice(0, end);
}

/** Hazards made visible and tabs expanded, for text that starts at `column` of its line. */
function cleaned(text: string, column: number): string {
	if (!text.includes('\t')) return withoutHazards(text);
	let output = '';
	let at = column;
	for (const [index, part] of text.split('\t').entries()) {
		if (index > 0) {
			const spaces = tabStop - (at % tabStop);
			output += ' '.repeat(spaces);
			at += spaces;
		}
		const clean = withoutHazards(part);
		output += clean;
		at += cellWidth(clean);
	}
	return output;
}
