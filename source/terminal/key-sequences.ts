/**
 * The escape sequences that terminals send for keys: xterm's (ctlseqs, "PC-Style Function Keys"), rxvt's and the Linux
 * console's variants, and kitty's `CSI … u`.
 */
import {characterKey, type KeyEvent, type Modifiers, type NamedKey, namedKey, noModifiers} from './input-events.ts';

/** By the final byte of `CSI … X` and `SS3 X`. */
const finals: Readonly<Record<string, NamedKey>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

/** By the number of `CSI number ~`. */
const numbers: Readonly<Record<number, NamedKey>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

/** The keypad in application mode, by the final byte of SS3. */
const keypad: Readonly<Record<string, string>> = {
	j: '*',
	k: '+',
	l: ',',
	m: '-',
	n: '.',
	o: '/',
	p: '0',
	q: '1',
	r: '2',
	s: '3',
	t: '4',
	u: '5',
	v: '6',
	w: '7',
	x: '8',
	y: '9',
	X: '=',
};

/** Code points that are keys of their own in kitty's protocol. */
const codePoints: Readonly<Record<number, NamedKey>> = {
	8: 'backspace',
	9: 'tab',
	13: 'enter',
	27: 'escape',
	32: 'space',
	127: 'backspace',
	57414: 'enter',
	57417: 'left',
	57418: 'right',
	57419: 'up',
	57420: 'down',
	57421: 'pageup',
	57422: 'pagedown',
	57423: 'home',
	57424: 'end',
	57425: 'insert',
	57426: 'delete',
};

/** kitty's keypad digits and signs, from this code point on. */
const kittyKeypadStart = 57399;
const kittyKeypad = '0123456789./*-+';
const privateUse = {first: 0xe000, last: 0xf8ff};
const kittyRelease = 3;

const controlKeys: Readonly<Record<number, KeyEvent>> = {
	0: namedKey('space', {...noModifiers, ctrl: true}),
	// Backspace on terminals of the VT220 line; the others send it for Ctrl-Backspace.
	8: namedKey('backspace'),
	9: namedKey('tab'),
	10: namedKey('enter'),
	13: namedKey('enter'),
	27: namedKey('escape'),
	127: namedKey('backspace'),
};

/** The key for one C0 control character or DEL. */
export function controlKey(code: number): KeyEvent | undefined {
	const key = controlKeys[code];
	if (key) return key;
	// Ctrl clears the upper three bits: 0x01 is Ctrl-A, 0x1c is Ctrl-\.
	return code < 0x20 ? characterKey(String.fromCharCode(code + 0x40).toLowerCase(), ctrlOnly) : undefined;
}

const ctrlOnly: Modifiers = {...noModifiers, ctrl: true};

/** The key for `CSI parameters final`, undefined when it is none that we know. */
export function csiKey(parameters: string, final: string): KeyEvent | undefined {
	const [first = '', second = '', third = ''] = parameters.split(';');
	const modifiers = modifiersOf(second);
	if (isRelease(second)) return undefined;
	if (final === 'Z') return namedKey('tab', {...modifiers, shift: true});
	if (final === 'u') return codePointKey(first, modifiers);
	if (final === '~' && first === '27') return codePointKey(third, modifiers);
	if (final === '~') return named(numbers[Number(first)], modifiers);
	if (/^[\^$@]$/.test(final)) return named(numbers[Number(first)], rxvtModifiers(final));
	if (/^[a-d]$/.test(final) && parameters === '')
		return named(finals[final.toUpperCase()], {...noModifiers, shift: true});
	return /^1?$/.test(first) ? named(finals[final], modifiers) : undefined;
}

/** The key for `SS3 modifier final`; rxvt sends lower-case arrows with Ctrl. */
export function ss3Key(modifier: string, final: string): KeyEvent | undefined {
	if (final === 'M') return namedKey('enter');
	if (/^[a-d]$/.test(final)) return named(finals[final.toUpperCase()], ctrlOnly);
	const character = keypad[final];
	return character === undefined ? named(finals[final], modifiersOf(modifier)) : characterKey(character);
}

/** The Linux console's F1 to F5: `CSI [ A` to `CSI [ E`. */
export function linuxConsoleKey(final: string): KeyEvent | undefined {
	const number = 'ABCDE'.indexOf(final) + 1;
	return number > 0 ? namedKey(`f${number}`) : undefined;
}

/** With Alt added. */
export function withAlt(key: KeyEvent): KeyEvent {
	return {...key, alt: true, text: ''};
}

function named(name: NamedKey | undefined, modifiers: Modifiers): KeyEvent | undefined {
	return name && namedKey(name, modifiers);
}

/** `code:shifted:base`: kitty says what the key types with Shift where it is asked to. */
function codePointKey(parameter: string, modifiers: Modifiers): KeyEvent | undefined {
	const [code = Number.NaN, shifted] = parameter.split(':').map(Number);
	const name = codePoints[code];
	if (name) return namedKey(name, modifiers);
	const keypadCharacter = kittyKeypad[code - kittyKeypadStart];
	if (keypadCharacter !== undefined) return characterKey(keypadCharacter, modifiers);
	const isCharacter = code > 0x20 && code <= 0x10ffff && !(code >= privateUse.first && code <= privateUse.last);
	if (!isCharacter || /\p{C}/u.test(String.fromCodePoint(code))) return undefined;
	const character = String.fromCodePoint(code);
	if (!modifiers.shift) return characterKey(character, modifiers);
	const isShiftedKnown = shifted !== undefined && shifted > 0x20 && shifted <= 0x10ffff;
	const upper = isShiftedKnown ? String.fromCodePoint(shifted) : character.toUpperCase();
	return characterKey(/\p{C}/u.test(upper) ? character : upper, modifiers);
}

/** xterm's encoding: one more than a bit set of Shift, Alt, Ctrl. */
function modifiersOf(parameter: string): Modifiers {
	const bits = Math.max(0, (Number.parseInt(parameter, 10) || 1) - 1);
	return {shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0};
}

function isRelease(parameter: string): boolean {
	return Number(parameter.split(':')[1]) === kittyRelease;
}

function rxvtModifiers(final: string): Modifiers {
	return {ctrl: final !== '$', shift: final !== '^', alt: false};
}
