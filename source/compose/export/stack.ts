import {Document, isScalar, visit} from 'yaml';
import {describeProblem} from '../../documents/document.ts';
import type {Network} from '../../wire/network.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {readStack, type Stack} from '../stack.ts';
import {Names} from './names.ts';
import {exportService, keyOf} from './service.ts';
import {filledOnly, type Value, withoutVariables} from './values.ts';

/** A stack file from what runs, which deploys back without a change. */

export type RunningStack = {
	readonly name: string;
	/** Those that carry the stack's label. */
	readonly services: readonly ServiceSpec[];
	/** All that services may be on. */
	readonly networks: readonly Network[];
};

export type ExportedStack = {
	readonly text: string;
	/** What docker makes of the text; where it would not take it, the sentence that says why. */
	readonly read: Stack | string;
	/** Services that docker would not find by this stack's name: a file can't hold them. */
	readonly left: readonly string[];
};

/** Docker's command line of 20.10 reads files up to 3.9, and none without a version; some words came later. */
const versions = ['3.9', '3.13'] as const;

export function exportStack({name, services, networks}: RunningStack): ExportedStack {
	const names = new Names(name, networks);
	const isOwn = ({Name}: ServiceSpec): boolean => Name.startsWith(`${name}_`);
	const written = services
		.filter(isOwn)
		.toSorted((a, b) => (a.Name < b.Name ? -1 : 1))
		.map((spec): [string, Value] => [keyOf(spec, name), exportService(spec, name, names)]);
	const content = {services: Object.fromEntries(written), ...filledOnly(names.sections())};
	const left = services.filter((spec) => !isOwn(spec)).map(({Name}) => Name);
	let exported: ExportedStack = {text: '', read: '', left};
	for (const version of versions) {
		const text = `# Stack ${name}, as it ran when this was written.\n${yamlOf({version, ...(withoutVariables(content) as object)})}`;
		const read = readStack([{name: `${name}.yaml`, text}], {name, directory: '/', variables: {}});
		if (read.ok) return {text, read: read.value, left};
		exported = {text, read: read.error.map(describeProblem)[0] ?? '', left};
	}
	return exported;
}

/** What YAML takes for the end of a line has to be written by its name. */
const lineEnds: Readonly<Record<string, string>> = {
	'\u0085': '\\N',
	'\u2028': '\\L',
	'\u2029': '\\P',
	'\ufeff': '\\uFEFF',
};
const anyLineEnd = /[\u0085\u2028\u2029\ufeff]/g;

function yamlOf(content: unknown): string {
	const document = new Document(content, {aliasDuplicateObjects: false, version: '1.1'});
	visit(document, (_, node) => {
		if (isScalar(node) && typeof node.value === 'string' && node.value.search(anyLineEnd) !== -1)
			node.type = 'QUOTE_DOUBLE';
	});
	return document.toString({lineWidth: 0}).replaceAll(anyLineEnd, (sign) => lineEnds[sign] ?? sign);
}
