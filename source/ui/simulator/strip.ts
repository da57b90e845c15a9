/** What a simulated swarm has to offer besides a real one, on the message line while that has nothing to say. */
import {fitCells} from '../../text/fit.ts';
import {joinStyled, type StyledText, styled, toSafeText} from '../../text/safe-text.ts';
import type {KeyTable} from '../app/capabilities.ts';
import {paint, type Theme} from '../theme/theme.ts';

const offers = [
	['help.tour', 'tour'],
	['help.words', 'words'],
	['simulator.break', 'break something'],
	['program.docker', 'docker'],
	['simulator.hide', 'hides this'],
] as const;

export function stripLine(keymap: Pick<KeyTable, 'keyOf'>, theme: Theme, width: number): StyledText {
	const parts = offers
		.map(([id, words]) => ({key: keymap.keyOf(id), words: toSafeText(words)}))
		.filter(({key}) => key !== '')
		.map(({key, words}) => styled`${paint(theme, 'key', key)} ${paint(theme, 'dim', words)}`);
	return fitCells(styled` ${paint(theme, 'title', toSafeText('demo'))}  ${joinStyled(parts, '  ')}`, width);
}
