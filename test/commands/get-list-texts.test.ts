import {expect, it} from 'vitest';
import {listTexts, objectText} from '../../source/commands/get-objects.ts';

const objects = [
	{Name: 'web', Labels: {}, Env: ['A=1', 'two\nlines\n', 'cursor\u001b[2J'], Ports: []},
	{Name: 'tail ', Text: 'kept\n\n', Nothing: null},
	'a word',
	[],
	[1, [2]],
];

it.each(['json', 'yaml'] as const)('a list in %s reads piece by piece as it does whole', (format) => {
	for (let count = 0; count <= objects.length; count++) {
		const some = objects.slice(0, count);
		const pieces = listTexts(
			some.map((object) => () => object),
			format,
		);
		expect([...pieces].join('\n')).toBe(objectText(some, format));
	}
});
