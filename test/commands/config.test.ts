import {describe, expect, it} from 'vitest';
import {parseConfigOptions} from '../../source/commands/config-options.ts';

const parse = (line: string) => parseConfigOptions(line.split(' ').filter(Boolean));

describe('the command line of swarmtop config', () => {
	it('takes a topic, and a file where there is one to take', () => {
		expect(parse('check')).toEqual({ok: true, value: {topic: 'check', file: undefined}});
		expect(parse('show x.yaml')).toEqual({ok: true, value: {topic: 'show', file: 'x.yaml'}});
		expect(parse('--help')).toEqual({ok: true, value: 'help'});
	});

	it.each([
		['', 'What should it do? path, check, show or schema.'],
		['edit', 'There is no "config edit".'],
		['path x', '"x" is too much.'],
		['check a b', '"a b" is too much.'],
		['check --fix', 'There is no flag --fix.'],
	])('%j is refused in one sentence', (line, error) => {
		expect(parse(line)).toEqual({ok: false, error});
	});
});
