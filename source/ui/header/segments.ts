/** A line of parts that give way when it gets narrow: each has shorter ways to say the same. */
import {joinStyled, type StyledText, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';

export type Segment = {
	/** From the longest to the shortest; '' at the end when it may go altogether. */
	readonly forms: readonly StyledText[];
	/** The higher, the sooner it is shortened. */
	readonly priority: number;
};

/** The parts in order, as long as they fit into `width` cells together, the least important shortened first. */
export function joinSegments(segments: readonly Segment[], separator: string, width: number): StyledText {
	const chosen = segments.map(() => 0);
	const textOf = (): StyledText =>
		joinStyled(
			segments.map(({forms}, index) => forms[chosen[index] ?? 0] ?? toSafeText('')).filter((text) => text !== ''),
			separator,
		);
	const order = segments.map((_, index) => index).sort((a, b) => priorityOf(segments, b) - priorityOf(segments, a));
	let text = textOf();
	for (const index of order) {
		const forms = segments[index]?.forms.length ?? 0;
		while (cellWidth(text) > width && (chosen[index] ?? 0) < forms - 1) {
			chosen[index] = (chosen[index] ?? 0) + 1;
			text = textOf();
		}
	}
	return text;
}

function priorityOf(segments: readonly Segment[], index: number): number {
	return segments[index]?.priority ?? 0;
}
