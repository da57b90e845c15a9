/** Random frames as a dashboard would draw them, and hostile ones: the material of the FrameWriter's property tests. */
import fc from 'fast-check';

const word = fc.constantFrom(
	'web',
	'running',
	'3/3',
	' ',
	'    ',
	'│',
	'─',
	'漢字',
	'é',
	'cafe\u0301',
	'한국',
	'█▌',
	'…',
	'12ms',
	'~',
);
const emoji = fc.constantFrom('👩‍👩‍👧', '❤️', '🇩🇪', '👍🏽', '1️⃣', '😀', '☁', 'नमस्ते', '\u1100\u1161', '🇩', 'ﾊﾞ');
const style = fc.constantFrom(
	'\u001b[31m',
	'\u001b[0m',
	'\u001b[1m',
	'\u001b[22m',
	'\u001b[44m',
	'\u001b[49m',
	'\u001b[39m',
	'\u001b[7m',
	'\u001b[38;5;208m',
	'\u001b[48;2;1;2;3m',
	'\u001b[2;3;4;9m',
);
const foreign = fc.constantFrom(
	'\u001b]8;;http://x\u0007',
	'\u001b[2J',
	'\u0007',
	'\u001b[5;5H',
	'\u001bP',
	'\u0301',
	'\t',
	'\u009b',
);

export const line = fc
	.array(fc.oneof({weight: 8, arbitrary: word}, {weight: 1, arbitrary: emoji}, {weight: 3, arbitrary: style}), {
		maxLength: 14,
	})
	.map((parts) => parts.join(''));

const hostileLine = fc.array(fc.oneof(word, emoji, style, foreign), {maxLength: 14}).map((parts) => parts.join(''));

/** One step from a frame to the next. */
export type Step =
	| {readonly kind: 'replace'; readonly lines: readonly string[]}
	| {readonly kind: 'change'; readonly row: number; readonly line: string}
	| {readonly kind: 'edit'; readonly row: number; readonly column: number; readonly text: string}
	| {
			readonly kind: 'scroll';
			readonly top: number;
			readonly height: number;
			readonly by: number;
			readonly lines: readonly string[];
	  }
	| {readonly kind: 'redraw'}
	| {readonly kind: 'resize'; readonly columns: number; readonly rows: number};

const row = fc.nat({max: 20});

export const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({kind: fc.constant('replace' as const), lines: fc.array(line, {maxLength: 22})}),
	fc.record({kind: fc.constant('change' as const), row, line}),
	fc.record({kind: fc.constant('change' as const), row, line: hostileLine}),
	fc.record({
		kind: fc.constant('edit' as const),
		row,
		column: fc.nat({max: 60}),
		text: fc.constantFrom('x', '漢', ' ', ''),
	}),
	fc.record({
		kind: fc.constant('scroll' as const),
		top: row,
		height: fc.integer({min: 3, max: 20}),
		by: fc.integer({min: -4, max: 4}),
		lines: fc.array(line, {minLength: 4, maxLength: 4}),
	}),
	fc.constant({kind: 'redraw' as const}),
	fc.record({
		kind: fc.constant('resize' as const),
		columns: fc.integer({min: 1, max: 60}),
		rows: fc.integer({min: 1, max: 20}),
	}),
);

/** The lines of the next frame. */
export function applyStep(lines: readonly string[], step: Step): string[] {
	const next = [...lines];
	if (step.kind === 'replace') return [...step.lines];
	if (step.kind === 'change') next[step.row] = step.line;
	if (step.kind === 'edit') {
		const old = next[step.row] ?? '';
		next[step.row] = old.slice(0, step.column) + step.text + old.slice(step.column + 1);
	}
	if (step.kind === 'scroll') {
		for (let y = step.top; y < step.top + step.height; y++) {
			const source = y + step.by;
			const isInside = source >= step.top && source < step.top + step.height;
			next[y] = (isInside ? lines[source] : step.lines[y % step.lines.length]) ?? '';
		}
	}
	return Array.from(next, (text) => text ?? '');
}
