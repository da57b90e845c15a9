import {mkdtempSync, readFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import type {Answer} from './ask-cli.ts';
import {listCases} from './cases.ts';
import {exceptions} from './exceptions.ts';
import {readOurs} from './ours.ts';

const recorded = JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded.json'), 'utf8')) as Record<
	string,
	Answer
>;
const cases = listCases(mkdtempSync(path.join(os.tmpdir(), 'stack-cases-')));

describe('a stack file, as the docker CLI takes it', () => {
	it('every case has an answer of the CLI: node test/cases/record.ts asks it', () => {
		expect(Object.keys(recorded).toSorted()).toEqual(cases.map(({name}) => name).toSorted());
		expect(cases.map(({name}) => name)).toEqual(expect.arrayContaining(Object.keys(exceptions)));
	});

	it.each(cases.map((each) => [each.name, each] as const))('%s', (name, each) => {
		const theirs = recorded[name];
		const ours = readOurs(each);
		if (Object.hasOwn(exceptions, name)) expect(ours).not.toEqual(theirs);
		else if (theirs === undefined || 'refused' in theirs) {
			expect(ours, `the CLI refuses: ${theirs?.refused}`).toHaveProperty('refused');
		} else expect(ours).toEqual(theirs);
	});
});
