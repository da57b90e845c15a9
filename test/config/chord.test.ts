import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {isTyped, namedKeys, parseChord} from '../../source/config/chord.ts';
import {chordOf, type NamedKey} from '../../source/terminal/input-events.ts';

/** Compiles while every name here is one that the terminal's decoder gives. */
const known: readonly NamedKey[] = namedKeys;

describe('a key in the configuration', () => {
	it.each([
		['s', 's'],
		['S', 'S'],
		['?', '?'],
		['-', '-'],
		['ctrl-d', 'ctrl-d'],
		['Ctrl-D', 'ctrl-d'],
		['CTRL+d', 'ctrl-d'],
		['ctrl--', 'ctrl--'],
		['ctrl-+', 'ctrl-+'],
		['shift-g', 'G'],
		['shift-tab', 'shift-tab'],
		['Esc', 'escape'],
		['PgUp', 'pageup'],
		['Return', 'enter'],
		['F5', 'f5'],
		['alt-ctrl-left', 'ctrl-alt-left'],
		['alt-B', 'alt-B'],
		['meta-x', 'alt-x'],
		['↑', 'up'],
		[' ', 'space'],
		['é', 'é'],
	])('%s is %s', (text, chord) => {
		expect(parseChord(text)).toEqual({ok: true, value: chord});
	});

	it.each([
		['ctrl-i', `"ctrl-i": terminals can't tell it from tab, write tab`],
		['Ctrl-M', `"Ctrl-M": terminals can't tell it from enter, write enter`],
		['ctrl-shift-d', `"ctrl-shift-d": terminals can't tell it from ctrl-d`],
		['shift-1', '"shift-1": write the character that Shift makes of it'],
		['', '"" is no key: write a character, ctrl-d, shift-tab, enter, f5 and the like'],
		['ctrl-', '"ctrl-" is no key: write a character, ctrl-d, shift-tab, enter, f5 and the like'],
		['gg', '"gg" is no key: write a character, ctrl-d, shift-tab, enter, f5 and the like'],
		['f13', '"f13" is no key: write a character, ctrl-d, shift-tab, enter, f5 and the like'],
		['\u0007', '"\u0007" is no key: write a character, ctrl-d, shift-tab, enter, f5 and the like'],
	])('%s is refused', (text, error) => {
		expect(parseChord(text)).toEqual({ok: false, error});
	});

	it('is read as the terminal names it, whatever is pressed', () => {
		const modifiers = {ctrl: fc.boolean(), alt: fc.boolean(), shift: fc.boolean()};
		const pressed = fc.record({name: fc.constantFrom(...known), ...modifiers});
		fc.assert(
			fc.property(pressed, (key) => {
				expect(parseChord(chordOf(key))).toEqual({ok: true, value: chordOf(key)});
			}),
		);
	});

	it('never throws, and what it gives is read again as the same', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme', maxLength: 12}), (text) => {
				const chord = parseChord(text);
				if (chord.ok) expect(parseChord(chord.value)).toEqual(chord);
			}),
		);
	});

	it('types a character or not', () => {
		expect(['s', 'space', 'é'].map(isTyped)).toEqual([true, true, true]);
		expect(['ctrl-s', 'enter', 'f1', 'alt-s'].map(isTyped)).toEqual([false, false, false, false]);
	});
});
