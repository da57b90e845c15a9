/** The modes of a terminal that a full-screen program changes, and how each is left again. */

/** Enters the alternate screen: cursor hidden, no wrapping at the right edge, pastes marked. */
export const enterScreen = sequences('[?1049h', '[?25l', '[?7l', '[?2004h');

/**
 * Leaves it. Each mode by name instead of a full reset (ESC c), which would wipe the user's scrollback: synchronized
 * output, mouse, focus reports, pastes, scroll region, attributes, wrapping, then the user's own screen and cursor.
 */
export const leaveScreen = sequences(
	'[?2026l',
	'[?1006l',
	'[?1002l',
	'[?1004l',
	'[?2004l',
	'[r',
	'[m',
	'[?7h',
	'[?1049l',
	'[?25h',
);

/** Clicks, drags and the wheel (1002) in the encoding that has no upper limit (1006). */
export const mouseOn = sequences('[?1002h', '[?1006h');
export const mouseOff = sequences('[?1006l', '[?1002l');

/** Whether the terminal is looked at comes as an event; left with the rest of the modes. */
export const focusReportsOn = sequences('[?1004h');

function sequences(...bodies: readonly string[]): string {
	return bodies.map((body) => `\u001b${body}`).join('');
}
