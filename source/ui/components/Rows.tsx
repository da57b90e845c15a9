import {Text} from 'ink';
import {type ReactElement, useContext} from 'react';
import {RowGlyphsContext} from '../../terminal/row-glyphs.ts';
import type {StyledText} from '../../text/safe-text.ts';

/** The finished rows of the screen, one below the other. Throws outside of a tree that `mountInk` has mounted. */
export function Rows({rows}: {readonly rows: readonly StyledText[]}): ReactElement {
	const glyphs = useContext(RowGlyphsContext);
	if (!glyphs) throw new Error('rows are drawn in a tree of mountInk only');
	return <Text>{rows.map((row) => glyphs.glyphOf(row)).join('\n')}</Text>;
}
