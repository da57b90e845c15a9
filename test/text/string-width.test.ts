import stringWidth from 'string-width';
import {expect, it} from 'vitest';
import {stringWidthForPackages} from '../../source/text/string-width.ts';

const texts = [
	'',
	'shop_api',
	'│ ★ m1 ● 3/3 …',
	'\u001b[32m● shop\u001b[39m',
	'\u001b]8;;https://example.com\u0007web\u001b]8;;\u0007',
	'\u{f0000}',
	'\u{ffffd}',
	'\u{f0000}\u{f0001}',
	'a\u{f0000}',
	'日本語',
	'👨‍👩‍👧',
	'e\u0301',
	'\t',
];

it.each(texts)('measures %j as string-width does', (text) => {
	expect(stringWidthForPackages(text)).toBe(stringWidth(text));
	expect(stringWidthForPackages(text, {countAnsiEscapeCodes: true})).toBe(
		stringWidth(text, {countAnsiEscapeCodes: true}),
	);
});
