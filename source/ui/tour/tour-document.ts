/** The tour as a text on the screen and as docs/tour.md. */
import {joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {TextDocument} from '../text-view/text-document.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, type Theme} from '../theme/theme.ts';
import {type TourStep, tour} from './tour.ts';

type Line = {readonly role: 'title' | 'text' | 'dim'; readonly text: SafeText};

/** Keys are read by their brackets, in a colour of their own. */
const keyPattern = /‹([^›]+)›/u;

export function tourDocument(width: number): TextDocument {
	const room = Math.max(20, width - 6);
	const intro = [
		'What swarm mode does when things break, grow, move and fail, on this simulated swarm: nothing here can do harm.',
		'Close this with q, do a step, come back with F1.',
	];
	const lines: Line[] = [
		...intro.flatMap((words) => wrapText(toSafeText(words), room)).map((text): Line => ({role: 'text', text})),
		{role: 'text', text: toSafeText('')},
		...tour.flatMap(({title, steps}, chapter) => [
			{role: 'title', text: safe`${chapter + 1}  ${toSafeText(title)}`} as const,
			...steps.flatMap((step) => stepLines(step, room)),
			{role: 'text', text: toSafeText('')} as const,
		]),
	];
	return {
		title: toSafeText('tour'),
		lines: lines.map(({text}) => text),
		paintLine: (index, theme) => painted(lines[index], theme),
	};
}

function stepLines({say, see}: TourStep, room: number): readonly Line[] {
	const words = toSafeText(say.replaceAll(/<kbd>(.+?)<\/kbd>/g, '‹$1›').replaceAll('`', '"'));
	const said = wrapText(words, room).map(
		(text, index): Line => ({
			role: 'text',
			text: safe`${toSafeText(index === 0 ? ' · ' : '   ')}${text}`,
		}),
	);
	if (see.length === 0) return said;
	const seen = wrapText(safe`then you see: ${toSafeText(see.join(', '))}`, room);
	return [...said, ...seen.map((text): Line => ({role: 'dim', text: safe`   ${text}`}))];
}

function painted(line: Line | undefined, theme: Theme): StyledText {
	if (!line) return toSafeText('');
	if (line.role !== 'text') return paint(theme, line.role, line.text);
	const parts: StyledText[] = [];
	let rest: string = line.text;
	for (let match = keyPattern.exec(rest); match; match = keyPattern.exec(rest)) {
		parts.push(toSafeText(rest.slice(0, match.index)), paint(theme, 'key', toSafeText(match[0])));
		rest = rest.slice(match.index + match[0].length);
	}
	return styled`${joinStyled([...parts, toSafeText(rest)])}`;
}

/** docs/tour.md. */
export function tourManual(): string {
	const chapters = tour.map(
		({title, steps}) => `## ${title}\n\n${steps.map(({say, see}) => item(say, see)).join('\n')}`,
	);
	return `# Five minutes on the demo swarm

Generated from \`source/ui/tour/tour.ts\`; don't edit it by hand. F1 shows the same in the program.

No Docker and no cluster needed: \`npm ci && npm start\` runs a simulated shop on three managers and four workers. It lives: an
update rolls through its web tier every two minutes, one service crashes again and again, another waits for a GPU that no node
has, and a node goes down now and then. Break what you like; Ctrl-C throws it all away.

Every step below is played by a test on every change of the program, at 200x50 and at 80x24: the keys as they stand here, and what
follows the arrow must come on the screen.

${chapters.join('\n\n')}
`;
}

function item(say: string, see: readonly string[]): string {
	return see.length === 0 ? `- ${say}` : `- ${say} → ${see.map((each) => `\`${each}\``).join(' ')}`;
}
