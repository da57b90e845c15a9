import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';
import {actionNames} from '../../../source/cluster/actions/registry.ts';

const source = path.resolve(import.meta.dirname, '../../../source');
const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter((file) => /\.tsx?$/.test(file));

/** `service.scale` lives in `service-scale.ts`. */
const homeOf = (name: string): string => `cluster/actions/${name.replace('.', '-')}.ts`;

it('every action has a file of its own, named as it is', () => {
	expect(actionNames.filter((name) => !files.includes(homeOf(name)))).toEqual([]);
});

it('nothing but the file of an action asks whether an intent is that action', () => {
	const names = actionNames.map((name) => name.replace('.', '\\.')).join('|');
	// Keys have IDs of the same form, which are nobody's action.
	const asks = new RegExp(
		`(?:case|action\\s*[=!]==)\\s*'(${names})'|'(${names})'\\s*(?:[=!]==\\s*\\S*action\\b|\\]?:\\s)`,
		'g',
	);
	const found = files.flatMap((file) => {
		const text = readFileSync(path.join(source, file), 'utf8');
		// To others `node.role` is a word of placement constraints.
		if (!/\/(intent|action)\.ts'|(actions|'\.)\/registry\.ts'/.test(text)) return [];
		return [...text.matchAll(asks)]
			.map(([, first, second]) => first ?? second ?? '')
			.filter((name) => file !== homeOf(name) && file !== 'cluster/actions/registry.ts')
			.map((name) => `${file}: ${name}`);
	});
	expect(found).toEqual([]);
});
