import {useContext, useLayoutEffect, useMemo} from 'react';
import {LineGlyphsContext} from '../../terminal/line-glyphs.ts';
import type {StyledText} from '../../text/safe-text.ts';

/** What stands for a finished text in Ink's tree: a glyph; the text itself where nothing puts it back. */
export function useGlyph(text: StyledText, width: number): string {
	const glyphs = useContext(LineGlyphsContext);
	const glyph = useMemo(() => glyphs?.take({text, width}), [glyphs, text, width]);
	useLayoutEffect(() => {
		if (glyph === undefined) return undefined;
		return () => glyphs?.release(glyph);
	}, [glyphs, glyph]);
	return glyph ?? text;
}
