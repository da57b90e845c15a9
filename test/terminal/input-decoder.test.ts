import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {InputDecoder} from '../../source/terminal/input-decoder.ts';
import {chordOf, type InputEvent} from '../../source/terminal/input-events.ts';

function decode(...chunks: readonly string[]): InputEvent[] {
	const decoder = new InputDecoder();
	return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.giveUp()];
}

/** Keys as keymaps write them, other events by type. */
function told(events: readonly InputEvent[]): string[] {
	return events.map((event) => (event.type === 'key' ? chordOf(event) : event.type));
}

const keys: readonly (readonly [sequence: string, chord: string])[] = [
	['j', 'j'],
	['G', 'G'],
	['?', '?'],
	[' ', 'space'],
	['é', 'é'],
	['漢', '漢'],
	['👩‍👩‍👧', '👩‍👩‍👧'],
	['\r', 'enter'],
	['\n', 'enter'],
	['\t', 'tab'],
	['\u007f', 'backspace'],
	['\b', 'backspace'],
	['\u0000', 'ctrl-space'],
	['\u0001', 'ctrl-a'],
	['\u0003', 'ctrl-c'],
	['\u0004', 'ctrl-d'],
	['\u001a', 'ctrl-z'],
	['\u001c', 'ctrl-\\'],
	['\u001f', 'ctrl-_'],
	['\u001b', 'escape'],
	['\u001bx', 'alt-x'],
	['\u001bX', 'alt-X'],
	['\u001bé', 'alt-é'],
	['\u001b\r', 'alt-enter'],
	['\u001b\u007f', 'alt-backspace'],
	['\u001b\u0004', 'ctrl-alt-d'],
	['\u001b[', 'alt-['],
	['\u001bO', 'alt-O'],
	['\u001b]', 'alt-]'],
	['\u001b[A', 'up'],
	['\u001b[B', 'down'],
	['\u001b[C', 'right'],
	['\u001b[D', 'left'],
	['\u001bOA', 'up'],
	['\u001bOD', 'left'],
	['\u001b[1;5C', 'ctrl-right'],
	['\u001b[1;2A', 'shift-up'],
	['\u001b[1;3D', 'alt-left'],
	['\u001b[1;8H', 'ctrl-alt-shift-home'],
	['\u001bOa', 'ctrl-up'],
	['\u001b[a', 'shift-up'],
	['\u001b\u001b[A', 'alt-up'],
	['\u001b\u001bOA', 'alt-up'],
	['\u001b[H', 'home'],
	['\u001bOH', 'home'],
	['\u001b[1~', 'home'],
	['\u001b[7~', 'home'],
	['\u001b[F', 'end'],
	['\u001bOF', 'end'],
	['\u001b[4~', 'end'],
	['\u001b[8~', 'end'],
	['\u001b[5~', 'pageup'],
	['\u001b[6~', 'pagedown'],
	['\u001b[6;5~', 'ctrl-pagedown'],
	['\u001b[2~', 'insert'],
	['\u001b[3~', 'delete'],
	['\u001b[3;2~', 'shift-delete'],
	['\u001b[3$', 'shift-delete'],
	['\u001b[3^', 'ctrl-delete'],
	['\u001b[Z', 'shift-tab'],
	['\u001b[9;2u', 'shift-tab'],
	['\u001bOP', 'f1'],
	['\u001b[11~', 'f1'],
	['\u001b[[A', 'f1'],
	['\u001b[15~', 'f5'],
	['\u001b[15;5~', 'ctrl-f5'],
	['\u001b[1;2P', 'shift-f1'],
	['\u001b[24~', 'f12'],
	['\u001b[97;5u', 'ctrl-a'],
	['\u001b[97;2u', 'A'],
	['\u001b[97:65;2u', 'A'],
	['\u001b[27u', 'escape'],
	['\u001b[13;2u', 'shift-enter'],
	['\u001b[32;5u', 'ctrl-space'],
	['\u001b[27;5;9~', 'ctrl-tab'],
	['\u001b[27;5;105~', 'ctrl-i'],
	['\u001b[57400u', '1'],
	['\u001bOM', 'enter'],
	['\u001bOq', '1'],
];

describe('keys', () => {
	it.each(keys)('%j is %s', (sequence, chord) => {
		expect(told(decode(sequence))).toEqual([chord]);
	});

	it('type text when they are characters and nothing else', () => {
		const texts = decode('jG \u001bx\u0004\r').map((event) => (event.type === 'key' ? event.text : undefined));
		expect(texts).toEqual(['j', 'G', ' ', '', '', '']);
	});

	it('come one by one from a fast chunk', () => {
		expect(told(decode('jj\u001b[Ak\u001b'))).toEqual(['j', 'j', 'up', 'k', 'escape']);
		expect(told(decode('\u001b\u001b'))).toEqual(['escape', 'escape']);
		expect(told(decode('\u001b\u001bj'))).toEqual(['escape', 'alt-j']);
	});

	it('are not sent for a release, a lone modifier or an unknown key', () => {
		expect(decode('\u001b[97;1:3u', '\u001b[57441;2u', '\u001b[99~', '\u001b[57358u')).toEqual([]);
	});
});

describe('mouse', () => {
	it.each([
		['\u001b[<0;10;5M', {action: 'press', button: 'left', x: 9, y: 4}],
		['\u001b[<0;10;5m', {action: 'release', button: 'left', x: 9, y: 4}],
		['\u001b[<2;1;1M', {action: 'press', button: 'right', x: 0, y: 0}],
		['\u001b[<64;200;50M', {action: 'wheel-up', button: 'none', x: 199, y: 49}],
		['\u001b[<65;3;3M', {action: 'wheel-down', button: 'none'}],
		['\u001b[<69;3;3M', {action: 'wheel-down', shift: true}],
		['\u001b[<32;3;3M', {action: 'drag', button: 'left'}],
		['\u001b[<35;3;3M', {action: 'move', button: 'none'}],
		['\u001b[<16;3;3M', {action: 'press', ctrl: true}],
		['\u001b[M !!', {action: 'press', button: 'left', x: 0, y: 0}],
		['\u001b[M#!!', {action: 'release', x: 0, y: 0}],
	])('%j', (sequence, event) => {
		expect(decode(sequence)).toMatchObject([{type: 'mouse', ...event}]);
	});

	it('drops what no mouse says', () => {
		expect(decode('\u001b[<0;0;0M', '\u001b[<999;1;1M', '\u001b[<0;1M', '\u001b[<M')).toEqual([]);
	});
});

describe('paste', () => {
	it('is one event, its sequences are no keys and its control characters are gone', () => {
		expect(decode('a\u001b[200~two\r\nlines\tand\u001b[31m \u0007\u001b[201~b')).toEqual([
			expect.objectContaining({name: 'a'}),
			{type: 'paste', text: 'two\nlines\tand[31m '},
			expect.objectContaining({name: 'b'}),
		]);
	});

	it('waits for its end mark, however it is cut', () => {
		expect(decode('\u001b[20', '0~one', ' two\u001b[2', '01', '~x').map((event) => event.type)).toEqual([
			'paste',
			'key',
		]);
	});

	it('comes in pieces when it is huge', () => {
		const decoder = new InputDecoder();
		const events = [...decoder.push(`\u001b[200~${'x'.repeat(3_000_000)}`), ...decoder.push('\u001b[201~')];
		expect(events.every((event) => event.type === 'paste')).toBe(true);
		expect(events.map((event) => (event.type === 'paste' ? event.text.length : 0)).reduce((a, b) => a + b)).toBe(
			3_000_000,
		);
	});
});

describe('everything else', () => {
	it('focus and answers are events of their own', () => {
		expect(decode('\u001b[I\u001b[O')).toEqual([
			{type: 'focus', isFocused: true},
			{type: 'focus', isFocused: false},
		]);
		expect(decode('\u001b]11;rgb:0000/1111/2222\u0007', '\u001b]11;rgb:0/0/0\u001b\\', '\u001b[?62;22c')).toEqual([
			{type: 'reply', kind: 'osc', text: '11;rgb:0000/1111/2222'},
			{type: 'reply', kind: 'osc', text: '11;rgb:0/0/0'},
			{type: 'reply', kind: 'csi', text: '?62;22c'},
		]);
	});

	it.each([
		['cursor report', '\u001b[24;80R'],
		['DCS answer', '\u001bP1$r0m\u001b\\'],
		['APC', '\u001b_Gi=1;OK\u001b\\'],
		['mode report', '\u001b[4;1$y'],
		['window size', '\u001b[8;50;200t'],
		['unknown CSI', '\u001b[12345x'],
		['C1', '\u009b\u0085'],
	])('%s is dropped whole', (_, sequence) => {
		expect(told(decode(`a${sequence}b`))).toEqual(['a', 'b']);
	});

	it('a sequence that another interrupts is dropped up to there', () => {
		expect(told(decode('\u001b[1;\u001b[Ax'))).toEqual(['up', 'x']);
		expect(told(decode('\u001b]52;c;\rx'))).toEqual(['enter', 'x']);
	});

	it('an answer that never ends does not swallow the keys for ever', () => {
		const decoder = new InputDecoder();
		decoder.push('\u001b]11;rgb');
		expect(decoder.held).toBe('answer');
		expect(decoder.giveUp()).toEqual([]);
		expect(told(decoder.push('j'))).toEqual(['j']);
		expect(told(new InputDecoder().push(`\u001b]${'x'.repeat(100_000)}`))).toEqual([]);
	});
});

describe('whatever comes in', () => {
	const part = fc.oneof(
		fc.constantFrom(...keys.map(([sequence]) => sequence)),
		fc.constantFrom(
			'\u001b[<0;1;2M',
			'\u001b[200~',
			'\u001b[201~',
			'\u001b]11;x\u0007',
			'\u001bP',
			'\u001b[M',
			'\u001b[1;',
		),
		fc.string({unit: 'binary', maxLength: 4}),
		fc.uint8Array({maxLength: 6}).map((data) => Buffer.from(data).toString('latin1')),
	);
	const stream = fc.array(part, {maxLength: 12}).map((parts) => parts.join(''));

	it('nothing throws and no control character is taken for text', () => {
		fc.assert(
			fc.property(stream, (text) => {
				for (const event of decode(text)) {
					if (event.type === 'key') expect(event.text).not.toMatch(/\p{Cc}/u);
					if (event.type === 'key') expect(event.name).not.toMatch(/\p{Cc}/u);
					if (event.type === 'paste') expect(event.text).not.toMatch(/(?!\n|\t)\p{Cc}/u);
				}
			}),
			{numRuns: 2000},
		);
	});

	it('chunks may end anywhere', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...keys.map(([sequence]) => sequence)), {maxLength: 8}), (sequences) => {
				// Between two bytes nothing follows a lone ESC, so that keys which are only ESC and a letter don't merge.
				const text = sequences.filter((sequence) => !/^\u001b[[\]O]?$/.test(sequence)).join('');
				const plain = text.replace(/[^\u0000-\u007f]+/gu, '');
				expect(decode(...plain)).toEqual(decode(plain));
			}),
			{numRuns: 500},
		);
	});
});
