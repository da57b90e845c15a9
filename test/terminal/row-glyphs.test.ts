import fc from 'fast-check';
import {expect, it} from 'vitest';
import {RowGlyphs} from '../../source/terminal/row-glyphs.ts';

const text = fc.oneof(fc.constantFrom('', 'one', 'two', '\u{f0001} icon', '$&'), fc.string());
const frames = fc.array(fc.array(text, {maxLength: 12}), {maxLength: 30});

it('gives back the texts of any frames, also where they hold such glyphs themselves', () => {
	fc.assert(
		fc.property(frames, (all) => {
			const glyphs = new RowGlyphs();
			for (const texts of all) {
				const frame = texts.map((row) => glyphs.glyphOf(row));
				expect(frame.map((glyph) => [...glyph].length)).toEqual(texts.map(() => 1));
				expect(glyphs.withTexts(frame.join('\n'))).toBe(texts.join('\n'));
			}
		}),
	);
});

it('keeps the glyph of a text that stays, and takes another for a text that is new', () => {
	const glyphs = new RowGlyphs();
	const [stays, goes] = [glyphs.glyphOf('stays'), glyphs.glyphOf('goes')];
	glyphs.withTexts(stays + goes);
	expect(glyphs.glyphOf('stays')).toBe(stays);
	expect([stays, goes]).not.toContain(glyphs.glyphOf('new'));
});

it('draws the same frame again, as Ink does when the size changes', () => {
	const glyphs = new RowGlyphs();
	const frame = glyphs.glyphOf('row');
	expect([glyphs.withTexts(frame), glyphs.withTexts(frame)]).toEqual(['row', 'row']);
});

it('never runs out: glyphs come back, but not those that are in use', () => {
	const glyphs = new RowGlyphs();
	for (let frame = 0; frame < 70_000; frame++) {
		const shown = glyphs.glyphOf('header') + glyphs.glyphOf(`line ${frame}`);
		if (glyphs.withTexts(shown) !== `headerline ${frame}`) expect.fail(`frame ${frame}`);
	}
});
