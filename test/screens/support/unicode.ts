import type {IUnicodeVersionProvider} from '@xterm/headless';
import {cellWidth} from '../../../source/text/width.ts';

/** xterm packs what it must know of the character before: some state of ours, its cells, whether it joins. */
const packed = (state: number, width: number, isJoined: boolean): number =>
	(state << 3) | (width << 1) | Number(isJoined);
const widthIn = (properties: number): number => (properties >> 1) & 3;
const stateIn = (properties: number): number => properties >> 3;

const afterNothing = 0;
const afterJoiner = 1;
const afterRegionalIndicator = 2;

/** Variation selectors and the keycap are marks. */
const extending = /^(?:[\p{M}\p{Emoji_Modifier}]|\u200d)$/u;
const regionalIndicator = /^\p{Regional_Indicator}$/u;

/**
 * How a present-day terminal (kitty, WezTerm, Ghostty, foot) lays out text: emoji sequences, flags and marks stand
 * together in one or two cells. xterm's own default is Unicode 6, where they spread out; the tests draw on both.
 */
export const modernUnicode: IUnicodeVersionProvider = {
	version: 'modern',
	wcwidth: (codePoint) => cells(codePoint),
	charProperties(codePoint, preceding) {
		const character = String.fromCodePoint(codePoint);
		const state = stateIn(preceding);
		const isFlagEnd = state === afterRegionalIndicator && regionalIndicator.test(character);
		const isJoined = preceding !== 0 && (extending.test(character) || state === afterJoiner || isFlagEnd);
		const next = character === '\u200d' ? afterJoiner : nextState(character, isFlagEnd);
		if (!isJoined) return packed(next, cells(codePoint), false);
		const isWide = isFlagEnd || character === '\ufe0f' || character === '\u20e3';
		return packed(next, isWide ? 2 : Math.max(1, widthIn(preceding)), true);
	},
};

function nextState(character: string, isFlagEnd: boolean): number {
	return regionalIndicator.test(character) && !isFlagEnd ? afterRegionalIndicator : afterNothing;
}

function cells(codePoint: number): 0 | 1 | 2 {
	const width = cellWidth(String.fromCodePoint(codePoint));
	return width >= 2 ? 2 : width === 1 ? 1 : 0;
}
