import {mkdtempSync, readFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {describe, expect, it} from 'vitest';
import {isAsDescribed} from '../../../source/cluster/edit/described-spec.ts';
import {exportStack} from '../../../source/compose/export/stack.ts';
import {readStack, type Stack} from '../../../source/compose/stack.ts';
import type {Network} from '../../../source/wire/network.ts';
import {type Case, listCases, shell} from '../../cases/cases.ts';

/** What every stack file of the cases makes is written as a file again, and that file makes the same. */

const name = 'st';

function read({directory, files}: Case): Stack | undefined {
	const readFile = (file: string) => readFileSync(file.replace(/^\/stacks/, directory));
	const documents = files.map((file) => ({name: file, text: readFileSync(path.join(directory, file))}));
	const stack = readStack(documents, {name, directory: '/stacks', variables: shell, readFile});
	return stack.ok ? stack.value : undefined;
}

/** As the engine tells of them. */
const networksOf = ({networks}: Stack): Network[] =>
	networks.map(
		({name: Name, driver, options, isInternal, isAttachable, labels, isExternal}) =>
			({
				Id: Name,
				Name,
				Driver: driver,
				Options: options,
				Internal: isInternal,
				Attachable: isAttachable,
				Labels: isExternal ? {} : labels,
			}) as unknown as Network,
	);

const stacks = listCases(mkdtempSync(path.join(os.tmpdir(), 'export-cases-'))).flatMap((each) => {
	const stack = read(each);
	return stack ? [[each.name, stack] as const] : [];
});

/** What a file can say, but not what its parts come to be once they are merged: docker takes no such file back. */
const notSayable = [
	'own/deploy: generic empty entry',
	'own/merge: lists append',
	'own/networks: same name twice',
	'own/ports: same number and text',
	'own/service: ulimits big',
	'own/service: labels dots',
	'own/service: extra hosts both separators',
];

/** Where the file that was written makes something else of a service. */
function differences(stack: Stack) {
	const exported = exportStack({name, services: stack.services, networks: networksOf(stack)});
	const {text, read: again} = exported;
	if (typeof again === 'string') return {text, differs: [again]};
	const differs = stack.services.flatMap((spec, index) => {
		const next = again.services[index];
		return next && (isDeepStrictEqual(spec, next) || isAsDescribed(spec, next)) ? [] : [{spec, next}];
	});
	return {text, differs: [...differs, ...again.warnings]};
}

describe('a stack, exported and read again, is as it was', () => {
	it.each(stacks)('%s', (each, stack) => {
		const {text, differs} = differences(stack);
		if (notSayable.includes(each)) expect(differs, text).not.toEqual([]);
		else expect(differs, text).toEqual([]);
	});

	it('names the services that no file of this stack can hold', () => {
		const [[, stack] = ['', undefined]] = stacks;
		const services = (stack?.services ?? []).map((spec) => ({...spec, Name: 'elsewhere'}));
		expect(exportStack({name, services, networks: []}).left).toEqual(services.map(() => 'elsewhere'));
	});

	it('keeps dollar signs, and what YAML 1.1 would take for something else', () => {
		const text =
			'services: {web: {image: a, command: ["$$HOME", "on", "0777", "1:30", "~", "1e3"], environment: {A: "$$$$x", B: "yes"}}}';
		const stack = readStack([{name: 'a.yaml', text}], {name, directory: '/', variables: {}});
		expect(stack.ok && differences(stack.value).differs).toEqual([]);
	});
});
