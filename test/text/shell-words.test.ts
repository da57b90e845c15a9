import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {isSayable, shellLine, shellWord, splitWords} from '../../source/text/shell-words.ts';
import {hostileLines} from './hostile-lines.ts';

/** What bash takes the words of the line for. */
function readByBash(line: string): string[] {
	const program = `set -H; printf '%s\\0' ${line}`;
	return execFileSync('bash', ['--norc', '-c', program], {encoding: 'utf8'}).split('\0').slice(0, -1);
}

const hostile = [
	'w4;touch X #',
	'$(touch X)',
	'`touch X`',
	"it's",
	'!!',
	'a!b\u0007',
	'=ls',
	'%1',
	'~root',
	'*',
	'{a,b}',
	'a\nb',
	'a\tb',
	'\\',
	"'\\''",
	'\u202egnp.exe',
	'\u009b2J',
	'',
	' ',
	'#x',
	'&& rm -rf /',
	'\u0301x',
	'👩‍💻',
	...hostileLines.map(({raw}) => raw),
].filter(isSayable);

const anyText = fc.string({unit: 'binary', maxLength: 30}).filter(isSayable);

describe('a word for the shell', () => {
	it('is read as the text that it was made of', () => {
		expect(readByBash(shellLine(hostile))).toEqual(hostile);
	});

	it('is read so whatever the text holds, and reaches the terminal as it is', () => {
		fc.assert(
			fc.property(fc.array(anyText, {minLength: 20, maxLength: 40}), (texts) => {
				const line = shellLine(texts);
				expect(toSafeText(line)).toBe(line);
				expect(readByBash(line)).toEqual(texts);
			}),
			{numRuns: 30},
		);
	});

	it('is left alone where that is enough', () => {
		expect(shellWord('nginx:1.27@sha256:0a')).toBe('nginx:1.27@sha256:0a');
		expect(shellWord('A=x y')).toBe("'A=x y'");
		expect(shellWord('a\nb')).toBe("$'a\\012b'");
	});

	it('is no word where the text can be no argument', () => {
		expect(isSayable('a\0b')).toBe(false);
		expect(isSayable('\ud800')).toBe(false);
	});
});

/** As docker splits `--args`: its rules, written down a second time. */
function split(text: string): string[] {
	const words: string[] = [];
	let word: string | undefined;
	let quote = '';
	for (let at = 0; at < text.length; at++) {
		const character = text[at] ?? '';
		if (quote !== '' && character === quote) quote = '';
		else if (character === '\\' && quote !== "'") word = (word ?? '') + (text[++at] ?? '');
		else if (quote !== '') word = (word ?? '') + character;
		else if (/['"]/.test(character)) {
			quote = character;
			word ??= '';
		} else if (/[ \t\r\n]/.test(character)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else word = (word ?? '') + character;
	}
	return word === undefined ? words : [...words, word];
}

describe('arguments in one text', () => {
	it('are split by docker into what they were', () => {
		fc.assert(
			fc.property(fc.array(anyText, {maxLength: 6}), (texts) => {
				expect(split(splitWords(texts))).toEqual(texts);
			}),
		);
	});

	it('are readable', () => {
		expect(splitWords(['sh', '-c', 'echo v9; sleep 10000'])).toBe('sh -c "echo v9; sleep 10000"');
		expect(splitWords(['awk', '{print "x"}', ''])).toBe(`awk '{print "x"}' ""`);
	});
});
