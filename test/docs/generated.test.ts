import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {vocabulary} from '../../source/commands/vocabulary.ts';
import {parseConfig} from '../../source/config/parse.ts';
import {describeProblem} from '../../source/documents/document.ts';
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
