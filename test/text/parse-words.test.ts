import {expect, it} from 'vitest';
import {parseWords} from '../../source/text/parse-words.ts';

it.each([
	['', []],
	['  env  ', ['env']],
	["sh -c 'exit 7'", ['sh', '-c', 'exit 7']],
	['echo "a \\"b\\" \\n" c\\ d', ['echo', 'a "b" \\n', 'c d']],
	[`a''b "" 'x"y'`, ['ab', '', 'x"y']],
])('%s is split as by a shell', (line, words) => {
	expect(parseWords(line)).toEqual({ok: true, value: words});
});

it('says what is not closed', () => {
	expect(parseWords("sh -c 'exit")).toEqual({ok: false, error: "The quote ' is not closed."});
	expect(parseWords('a\\')).toMatchObject({ok: false});
});
