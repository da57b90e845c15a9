import {failed, ok, type Result} from '../runtime/result.ts';
import {rowFields} from '../text/go-template/fields.ts';
import {parseTemplate} from '../text/go-template/parse.ts';
import type {TemplateNode} from '../text/go-template/syntax.ts';
import type {KindId} from '../ui/kinds/kind-id.ts';
import {closest} from './command-line/suggest.ts';
import {type DockerFormat, dockerFormats} from './docker-formats.ts';
import {brokenTemplate, noDockerFormat, noDockerTable, unknownTemplateField} from './get-messages.ts';

/** What `--format` asks for, read: docker's `table`, `table TEMPLATE`, `json`, or a template for each row. */
export type Template = {
	readonly nodes: readonly TemplateNode[];
	/** Headings, and columns where there are tabs. */
	readonly isTable: boolean;
	readonly headings: DockerFormat['headings'];
};

const tableWord = /^table(?=\s|\{|\\t|$)/;

export function readTemplate(kind: KindId, text: string): Result<Template, string> {
	const format = dockerFormats[kind];
	if (!format) return failed(noDockerFormat(kind));
	const {table, headings} = format;
	const isTable = tableWord.test(text);
	const own = text.replace(tableWord, '').replace(/^ +| +$/g, '');
	if (isTable && own === '' && table === undefined) return failed(noDockerTable(kind));
	const template = text === 'json' ? '{{json .}}' : isTable && own === '' ? (table ?? '') : own;
	// As typed between single quotes: a backslash and a letter.
	const nodes = parseTemplate(template.replaceAll('\\t', '\t').replaceAll('\\n', '\n'));
	if (!nodes.ok) return failed(brokenTemplate(nodes.error));
	const fields = Object.keys(headings);
	const unknown = rowFields(nodes.value).find((field) => !fields.includes(field));
	if (unknown !== undefined) return failed(unknownTemplateField(unknown, kind, fields, closest(unknown, fields)));
	return ok({nodes: nodes.value, isTable, headings});
}
