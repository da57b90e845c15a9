/** What a terminal sends for a key, by the name that keymaps give it (`j`, `Enter`, `ctrl-d`, `shift-tab`, `f5`). */

const named: Readonly<Record<string, string>> = {
	enter: '\r',
	escape: '\u001b',
	esc: '\u001b',
	// As the kitty protocol has it: on a busy machine a lone ESC and the key after it may arrive as one, Alt and that key.
	'sure-escape': '\u001b[27u',
	tab: '\t',
	'shift-tab': '\u001b[Z',
	space: ' ',
	'ctrl-space': '\u0000',
	backspace: '\u007f',
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	home: '\u001b[H',
	end: '\u001b[F',
	insert: '\u001b[2~',
	delete: '\u001b[3~',
	pageup: '\u001b[5~',
	pagedown: '\u001b[6~',
	f1: '\u001bOP',
	f2: '\u001bOQ',
	f3: '\u001bOR',
	f4: '\u001bOS',
	f5: '\u001b[15~',
	f6: '\u001b[17~',
	f7: '\u001b[18~',
	f8: '\u001b[19~',
	f9: '\u001b[20~',
	f10: '\u001b[21~',
	f11: '\u001b[23~',
	f12: '\u001b[24~',
};

export function keyBytes(chord: string): string {
	if ([...chord].length === 1) return chord;
	const bytes = named[chord.toLowerCase()];
	if (bytes !== undefined) return bytes;
	const control = /^ctrl-([a-z\\\]^_])$/i.exec(chord)?.[1];
	if (control) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
	const alt = /^alt-(.+)$/i.exec(chord)?.[1];
	if (alt) return `\u001b${keyBytes(alt)}`;
	throw new Error(`no key is called ${chord}`);
}

/** A program waits this long after ESC to see whether a sequence follows; a person's next key comes later. */
export const afterEscapeMs = 60;

/** A click, a release or the wheel at a cell, zero-based (SGR encoding). */
export function mouseBytes(action: 'press' | 'release' | 'wheel-up' | 'wheel-down', x: number, y: number): string {
	const code = {press: 0, release: 0, 'wheel-up': 64, 'wheel-down': 65}[action];
	return `\u001b[<${code};${x + 1};${y + 1}${action === 'release' ? 'm' : 'M'}`;
}
