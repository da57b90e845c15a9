/** Finished rows on their way through Ink, each as a single glyph. */
import {createContext} from 'react';

/** A plane of Unicode for private use, the noncharacters at its end left out: each of these is one cell to Ink. */
const firstCodePoint = 0xf0000;
const glyphCount = 0xfffe;
const anyGlyph = /[\u{f0000}-\u{ffffd}]/gu;

/**
 * Ink reads every cell of every frame twice, also of rows that stay as they are: 25 ms for a screen of 200x50, where
 * placing fifty rows takes two. So a row that is finished goes through Ink as one glyph that stands for its text, and
 * the text is put back where the frame comes out. A text keeps its glyph from frame to frame for as long as it is shown,
 * and another text gets another glyph, so Ink sees what has changed.
 */
export class RowGlyphs {
	#glyphs = new Map<string, string>();
	#texts = new Map<string, string>();
	#count = 0;

	/** For a row that is being drawn. It has to be asked for anew whenever the row is drawn again. */
	glyphOf(text: string): string {
		const known = this.#glyphs.get(text);
		if (known !== undefined) return known;
		const glyph = this.#unused();
		this.#remember(text, glyph);
		return glyph;
	}

	/** The frame with the texts in place of their glyphs. Texts that are not in it are forgotten. */
	withTexts(frame: string): string {
		const texts = this.#texts;
		this.#texts = new Map();
		this.#glyphs = new Map();
		return frame.replace(anyGlyph, (glyph) => {
			const text = texts.get(glyph);
			if (text === undefined) return glyph;
			this.#remember(text, glyph);
			return text;
		});
	}

	#remember(text: string, glyph: string): void {
		this.#glyphs.set(text, glyph);
		this.#texts.set(glyph, text);
	}

	/** The next in turn: a glyph comes back long after its last frame. */
	#unused(): string {
		const glyph = String.fromCodePoint(firstCodePoint + (this.#count++ % glyphCount));
		return this.#texts.has(glyph) ? this.#unused() : glyph;
	}
}

/** Those of the root that the tree was mounted on, see ink-root.ts. */
export const RowGlyphsContext = createContext<RowGlyphs | undefined>(undefined);
