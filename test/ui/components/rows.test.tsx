import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {describe, expect, it} from 'vitest';
import {RowGlyphs, RowGlyphsContext} from '../../../source/terminal/row-glyphs.ts';
import {type StyledText, toSafeText, withStyle} from '../../../source/text/safe-text.ts';
import {Rows} from '../../../source/ui/components/Rows.tsx';
import {renderScreen} from '../../screens/support/ink-screen.ts';

const rows = (...texts: string[]): StyledText[] => texts.map(toSafeText);

describe('finished rows', () => {
	it('come out of Ink as they went in, wider than Ink would let them be', () => {
		const glyphs = new RowGlyphs();
		const tree = (texts: readonly StyledText[]): ReactElement => (
			<RowGlyphsContext value={glyphs}>
				<Rows rows={texts} />
			</RowGlyphsContext>
		);
		const wide = 'a row of many words, '.repeat(20);
		const {lastFrame, rerender} = render(tree(rows(wide, '', 'same', '漢字')));
		expect(glyphs.withTexts(lastFrame() ?? '')).toBe(`${wide}\n\nsame\n漢字`);
		rerender(tree(rows('same', '漢字', 'new', 'same')));
		expect(glyphs.withTexts(lastFrame() ?? '')).toBe('same\n漢字\nnew\nsame');
	});

	it('are drawn in place, with their colours, and change in place', async () => {
		const red = withStyle('31', toSafeText('red'));
		await using screen = renderScreen(<Rows rows={[`${red} plain` as StyledText, ...rows('two')]} />, {
			columns: 12,
			rows: 3,
		});
		await screen.waitFor('two');
		expect(screen.text()).toBe('red plain\ntwo\n');
		expect(screen.styles(0).map(({text, style}) => [text, style])).toEqual([
			['red', '31'],
			[' plain', ''],
		]);
		screen.rerender(<Rows rows={rows('one', 'three', 'two')} />);
		await screen.waitFor('three');
		expect(screen.text()).toBe('one\nthree\ntwo');
	});

	it('are cut where the screen ends', async () => {
		await using screen = renderScreen(<Rows rows={rows('a long name', 'b', 'c')} />, {columns: 6, rows: 2});
		await screen.waitFor('a long');
		expect(screen.text()).toBe('a long\nb');
	});
});
