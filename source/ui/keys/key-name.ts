/** One spelling for every key, in the keymap, in a user's config and on the screen. */
import {joinSafe, type SafeText, toSafeText} from '../../text/safe-text.ts';

/** What the screen and the manual call the keys whose names are words. */
const displayNames: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	enter: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	space: 'Space',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	backspace: 'Backspace',
	delete: 'Delete',
	f5: 'F5',
};

const modifierNames: Readonly<Record<string, string>> = {ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift'};

/** `ctrl+d` as people write it: `Ctrl-D`. A letter alone keeps its case: it is what is typed. */
export function displayKey(name: string): SafeText {
	const parts = name === '+' ? ['+'] : name.split('+').filter((part) => part !== '');
	if (name.endsWith('++')) parts.push('+');
	const key = parts.pop() ?? '';
	const modifiers = parts.map((part) => modifierNames[part] ?? part);
	const shown = displayNames[key] ?? (modifiers.length > 0 ? key.toUpperCase() : key);
	return joinSafe([...modifiers, shown].map(toSafeText), '-');
}

/** `j ↓`: all the keys of a binding. */
export function displayKeys(names: readonly string[]): SafeText {
	return joinSafe(names.map(displayKey), ' ');
}
