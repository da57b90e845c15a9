/** The page of words: a glossary of swarm mode to read and to search. */
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {TextDocument} from '../text-view/text-document.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, type Theme} from '../theme/theme.ts';
import {words} from './words.ts';

type Line = {readonly text: SafeText; readonly isWord: boolean};

export function wordsDocument(width: number): TextDocument {
	const lines = words.flatMap(({word, lines}): Line[] => [
		{text: toSafeText(word), isWord: true},
		...lines
			.flatMap((line) => wrapText(toSafeText(line), Math.max(20, width - 5)))
			.map((line) => ({text: safe`  ${line}`, isWord: false})),
		{text: toSafeText(''), isWord: false},
	]);
	return {
		title: toSafeText('words of swarm mode'),
		lines: lines.map(({text}) => text),
		paintLine: (index, theme) => painted(lines[index], theme),
	};
}

function painted(line: Line | undefined, theme: Theme): StyledText {
	if (!line) return toSafeText('');
	return line.isWord ? paint(theme, 'title', line.text) : styled`${line.text}`;
}

/** docs/words.md. */
export function wordsManual(): string {
	const parts = words.map(({word, lines}) => `## ${word}\n\n${lines.join('\n')}`);
	return `# The words of swarm mode

Generated from \`source/ui/words/words.ts\`; don't edit it by hand. F2 shows the same in the program, where \`/\` searches it.

${parts.join('\n\n')}
`;
}
