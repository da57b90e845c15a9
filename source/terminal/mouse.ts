/** Mouse reports: xterm's SGR encoding (mode 1006), which we ask for, and X10's, which some terminals send all the same. */
import type {MouseAction, MouseButton, MouseEvent} from './input-events.ts';

const shiftBit = 4;
const altBit = 8;
const ctrlBit = 16;
const motionBit = 32;
const wheelBit = 64;
const buttons: readonly MouseButton[] = ['left', 'middle', 'right', 'none'];
const wheels: readonly MouseAction[] = ['wheel-up', 'wheel-down', 'wheel-left', 'wheel-right'];

/** `CSI < code ; column ; row M`, with `m` for a release. */
export function sgrMouse(parameters: string, final: string): MouseEvent | undefined {
	const match = /^<(\d{1,3});(\d{1,5});(\d{1,5})$/.exec(parameters);
	return match ? mouseEvent(Number(match[1]), Number(match[2]), Number(match[3]), final === 'm') : undefined;
}

/** `CSI M` and three characters, each 32 more than its number. */
export function x10Mouse(characters: string): MouseEvent | undefined {
	const [code = 0, column = 0, row = 0] = [...characters].map((character) => (character.codePointAt(0) ?? 0) - 32);
	return mouseEvent(code, column, row, (code & 3) === 3 && (code & (motionBit | wheelBit)) === 0);
}

function mouseEvent(code: number, column: number, row: number, isRelease: boolean): MouseEvent | undefined {
	if (code < 0 || code >= 128 || column < 1 || row < 1) return undefined;
	const button = buttons[code & 3] ?? 'none';
	const isWheel = (code & wheelBit) !== 0;
	return {
		type: 'mouse',
		action: isWheel ? (wheels[code & 3] ?? 'wheel-up') : plainAction(code, button, isRelease),
		button: isWheel ? 'none' : button,
		x: column - 1,
		y: row - 1,
		shift: (code & shiftBit) !== 0,
		alt: (code & altBit) !== 0,
		ctrl: (code & ctrlBit) !== 0,
	};
}

function plainAction(code: number, button: MouseButton, isRelease: boolean): MouseAction {
	if ((code & motionBit) !== 0) return button === 'none' ? 'move' : 'drag';
	return isRelease ? 'release' : 'press';
}
