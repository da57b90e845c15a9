/** Keys as people write them in a configuration, brought into the one spelling of the keymap: `Ctrl-D` is `ctrl-d`. */
import {failed, ok, type Result} from '../runtime/result.ts';

/** The keys that have names; all others are the character that they type. */
export const namedKeys = [
	'up',
	'down',
	'left',
	'right',
	'home',
	'end',
	'pageup',
	'pagedown',
	'insert',
	'delete',
	'backspace',
	'enter',
	'tab',
	'escape',
	'space',
	...Array.from({length: 12}, (_, index) => `f${index + 1}` as const),
] as const;

const otherNames: ReadonlyMap<string, string> = new Map(
	Object.entries({
		esc: 'escape',
		return: 'enter',
		pgup: 'pageup',
		pgdn: 'pagedown',
		pgdown: 'pagedown',
		del: 'delete',
		ins: 'insert',
		' ': 'space',
		'↑': 'up',
		'↓': 'down',
		'←': 'left',
		'→': 'right',
	}),
);

const modifierNames: ReadonlyMap<string, 'ctrl' | 'alt' | 'shift'> = new Map(
	Object.entries({
		ctrl: 'ctrl',
		control: 'ctrl',
		alt: 'alt',
		option: 'alt',
		meta: 'alt',
		shift: 'shift',
	}),
);

/** What a terminal sends the same bytes for, so that the key on the left never arrives. */
const sameBytes: ReadonlyMap<string, string> = new Map(
	Object.entries({
		'ctrl-i': 'tab',
		'ctrl-m': 'enter',
		'ctrl-j': 'enter',
		'ctrl-[': 'escape',
		'ctrl-h': 'backspace',
	}),
);

/** The chord in the keymap's spelling (terminal/input-events `chordOf`); fails with a part of a sentence that says why. */
export function parseChord(text: string): Result<string, string> {
	const {modifiers, rest} = splitModifiers(text);
	const key = namedKey(rest) ?? (isCharacter(rest) ? rest : undefined);
	if (key === undefined)
		return failed(`"${text}" is no key: write a character, ctrl-d, shift-tab, enter, f5 and the like`);
	return isCharacter(key) ? characterChord(key, modifiers, text) : ok(joined(modifiers, key));
}

/** Whether the chord puts a character into a field when it is pressed there. */
export const isTyped = (chord: string): boolean => chord === 'space' || isCharacter(chord);

type Modifiers = ReadonlySet<'ctrl' | 'alt' | 'shift'>;

function splitModifiers(text: string): {modifiers: Modifiers; rest: string} {
	const modifiers = new Set<'ctrl' | 'alt' | 'shift'>();
	let rest = text;
	for (let match = leading(rest); match; match = leading(rest)) {
		modifiers.add(match.modifier);
		rest = rest.slice(match.length);
	}
	return {modifiers, rest};
}

function leading(text: string): {modifier: 'ctrl' | 'alt' | 'shift'; length: number} | undefined {
	const match = /^([a-z]+)[-+](?=.)/i.exec(text);
	const modifier = modifierNames.get(match?.[1]?.toLowerCase() ?? '');
	return match && modifier ? {modifier, length: match[0].length} : undefined;
}

function namedKey(text: string): string | undefined {
	const name = text.toLowerCase();
	return otherNames.get(name) ?? namedKeys.find((key) => key === name);
}

const isCharacter = (text: string): boolean => /^[^\p{C}\p{Z}\p{M}]$/u.test(text);

function characterChord(key: string, modifiers: Modifiers, text: string): Result<string, string> {
	// Shift is part of the character; with Ctrl, terminals can't tell whether it was down.
	if (modifiers.has('shift') && !modifiers.has('ctrl')) {
		if (key.toUpperCase() === key.toLowerCase()) return failed(`"${text}": write the character that Shift makes of it`);
		return ok(joined(without(modifiers, 'shift'), key.toUpperCase()));
	}
	if (modifiers.has('shift'))
		return failed(`"${text}": terminals can't tell it from ${joined(without(modifiers, 'shift'), key)}`);
	const chord = joined(modifiers, modifiers.has('ctrl') ? key.toLowerCase() : key);
	const same = sameBytes.get(chord);
	return same === undefined ? ok(chord) : failed(`"${text}": terminals can't tell it from ${same}, write ${same}`);
}

function without(modifiers: Modifiers, modifier: 'ctrl' | 'alt' | 'shift'): Modifiers {
	return new Set([...modifiers].filter((each) => each !== modifier));
}

function joined(modifiers: Modifiers, key: string): string {
	const order = ['ctrl', 'alt', 'shift'] as const;
	return [...order.filter((modifier) => modifiers.has(modifier)), key].join('-');
}
