/**
 * Which glyphs every terminal draws as wide as we count them. Terminals agree on plain letters, lines, blocks and CJK;
 * they disagree on emoji, on what combines, and on scripts that their tables are too old for.
 */

/** One UTF-16 code unit each, from blocks whose widths have not changed since Unicode 6. */
const predictable =
	/^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037b-\u037e\u0386-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e\u2190-\u2199\u2200-\u22ff\u2400-\u2426\u2500-\u25fc\u25ff\u2713\u2717\u2800-\u28ff\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]$/;

export function isPredictable(glyph: string): boolean {
	return predictable.test(glyph);
}
