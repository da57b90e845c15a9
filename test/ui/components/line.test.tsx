import {Box} from 'ink';
import {render} from 'ink-testing-library';
import {describe, expect, it} from 'vitest';
import {type StyledText, toSafeText, withStyle} from '../../../source/text/safe-text.ts';
import {cellWidth} from '../../../source/text/width.ts';
import {heightOf, Layer} from '../../../source/ui/components/Layer.tsx';
import {Line} from '../../../source/ui/components/Line.tsx';
import {renderScreen} from '../../screens/support/ink-screen.ts';

const red = withStyle('31', toSafeText('red'));

function lines(...texts: readonly string[]) {
	return (
		<Box flexDirection="column">
			{texts.map((text, y) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the place is what a line is
				<Line key={y} width={cellWidth(text)} text={text as StyledText} />
			))}
		</Box>
	);
}

describe('a line', () => {
	it('is drawn by Ink itself where no terminal of ours is below', () => {
		expect(render(lines('one', '漢字')).lastFrame()).toBe('one\n漢字');
	});

	it('comes out as it went in, wider than Ink would let it be, and is cut where the screen ends', async () => {
		await using screen = renderScreen(lines('a row of many words', 'b', 'c'), {columns: 6, rows: 2});
		await screen.waitFor('a row');
		expect(screen.text()).toBe('a row\nb');
	});

	it('is drawn in place, with its colours, and changes in place', async () => {
		await using screen = renderScreen(lines(`${red} plain`, 'two'), {columns: 12, rows: 3});
		await screen.waitFor('two');
		expect(screen.text()).toBe('red plain\ntwo\n');
		expect(screen.styles(0).map(({text, style}) => [text, style])).toEqual([
			['red', '31'],
			[' plain', ''],
		]);
		screen.rerender(lines('one', 'three', 'two'));
		await screen.waitFor('three');
		expect(screen.text()).toBe('one\nthree\ntwo');
	});

	it('of a layer covers what is below, which is there again once it has gone', async () => {
		const size = {columns: 12, rows: 2};
		const tree = (isCovered: boolean) => (
			<Box flexDirection="column" height={heightOf(isCovered ? 2 : 0, size)}>
				{lines('first line', 'second line')}
				{isCovered && (
					<Layer number={1} size={size}>
						<Box position="absolute" left={3} top={1}>
							<Line width={4} text={toSafeText('OVER')} />
						</Box>
						<Box position="absolute" left={0} top={0}>
							<Line width={5} text={toSafeText('UNDER')} />
						</Box>
					</Layer>
				)}
				{isCovered && (
					<Layer number={2} size={size}>
						<Line width={2} text={toSafeText('OV')} />
					</Layer>
				)}
			</Box>
		);
		await using screen = renderScreen(tree(true), size);
		await screen.waitFor('OVER');
		expect(screen.text()).toBe('OVDER line\nsecOVERline');
		screen.rerender(tree(false));
		await screen.waitFor('second line');
		expect(screen.text()).toBe('first line\nsecond line');
	});

	it('is forgotten with its component', async () => {
		await using screen = renderScreen(lines('one', 'two'), {columns: 12, rows: 3});
		await screen.waitFor('two');
		expect([...screen.root.lines()].map(({text}) => text)).toEqual(['one', 'two']);
		screen.rerender(lines('three'));
		await screen.waitFor('three');
		expect([...screen.root.lines()].map(({text}) => text)).toEqual(['three']);
	});
});
