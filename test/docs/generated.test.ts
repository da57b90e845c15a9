import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {vocabulary} from '../../source/commands/vocabulary.ts';
import {parseConfig} from '../../source/config/parse.ts';
import {describeProblem} from '../../source/documents/document.ts';
import {decisions} from './decisions.ts';
import {docsFile, generated} from './generated.ts';

describe('the generated documents', () => {
	it.each(Object.keys(generated))('docs/%s is up to date: npm run docs writes it', (name) => {
		expect(readFileSync(docsFile(name), 'utf8')).toBe(generated[name]?.());
	});

	it('show a configuration that holds', () => {
		const example = parseConfig(readFileSync(docsFile('config.example.yaml'), 'utf8'), 'example', vocabulary());
		expect(example.ok ? [] : example.error.map(describeProblem)).toEqual([]);
	});
});

describe('the decisions', () => {
	it.each(decisions().map((decision) => [decision.file, decision] as const))(
		'%s says what holds since when',
		(_, decision) => {
			expect(decision.status).toMatch(/^(Accepted|Replaced by \d+(?: and \d+)*), \d{4}-\d{2}-\d{2}\./);
		},
	);

	it('have a number each', () => {
		const numbers = decisions().map(({number}) => number);
		expect(new Set(numbers).size).toBe(numbers.length);
	});
});
