/** What a person can do to a terminal, as values. Coordinates are zero-based cells. */

export type Modifiers = {readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean};

export type KeyEvent = Modifiers & {
	readonly type: 'key';
	/**
	 * A named key (`up`, `enter`, `escape`, `f5`, `space`, see {@link NamedKey}), else the character typed: `j`, `G`, `é`.
	 * Shift is part of a character (`G`, `?`) and never said beside it, because most terminals can't tell.
	 */
	readonly name: string;
	/** What the key types into a field, `''` for keys that type nothing. */
	readonly text: string;
};

type PasteEvent = {
	readonly type: 'paste';
	/** Line ends are `\n`; other control characters are gone, tabs stay. */
	readonly text: string;
};

export type MouseButton = 'left' | 'middle' | 'right' | 'none';
export type MouseAction =
	| 'press'
	| 'release'
	| 'drag'
	| 'move'
	| 'wheel-up'
	| 'wheel-down'
	| 'wheel-left'
	| 'wheel-right';

export type MouseEvent = Modifiers & {
	readonly type: 'mouse';
	readonly action: MouseAction;
	readonly button: MouseButton;
	readonly x: number;
	readonly y: number;
};

type FocusEvent = {readonly type: 'focus'; readonly isFocused: boolean};

/** The terminal's answer to a question of ours: `11;rgb:0000/0000/0000` to an OSC, `?62;22c` to a CSI. */
type ReplyEvent = {readonly type: 'reply'; readonly kind: 'osc' | 'csi'; readonly text: string};

export type InputEvent = KeyEvent | PasteEvent | MouseEvent | FocusEvent | ReplyEvent;

export type NamedKey =
	| 'up'
	| 'down'
	| 'left'
	| 'right'
	| 'home'
	| 'end'
	| 'pageup'
	| 'pagedown'
	| 'insert'
	| 'delete'
	| 'backspace'
	| 'enter'
	| 'tab'
	| 'escape'
	| 'space'
	| `f${number}`;

export const noModifiers: Modifiers = {ctrl: false, alt: false, shift: false};

export function namedKey(name: NamedKey, modifiers: Modifiers = noModifiers): KeyEvent {
	const isTyped = name === 'space' && !modifiers.ctrl && !modifiers.alt;
	return {type: 'key', name, text: isTyped ? ' ' : '', ...modifiers};
}

/** The key that types `character`, a letter, digit or sign. */
export function characterKey(character: string, {ctrl, alt}: Modifiers = noModifiers): KeyEvent {
	if (character === ' ') return namedKey('space', {ctrl, alt, shift: false});
	return {type: 'key', name: character, text: ctrl || alt ? '' : character, ctrl, alt, shift: false};
}

/** A key and its modifiers as keymaps write them: `j`, `G`, `ctrl-d`, `alt-enter`, `shift-tab`. */
export function chordOf({name, ctrl, alt, shift}: Pick<KeyEvent, 'name' | keyof Modifiers>): string {
	return `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shift ? 'shift-' : ''}${name}`;
}

/** The key that was pressed with Alt, alone. */
export function withoutAlt(key: KeyEvent): KeyEvent {
	const isCharacter = [...key.name].length === 1;
	if (isCharacter) return characterKey(key.name, {...key, alt: false});
	return {...key, alt: false, text: key.name === 'space' && !key.ctrl ? ' ' : ''};
}
