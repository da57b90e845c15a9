/** Finished lines on their way through Ink, each as a single glyph. */
import {createContext} from 'react';

/** A line as it is to be seen from its glyph's place on to the right. */
export type GlyphLine = {
	/** Styled text, as wide as `width` says. */
	readonly text: string;
	/** In cells. */
	readonly width: number;
};

/** A plane of Unicode for private use, the noncharacters at its end left out: each of these is one cell to Ink. */
const firstCodePoint = 0xf0000;
const glyphCount = 0xfffe;

/**
 * Ink reads every cell of every frame twice, also of lines that stay as they are: 25 ms for a screen of 200x50. So a line
 * that is finished goes through Ink as one glyph that stands for it, and the compositor puts its text back where the
 * frame comes out. A line that changes takes another glyph, so Ink sees that something has changed.
 */
export class LineGlyphs {
	readonly #lines = new Map<string, GlyphLine>();
	#count = 0;

	/** A glyph that stands for the line until it is released. */
	take(line: GlyphLine): string {
		const glyph = this.#unused();
		this.#lines.set(glyph, line);
		return glyph;
	}

	/** The line is not drawn any more. */
	release(glyph: string): void {
		this.#lines.delete(glyph);
	}

	lineOf(glyph: string): GlyphLine | undefined {
		return this.#lines.get(glyph);
	}

	/** Every line that is drawn now. */
	get lines(): Iterable<GlyphLine> {
		return this.#lines.values();
	}

	/** The next in turn: a glyph comes back long after its last frame. */
	#unused(): string {
		const glyph = String.fromCodePoint(firstCodePoint + (this.#count++ % glyphCount));
		return this.#lines.has(glyph) ? this.#unused() : glyph;
	}
}

/**
 * Begins a layer of the screen, in a row of its own: the rows below it lie in front of those above it, from the screen's
 * first row on. Within a layer Ink knows what covers what, but of a line it knows one cell alone: were that covered, the
 * rest of the line would be gone as well. So what lies over something else is drawn below it, in a layer of its own.
 */
export const layerMark = String.fromCodePoint(0x100000);

/** Those of the root that the tree was mounted on, see ink-root.ts; elsewhere Ink draws lines by itself. */
export const LineGlyphsContext = createContext<LineGlyphs | undefined>(undefined);
