/** How keys are shown. Their names in code, keymap and config are those of terminal/input-events: `ctrl-d`, `G`, `shift-tab`. */
import {joinSafe, type SafeText, toSafeText} from '../../text/safe-text.ts';

const shownNames: Readonly<Record<string, string>> = {
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
};

const modifiers: Readonly<Record<string, string>> = {ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift'};

/** `ctrl-d` as people write it: `Ctrl-D`. A letter alone keeps its case: it is what is typed. */
export function shownKey(chord: string): SafeText {
	const parts: string[] = [];
	let rest = chord;
	for (let match = /^(ctrl|alt|shift)-./.exec(rest); match; match = /^(ctrl|alt|shift)-./.exec(rest)) {
		const modifier = match[1] ?? '';
		parts.push(modifiers[modifier] ?? modifier);
		rest = rest.slice(modifier.length + 1);
	}
	const isFunctionKey = /^f\d+$/.test(rest);
	parts.push(shownNames[rest] ?? (parts.length > 0 || isFunctionKey ? rest.toUpperCase() : rest));
	return joinSafe(parts.map(toSafeText), '-');
}

/** `j ↓`: all the keys of a binding. */
export function shownKeys(chords: readonly string[]): SafeText {
	return joinSafe(chords.map(shownKey), ' ');
}
