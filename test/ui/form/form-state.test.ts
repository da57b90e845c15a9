import {describe, expect, it} from 'vitest';
import {listOf, rawTextOf} from '../../../source/text/entries.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {completionOf, offersOf} from '../../../source/ui/form/completion.ts';
import type {Field, FormSpec, FormValues} from '../../../source/ui/form/form-spec.ts';
import {
	type FormAction,
	type FormState,
	firstProblem,
	initialForm,
	isButton,
	isChanged,
	reduceForm,
} from '../../../source/ui/form/form-state.ts';

const words = toSafeText;
const fields: readonly Field[] = [
	{kind: 'text', id: 'name', label: words('Name'), required: words('A name is needed.')},
	{
		kind: 'choice',
		id: 'mode',
		label: words('Mode'),
		options: [
			{value: 'replicated', label: words('replicated')},
			{value: 'global', label: words('global')},
		],
	},
	{
		kind: 'text',
		id: 'replicas',
		label: words('Replicas'),
		initial: '1',
		isShown: ({mode}) => mode?.[0] === 'replicated',
		check: (text) => (/^\d+$/.test(text) ? undefined : words('Replicas are a whole number.')),
	},
	{
		kind: 'list',
		id: 'networks',
		label: words('Networks'),
		offers: () => ['front', 'frontend', 'back'],
		check: (text) => (text === 'gone' ? words('There is no network gone.') : undefined),
	},
	{kind: 'hidden', id: 'secret', label: words('Data')},
];
const spec: FormSpec = {title: words('New'), fields, button: words('Create'), onSubmit: () => undefined};

const insert = (text: string): FormAction => ({type: 'edit', action: {type: 'insert', text}});
const edit = (type: 'backspace' | 'deleteToStart'): FormAction => ({type: 'edit', action: {type}});
const down: FormAction = {type: 'step', by: 1};
const up: FormAction = {type: 'step', by: -1};
const next: FormAction = {type: 'field', by: 1};

function having(...actions: readonly FormAction[]): FormState {
	return actions.reduce((state, action) => reduceForm(spec, state, action), initialForm(spec));
}

describe('a form', () => {
	it('goes through its lines and stays at its ends', () => {
		expect(having(up).focus.field).toBe('name');
		expect(having(down, down).focus.field).toBe('replicas');
		expect(isButton(having(...Array.from({length: 9}, () => next)).focus)).toBe(true);
	});

	it('leaves out what means nothing beside the rest', () => {
		const global = having(down, {type: 'turn', by: 1}, down);
		expect(global.focus.field).toBe('networks');
		expect(having(down, {type: 'turn', by: -1}).values.mode).toEqual(['global']);
	});

	it('has a line more at the end of every list, and none for what was emptied', () => {
		const toNetworks = [next, next, next];
		const two = having(...toNetworks, insert('front'), down, insert('back'), down);
		expect(listOf(two.values, 'networks')).toEqual(['front', 'back']);
		expect(two.focus).toEqual({field: 'networks', item: 2});
		const one = [up, up, edit('deleteToStart'), down].reduce((state, action) => reduceForm(spec, state, action), two);
		expect(one.values.networks).toEqual(['back']);
		expect(one.focus).toEqual({field: 'networks', item: 0});
	});

	it('takes pasted lines as lines of a list, and as blanks elsewhere', () => {
		const pasted = having(next, next, next, insert('a\r\nb\nc\n'));
		expect(pasted.values.networks).toEqual(['a', 'b', 'c']);
		expect(pasted.focus.item).toBe(2);
		expect(having(insert('a\nb')).values.name).toEqual(['a b']);
	});

	it('keeps the line breaks of what is hidden, but none behind its only line', () => {
		const toSecret = [next, next, next, next];
		expect(rawTextOf(having(...toSecret, insert('a\rb\r')).values, 'secret')).toBe('a\nb\n');
		expect(rawTextOf(having(...toSecret, insert(' pass \r')).values, 'secret')).toBe(' pass ');
		expect(rawTextOf(having(...toSecret, insert('pass'), edit('backspace')).values, 'secret')).toBe('pas');
		expect(rawTextOf(having(...toSecret, insert('pass'), edit('deleteToStart')).values, 'secret')).toBe('');
	});

	it('goes to the first line that is wrong when it is to be sent', () => {
		expect(having(next, next, {type: 'try'}).focus.field).toBe('name');
		const named = having(insert('web'), next, next, next, insert('front'), down, insert('gone'), {type: 'try'});
		expect(named.focus).toEqual({field: 'networks', item: 1});
		expect(firstProblem(spec, named.values)?.text).toBe('There is no network gone.');
	});

	it('knows whether anything would be lost', () => {
		expect(isChanged(spec, having(next, next))).toBe(false);
		expect(isChanged(spec, having(next, next, insert('0')))).toBe(true);
		expect(isChanged(spec, having(insert('a'), edit('backspace')))).toBe(false);
	});

	it('takes what the editor gives it', () => {
		const values: FormValues = {name: ['web'], networks: ['x', 'y']};
		expect(having({type: 'take', values}).values).toMatchObject({name: ['web'], networks: ['x', 'y'], replicas: ['1']});
	});

	it('completes names as far as they are decided, and not what is a name already', () => {
		const toNetworks = [next, next, next];
		expect(completionOf(spec, having(...toNetworks, insert('b')))?.text).toBe('back');
		expect(completionOf(spec, having(...toNetworks, insert('f')))?.text).toBe('front');
		expect(completionOf(spec, having(...toNetworks, insert('front')))).toBeUndefined();
		expect(completionOf(spec, having(...toNetworks))).toBeUndefined();
		expect(offersOf(spec, having(...toNetworks, insert('fr')))).toBe('front  frontend');
	});
});
