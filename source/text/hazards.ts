/**
 * Which characters must never reach a terminal as they are, and what is shown in their place. What comes from an engine,
 * a container or a file can hold anything: characters that move the cursor, hide text, reorder it (CVE-2021-42574), or
 * carry a message nobody sees.
 *
 * The rules, in this order:
 * - emoji sequences (a joiner between two pictographs, a presentation selector, a keycap) stay as they are;
 * - combining marks stay, at most eight on one character; at the start they get a dotted circle to sit on;
 * - variation selectors outside an emoji are dropped: they carry no text;
 * - a line break (LF, CR LF) is shown as ⏎, other C0 controls and DEL as their picture (␛ ␇ ␍);
 * - C1 controls, format characters (bidi controls, joiners, tags, soft hyphen, BOM), line and paragraph separators,
 *   blank fillers and noncharacters are shown by their number: \x9b, \u202e, \u{e0041};
 * - half a surrogate pair is shown as U+FFFD.
 * Tabs are not dealt with here: they need the column.
 */

const pictograph = '\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?';
const emojiSequence = `${pictograph}(?:\\u200D${pictograph}){1,9}|\\p{Extended_Pictographic}\\uFE0F|[0-9#*]\\uFE0F?\\u20E3`;
const hazardousClass = [
	'\\p{Cc}',
	'\\p{Cf}',
	'\\p{Cs}',
	'\\p{Zl}',
	'\\p{Zp}',
	'\\p{Default_Ignorable_Code_Point}',
	'\\p{Noncharacter_Code_Point}',
].join('');

const suspicious = new RegExp(`[${hazardousClass}\\p{M}]`, 'u');
const hazards = new RegExp(`(${emojiSequence})|(\\p{M}+)|\\r\\n|[${hazardousClass}]`, 'gu');
const variationSelector = /\p{Variation_Selector}/u;
const hazardous = new RegExp(`[${hazardousClass}]`, 'u');

/** As above, for texts whose own line breaks and tabs are layout, and stay. */
const written = new RegExp(`(${emojiSequence})|(?![\\n\\t])[${hazardousClass}]`, 'gu');

const marksPerCharacter = 8;
const dottedCircle = '\u25cc';
const replacementCharacter = '\ufffd';

/** True when `text` may hold something that {@link withoutHazards} would change. Quick: most text is clean. */
function isSuspicious(text: string): boolean {
	return suspicious.test(text);
}

/** `text` with every hazardous character replaced by its visible form. Tabs must be gone already. */
export function withoutHazards(text: string): string {
	if (!isSuspicious(text)) return text;
	return text.replace(hazards, (match: string, emoji?: string, marks?: string, offset?: number) => {
		if (emoji !== undefined) return emoji;
		if (marks !== undefined) return visibleMarks(marks, offset === 0);
		return visibleForm(match);
	});
}

/** `text` with every hazardous character but line breaks and tabs as `numberOf` its code point writes it. */
export function withNumbers(text: string, numberOf: (code: number) => string): string {
	if (!isSuspicious(text)) return text;
	return text.replace(written, (match: string, emoji?: string) => emoji ?? numberOf(match.codePointAt(0) ?? 0));
}

function visibleMarks(marks: string, isAtStart: boolean): string {
	const kept = [...marks]
		.filter((mark) => !variationSelector.test(mark))
		.map((mark) => (hazardous.test(mark) ? visibleForm(mark) : mark))
		.slice(0, marksPerCharacter)
		.join('');
	return isAtStart && kept !== '' ? dottedCircle + kept : kept;
}

function visibleForm(character: string): string {
	if (character === '\n' || character === '\r\n') return '\u23ce';
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x20) return String.fromCodePoint(0x2400 + code);
	if (code === 0x7f) return '\u2421';
	if (code >= 0xd800 && code <= 0xdfff) return replacementCharacter;
	if (code <= 0xff) return `\\x${code.toString(16)}`;
	return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
