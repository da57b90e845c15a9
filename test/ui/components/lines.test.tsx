import {Box} from 'ink';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {describe, expect, it} from 'vitest';
import {type StyledText, toSafeText, withStyle} from '../../../source/text/safe-text.ts';
import {Lines} from '../../../source/ui/components/Lines.tsx';

/** Rows in the upper left corner of a screen of that size. */
function screen(width: number, height: number, lines: readonly StyledText[]): ReactElement {
	return (
		<Box width={width} height={height}>
			<Lines rect={{x: 0, y: 0, width, height}} lines={lines} />
		</Box>
	);
}

const texts = (...lines: string[]) => lines.map(toSafeText);

describe('finished rows', () => {
	it('stand one below the other, no more of them than there is room for', () => {
		expect(render(screen(20, 2, texts('one', 'two', 'three'))).lastFrame()).toBe('one\ntwo');
	});

	it('are cut where their place ends', () => {
		expect(render(screen(6, 1, texts('a long name'))).lastFrame()).toBe('a lon…');
	});

	it('take new text in their places', () => {
		const {lastFrame, rerender} = render(screen(10, 2, texts('one', 'two')));
		rerender(screen(10, 2, texts('two', 'three')));
		expect(lastFrame()).toBe('two\nthree');
	});

	it('end a colour with the text that it belongs to', () => {
		const row = `${withStyle('31', toSafeText('red'))} plain` as StyledText;
		expect(render(screen(12, 1, [row])).lastFrame()).toBe('\u001b[31mred\u001b[39m plain');
	});
});
