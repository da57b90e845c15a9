import {Box, Text} from 'ink';
import {type ReactElement, type ReactNode, useContext} from 'react';
import {LineGlyphsContext, layerMark} from '../../terminal/line-glyphs.ts';

export type Size = {readonly columns: number; readonly rows: number};

/** The rows that a tree with so many layers needs below each other. */
export function heightOf(layers: number, {rows}: Size): number {
	return rows + layers * (rows + 1);
}

export type LayerProps = {
	/** From 1 on: the higher it is, the further in front. */
	readonly number: number;
	/** Of the screen. */
	readonly size: Size;
	readonly children: ReactNode;
};

/**
 * What lies over the screen, with the screen's size and place. A child of the tree's outermost box, which is as high as
 * `heightOf` says: to Ink, layers lie below each other, see terminal/line-glyphs.ts.
 */
export function Layer({number, size: {columns, rows}, children}: LayerProps): ReactElement {
	const hasCompositor = useContext(LineGlyphsContext) !== undefined;
	const top = rows + (number - 1) * (rows + 1);
	return (
		<Box position="absolute" left={0} top={top} width={columns} height={rows + 1} flexDirection="column">
			<Text>{hasCompositor ? layerMark : ' '}</Text>
			<Box width={columns} height={rows}>
				{children}
			</Box>
		</Box>
	);
}
