import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type DiffLine, unifiedDiff} from '../../source/text/line-diff.ts';

const signs = {same: ' ', removed: '-', added: '+'} as const;
const shown = (before: string, after: string, context?: number): string[] =>
	unifiedDiff(before.split(''), after.split(''), context).map((line) =>
		line.kind === 'skipped' ? `…${line.count}` : `${signs[line.kind]}${line.text}`,
	);

describe('a diff of lines', () => {
	it('shows what was removed before what was added, with its surroundings', () => {
		expect(shown('abcdefghij', 'abcdeXYghij', 2)).toEqual(['…3', ' d', ' e', '-f', '+X', '+Y', ' g', ' h', '…2']);
	});

	it('shows nothing where nothing differs', () => {
		expect(shown('abc', 'abc')).toEqual([]);
		expect(unifiedDiff([], [])).toEqual([]);
	});

	it('holds both texts, and is no longer than it must be', () => {
		const lines = fc.array(fc.constantFrom('a', 'b', 'c'), {maxLength: 12});
		fc.assert(
			fc.property(lines, lines, (before, after) => {
				fc.pre(before.join() !== after.join());
				const diff = unifiedDiff(before, after, Infinity);
				expect(textsOf(diff, 'added')).toEqual(before);
				expect(textsOf(diff, 'removed')).toEqual(after);
				expect(diff.filter(({kind}) => kind === 'same')).toHaveLength(longestCommon(before, after));
			}),
		);
	});
});

const textsOf = (diff: readonly DiffLine[], without: 'added' | 'removed'): string[] =>
	diff.flatMap((line) => (line.kind === 'skipped' || line.kind === without ? [] : [line.text]));

/** The length of the longest common subsequence, the slow and obvious way. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
	const rows = Array.from({length: a.length + 1}, () => Array<number>(b.length + 1).fill(0));
	for (let i = 1; i <= a.length; i++) {
		for (let j = 1; j <= b.length; j++) {
			const [above = 0, left = 0, corner = 0] = [rows[i - 1]?.[j], rows[i]?.[j - 1], rows[i - 1]?.[j - 1]];
			const row = rows[i];
			if (row) row[j] = a[i - 1] === b[j - 1] ? corner + 1 : Math.max(above, left);
		}
	}
	return rows[a.length]?.[b.length] ?? 0;
}
