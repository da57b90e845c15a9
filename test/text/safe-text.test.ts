import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	joinSafe,
	joinStyled,
	type SafeText,
	safe,
	stripStyles,
	styled,
	toSafeLines,
	toSafeText,
	toStyledText,
	withStyle,
} from '../../source/text/safe-text.ts';
import {hostileLines} from './hostile-lines.ts';

const foreign =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u;
const pictograph = '\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?';
const emoji = new RegExp(
	`${pictograph}(?:\\u200D${pictograph})+|\\p{Extended_Pictographic}\\uFE0F|[#*0-9]\\uFE0F?\\u20E3`,
	'gu',
);
const canonicalSgr = /\u001b\[(?:[1234579;]|[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+)*m/g;

/** Text made of what sanitisers get wrong: sequences, their pieces, marks, joiners, halves of characters. */
const soup = fc
	.array(
		fc.oneof(
			fc.constantFrom(...hostileLines.map((line) => line.raw)),
			fc.constantFrom(
				'\u001b[',
				'\u001b',
				'1;3',
				'1m',
				'\u001b[1m',
				'\u001b[38;5;',
				';',
				'm',
				'\t',
				'\r',
				'\n',
				'\ufe0f',
			),
			fc.constantFrom(
				'\u200d',
				'\u0301',
				'👩',
				'🏽',
				'❤',
				'🇩',
				'1',
				'\u20e3',
				'漢',
				'각',
				'\u1100',
				'\u1161',
				'\u{e0067}',
			),
			fc.string({unit: 'binary', maxLength: 5}),
			fc.uint8Array({maxLength: 8}).map((data) => Buffer.from(data).toString('latin1')),
			fc.uint8Array({maxLength: 8}).map((data) => Buffer.from(data).toString('utf16le')),
		),
		{maxLength: 12},
	)
	.map((parts) => parts.join(''));

function expectSafe(text: string): void {
	expect(text.replace(emoji, '')).not.toMatch(foreign);
	expect(text).not.toMatch(/\p{M}{10}/u);
	expect(text).not.toMatch(/^\p{M}/u);
}

describe('toSafeText', () => {
	it.each(hostileLines)('makes harmless: $name', ({raw}) => {
		expectSafe(toSafeText(raw));
	});

	it('holds no foreign character, whatever comes in', () => {
		fc.assert(
			fc.property(soup, (raw) => expectSafe(toSafeText(raw))),
			{numRuns: 2000},
		);
	});

	it.each([
		['plain text', 'plain text'],
		['\u001b[2J', '␛[2J'],
		['a\nb\r\nc\rd', 'a⏎b⏎c␍d'],
		['a\u009bb', 'a\\x9bb'],
		['x\u202ey', 'x\\u202ey'],
		['x\u{e0041}', 'x\\u{e0041}'],
		['a\ud800b', 'a\ufffdb'],
		['\u0301x', '◌\u0301x'],
		['cafe\u0301', 'cafe\u0301'],
		['a\tb\t', 'a       b       '],
		['漢\tx', '漢      x'],
		['👩‍👩‍👧 ❤️ 👍🏽 1️⃣', '👩‍👩‍👧 ❤️ 👍🏽 1️⃣'],
		['x\ufe01y', 'xy'],
	])('shows %j as %j', (raw, shown) => {
		expect(toSafeText(raw)).toBe(shown);
	});

	it('changes nothing the second time', () => {
		fc.assert(fc.property(soup, (raw) => toSafeText(toSafeText(raw)) === toSafeText(raw)));
	});

	it('takes time in proportion to the text', () => {
		for (const unit of ['\r', '\u001b[', '\u0301', '\u200d', '❤️\u200d', '\u001b[1', ';', '\ud800']) {
			const raw = `${unit.repeat(50_000)}x`;
			expectSafe(toSafeText(raw).slice(-100));
			toStyledText(raw);
			toSafeLines(raw);
		}
	});
});

describe('toSafeLines', () => {
	it.each([
		['', []],
		['\n', ['']],
		['one', ['one']],
		['one\n', ['one']],
		['one\r\ntwo\n\nfour\r', ['one', 'two', '', 'four']],
		['a\rb\n\u001b[Kc', ['a␍b', '␛[Kc']],
	])('splits %j', (raw, lines) => {
		expect(toSafeLines(raw)).toEqual(lines);
	});
});

describe('toStyledText', () => {
	it.each(hostileLines)('makes harmless: $name', ({raw}) => {
		expectSafe(toStyledText(raw).replace(canonicalSgr, ''));
	});

	it('holds nothing but SGR beyond what a safe text holds, and closes it', () => {
		fc.assert(
			fc.property(soup, (raw) => {
				const text = toStyledText(raw);
				expectSafe(text.replace(canonicalSgr, '').replace(/^(?=\p{M})/u, ''));
				const last = text.match(canonicalSgr)?.at(-1);
				expect(last === undefined || last === '\u001b[m').toBe(true);
				expect(stripStyles(text)).toBe(text.replace(canonicalSgr, ''));
			}),
			{numRuns: 2000},
		);
	});

	it.each([
		['no style', 'no style'],
		['\u001b[31mred\u001b[0m plain', '\u001b[31mred\u001b[m plain'],
		['\u001b[1;31mloud', '\u001b[1;31mloud\u001b[m'],
		['\u001b[1m\u001b[31m\u001b[0mnothing', 'nothing'],
		['\u001b[8mhidden\u001b[28m', 'hidden'],
		['\u001b[5mblink', 'blink'],
		['\u001b[30;40mblack', '\u001b[40mblack\u001b[m'],
		['\u001b[38;5;9;101mred', '\u001b[101mred\u001b[m'],
		['\u001b[38:2::1:2:3mtrue', '\u001b[38;2;1;2;3mtrue\u001b[m'],
		['\u001b[38:5:99mindexed', '\u001b[38;5;99mindexed\u001b[m'],
		['\u001b[58;5;1;3mitalic', '\u001b[3mitalic\u001b[m'],
		['a \u001b[01;31m\u001b[Kmatch\u001b[m\u001b[K b', 'a \u001b[1;31mmatch\u001b[m b'],
		['\u001b[1mbold \u001b[31mred\u001b[39m bold', '\u001b[1mbold \u001b[31mred\u001b[39m bold\u001b[m'],
		['\u001b[1;2mboth\u001b[22mnone', '\u001b[1;2mboth\u001b[mnone'],
		['10%\r100%\r\n', '10%␍100%'],
		['\u001b]0;title\u0007', '␛]0;title␇'],
		['\u001b[31ma\tb', '\u001b[31ma       b\u001b[m'],
	])('shows %j as %j', (raw, shown) => {
		expect(toStyledText(raw)).toBe(shown);
	});
});

describe('composing', () => {
	const name = toSafeText('web');

	it('joins literals, numbers and safe texts', () => {
		expect(safe`${name} has ${3} replicas`).toBe('web has 3 replicas');
		expect(joinSafe([name, toSafeText('db')], ', ')).toBe('web, db');
	});

	it('cleans its own literals too', () => {
		expect(safe`${name}\n${name}`).toBe('web⏎web');
		expect(joinStyled([name, name], '\u001b')).toBe('web␛web');
	});

	it('puts a style around a text and keeps the styles inside', () => {
		expect(withStyle('1', name)).toBe('\u001b[1mweb\u001b[m');
		expect(withStyle('', name)).toBe('web');
		const inner = toStyledText('a\u001b[31mb\u001b[0mc');
		expect(withStyle('1', inner)).toBe('\u001b[1ma\u001b[31mb\u001b[39mc\u001b[m');
		expect(styled`${withStyle('1', name)}: ${2}`).toBe('\u001b[1mweb\u001b[m: 2');
	});

	it('refuses raw strings at compile time', () => {
		const raw: string = 'raw';
		// @ts-expect-error a string from outside is no SafeText
		const unsafe: SafeText = raw;
		expect(unsafe).toBe(raw);
	});
});
