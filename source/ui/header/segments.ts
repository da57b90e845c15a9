/** A line of parts that give way when it gets narrow: each has shorter ways to say the same. */
import {joinStyled, type StyledText, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';

/** A shorter form and how soon it is taken: those of the highest rank go first. '' is nothing at all. */
type ShorterForm = {readonly text: StyledText; readonly rank: number};

export type Segment = {
	readonly text: StyledText;
	/** Each shorter than the one before it, their ranks falling. */
	readonly shorter: readonly ShorterForm[];
};

/** The parts in order, shortened step by step until they fit into `width` cells together, or can't be shortened more. */
export function joinSegments(segments: readonly Segment[], separator: string, width: number): StyledText {
	const chosen = segments.map(({text}) => text);
	const steps = segments
		.flatMap(({shorter}, index) => shorter.map((form) => ({...form, index})))
		.sort((a, b) => b.rank - a.rank);
	const joined = (): StyledText =>
		joinStyled(
			chosen.filter((text) => text !== ''),
			separator,
		);
	let line = joined();
	for (const {text, index} of steps) {
		if (cellWidth(line) <= width) return line;
		chosen[index] = text;
		line = joined();
	}
	return line === '' ? toSafeText('') : line;
}
