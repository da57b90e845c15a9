/** The screen's signs for terminals and fonts that have none but ASCII's: each in as many cells as before. */
import {glyphsOf} from './width.ts';

const equals: Readonly<Record<string, string>> = {
	'●': '*',
	'◐': '~',
	'✗': 'x',
	'○': 'o',
	'▸': '>',
	'★': '*',
	'◆': '*',
	'✓': '+',
	'↑': '^',
	'↓': 'v',
	'←': '<',
	'→': '>',
	'…': '~',
	'–': '-',
	'—': '-',
	'·': '.',
	'•': '*',
	'×': 'x',
	'±': '+',
	'≥': '>',
	'≤': '<',
	'█': '#',
	'▓': '#',
	'▒': '=',
	'░': '.',
	'▏': '|',
	'▁': '_',
	'▂': '_',
	'▃': '-',
	'▄': '-',
	'▅': '=',
	'▆': '=',
	'▇': '#',
	'─': '-',
	'│': '|',
	'┌': '+',
	'┐': '+',
	'└': '+',
	'┘': '+',
	'├': '+',
	'┤': '+',
	'┬': '+',
	'┴': '+',
	'┼': '+',
	'━': '=',
	'┃': '#',
	'┏': '#',
	'┓': '#',
	'┗': '#',
	'┛': '#',
};

const beyondAscii = /[^\p{ASCII}]+/gu;

/**
 * `text` with the screen's own signs in ASCII. Names and log lines can hold any others.
 * @param others `kept` where only the signs can't be shown; `marked`, as `?` in each of their cells, where nothing else can
 */
export function toAscii(text: string, others: 'kept' | 'marked'): string {
	return text.replace(beyondAscii, (run) => {
		let output = '';
		for (const glyph of glyphsOf(run)) {
			output += equals[glyph.text] ?? (others === 'kept' ? glyph.text : '?'.repeat(glyph.width));
		}
		return output;
	});
}
