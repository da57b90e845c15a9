import {describe, expect, it} from 'vitest';
import {parseLabelChange} from '../../../source/ui/kinds/label-change.ts';

const present = {zone: 'a', disk: 'ssd'};

describe('a change of labels', () => {
	it.each([
		['zone=b', {set: {zone: 'b'}, remove: []}],
		['rack=12 -disk', {set: {rack: '12'}, remove: ['disk']}],
		['  owner="the data team" ', {set: {owner: 'the data team'}, remove: []}],
		['empty= url=http://a/?b=c', {set: {empty: '', url: 'http://a/?b=c'}, remove: []}],
	])('%s', (text, value) => {
		expect(parseLabelChange(text, present)).toEqual({ok: true, value});
	});

	it.each([
		['', /sets a label/],
		['zone', /^zone: key=value/],
		['=b', /^=b: key=value/],
		['-', /^-: key=value/],
		['-rack', /no label rack/],
		['zone=b -zone', /zone is there twice/],
	])('%s is refused', (text, error) => {
		expect(parseLabelChange(text, present)).toMatchObject({ok: false, error: expect.stringMatching(error)});
	});
});
