import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';

const ui = path.resolve(import.meta.dirname, '../../../source/ui');

/** A key as sentences would name it: `Enter shows`, `; S reads`, `press U`, `(u undoes it)`. */
const namedKey =
	/(?:^|[\s:;,(])(?:(?:Enter|Esc|Tab|Space|Ctrl-[A-Z]|Alt-[A-Z]|F\d{1,2}|Shift-Tab) (?!of )[a-z]+|(?:press|type|with|key) (?:[A-Za-z?:@/\\]|Ctrl-[A-Z]|Enter|Esc|Tab|Space)(?=[\s.,;)]|$)|(?<=[;:,(] ?|\. )(?!(?:[aAI] ))[A-Za-z?@/\\] (?:goes|shows|reads|deploys|lists|scales|undoes|unmarks|marks|quits|reverses|turns|saves|follows|edits|opens|does|clears|picks|continues|waits|chooses))/;

/** Guides that walk through the keys as they are without a configuration, and legends of keys that are drawn beside them. */
const guides = ['tour/', 'words/', 'simulator/first-steps.ts', 'topology/legend.ts'];
/** Drawn where the keymap is not at hand yet: the keys of a prompt and of a line. */
const known = ['dialog/dialog-boxes.ts', 'logs/log-rows.ts'];

/** Texts in code: 'a', `a`; not imports, comments or regular expressions. */
function* textsIn(source: string): Generator<string> {
	const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
	for (const [, single, template] of code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)) {
		const text = single ?? template ?? '';
		if (text.includes(' ')) yield text;
	}
}

it('no sentence of the screen names a key: it asks the keymap', () => {
	const files = readdirSync(ui, {recursive: true, encoding: 'utf8'})
		.filter((file) => /\.tsx?$/.test(file))
		.filter((file) => ![...guides, ...known].some((each) => file.startsWith(each)));
	const found = files.flatMap((file) =>
		[...textsIn(readFileSync(path.join(ui, file), 'utf8'))]
			.filter((text) => namedKey.test(text))
			.map((text) => `${file}: ${text}`),
	);
	expect(found).toEqual([]);
});
