import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {completePath, expandHome, filesIn} from '../../../source/ui/prompt/paths.ts';

let home: string;

beforeAll(() => {
	home = mkdtempSync(path.join(tmpdir(), 'paths-'));
	mkdirSync(path.join(home, 'stacks'));
	mkdirSync(path.join(home, 'with space'));
	for (const name of ['stack.yml', 'stack.prod.yml', 'stacks/shop.yml', 'with space/a b.yml', '.hidden'])
		writeFileSync(path.join(home, name), '');
});
afterAll(() => rmSync(home, {recursive: true, force: true}));

describe('paths in a prompt', () => {
	it('begin at home where they begin with ~', () => {
		expect(expandHome('~/stack.yml', '/home/me')).toBe('/home/me/stack.yml');
		expect(expandHome('~', '/home/me')).toBe('/home/me');
		expect(expandHome('~other/x', '/home/me')).toBe('~other/x');
	});

	it('are several words, as for -c; a file whose name has spaces is one', () => {
		expect(filesIn('~/stack.yml', home)).toEqual([path.join(home, 'stack.yml')]);
		expect(filesIn('-c a.yml -c ~/stack.yml', home)).toEqual(['a.yml', path.join(home, 'stack.yml')]);
		expect(filesIn('~/with space/a b.yml', home)).toEqual([path.join(home, 'with space/a b.yml')]);
		expect(filesIn(`'a b.yml' "c \\"d.yml" e\\ f.yml`, home)).toEqual(['a b.yml', 'c "d.yml', 'e f.yml']);
	});

	it('are typed on as far as is decided, and the rest is offered', () => {
		expect(completePath('~/st', home)).toEqual({text: '~/stack', offers: 'stack.prod.yml  stack.yml  stacks/'});
		expect(completePath('~/stacks', home)).toEqual({text: '~/stacks/', offers: ''});
		expect(completePath('~/stacks/', home)).toEqual({text: '~/stacks/shop.yml', offers: ''});
		expect(completePath('-c a.yml ~/stack.p', home)).toEqual({text: '-c a.yml ~/stack.prod.yml', offers: ''});
		expect(completePath('~/with', home)).toEqual({text: '~/with space/', offers: ''});
		expect(completePath('~/with space/', home)).toEqual({text: '~/with space/a b.yml', offers: ''});
		expect(completePath('~/.h', home)).toEqual({text: '~/.hidden', offers: ''});
		expect(completePath('~/none', home)).toMatchObject({text: '~/none', offers: 'there is no such file'});
		expect(completePath(`${home}/nowhere/x`, home)?.offers).toBe('there is no such file');
	});
});
