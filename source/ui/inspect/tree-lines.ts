/** A value as lines of YAML or JSON, parts of it folded; every line knows where in the value it stands. Pure. */
import {stringify} from 'yaml';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';

export type TreeFormat = 'yaml' | 'json';

export type TreeLine = {
	/** Indentation, and the dash of a list's item. */
	readonly lead: SafeText;
	/** With its colon; '' where there is none. */
	readonly key: SafeText;
	readonly rest: SafeText;
	/** What `rest` is. */
	readonly tone: 'text' | 'number' | 'mark';
	/** As jq has it: `.Spec.Labels["com.example.key"]`. */
	readonly path: string;
	readonly value: unknown;
	/** The path of what folds here. */
	readonly fold: string | undefined;
};

export const textOf = ({lead, key, rest}: TreeLine): SafeText => toSafeText(`${lead}${key}${rest}`.trimEnd());

/** @param folded paths whose content is hidden */
export function treeLines(value: unknown, format: TreeFormat, folded: ReadonlySet<string>): TreeLine[] {
	const root: Place = {value, path: '.', lead: '', indent: 0, key: '', comma: ''};
	return format === 'yaml' ? yamlLines(root, folded, true) : jsonLines(root, folded);
}

/** The paths of everything that can be folded but the root. */
export function foldablePaths(value: unknown, path = '.'): string[] {
	return childrenOf(value, path).flatMap((child) =>
		isFoldable(child.value) ? [child.path, ...foldablePaths(child.value, child.path)] : [],
	);
}

/** The path of what holds it. */
export function parentPath(path: string): string {
	const parent = path.replace(/(?:\.[A-Za-z_]\w*|\.?\[(?:\d+|"(?:[^"\\]|\\.)*")\])$/, '');
	return parent === '' ? '.' : parent;
}

type Place = {
	readonly value: unknown;
	readonly path: string;
	/** What stands before the key on its first line. */
	readonly lead: string;
	readonly indent: number;
	readonly key: string;
	/** JSON: what follows it. */
	readonly comma: string;
};

type Child = {readonly name: string | undefined; readonly value: unknown; readonly path: string};

function childrenOf(value: unknown, path: string): Child[] {
	if (Array.isArray(value))
		return value.map((item, index) => ({name: undefined, value: item, path: `${path}[${index}]`}));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.map(([name, item]) => ({name, value: item, path: `${path}${stepTo(name, path)}`}));
}

function stepTo(name: string, path: string): string {
	if (!/^[A-Za-z_]\w*$/.test(name)) return `[${JSON.stringify(name)}]`;
	return path === '.' ? name : `.${name}`;
}

const isFoldable = (value: unknown): boolean => childrenOf(value, '.').length > 0;

function yamlLines(place: Place, folded: ReadonlySet<string>, isInline: boolean): TreeLine[] {
	const {value, path, indent} = place;
	const children = childrenOf(value, path);
	if (children.length === 0) return [leaf(place, 'yaml')];
	if (folded.has(path)) return [foldedLine(place, children.length)];
	const lines: TreeLine[] = isInline ? [] : [{...headOf(place), rest: toSafeText(''), tone: 'mark', fold: path}];
	const inner = isInline ? indent : indent + 2;
	for (const [index, child] of children.entries()) {
		// An item of a list begins behind its dash: on the line of its own first child.
		const lead = isInline && index === 0 ? place.lead : ' '.repeat(inner);
		if (child.name === undefined) {
			const item: Place = {...child, lead: `${lead}- `, indent: inner + 2, key: '', comma: ''};
			const [first, ...rest] = yamlLines(item, folded, true);
			if (first) lines.push(isFoldable(child.value) ? {...first, fold: first.fold ?? child.path} : first, ...rest);
		} else {
			lines.push(
				...yamlLines({...child, lead, indent: inner, key: `${yamlKey(child.name)}: `, comma: ''}, folded, false),
			);
		}
	}
	return lines;
}

function jsonLines(place: Place, folded: ReadonlySet<string>): TreeLine[] {
	const {value, path, indent, comma} = place;
	const children = childrenOf(value, path);
	if (children.length === 0) return [leaf(place, 'json')];
	if (folded.has(path)) return [foldedLine(place, children.length)];
	const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
	const lead = ' '.repeat(indent + 2);
	const inner = children.flatMap((child, index) => {
		const key = child.name === undefined ? '' : `${JSON.stringify(child.name)}: `;
		return jsonLines({...child, lead, indent: indent + 2, key, comma: index < children.length - 1 ? ',' : ''}, folded);
	});
	const head = headOf(place);
	return [
		{...head, rest: toSafeText(open), tone: 'mark', fold: path},
		...inner,
		{
			...head,
			lead: toSafeText(' '.repeat(indent)),
			key: toSafeText(''),
			rest: toSafeText(close + comma),
			tone: 'mark',
			fold: path,
		},
	];
}

function headOf({lead, key, path, value}: Place): Pick<TreeLine, 'lead' | 'key' | 'path' | 'value'> {
	return {lead: toSafeText(lead), key: toSafeText(key), path, value};
}

function foldedLine(place: Place, count: number): TreeLine {
	const rest = Array.isArray(place.value) ? `[… ${count}]` : `{… ${count}}`;
	return {...headOf(place), rest: toSafeText(rest + place.comma), tone: 'mark', fold: place.path};
}

function leaf(place: Place, format: TreeFormat): TreeLine {
	const {value, comma} = place;
	const isText = typeof value === 'string';
	const isEmpty = typeof value === 'object' || value === undefined;
	const rest = isText && format === 'yaml' ? yamlText(value) : (JSON.stringify(value) ?? 'null');
	return {
		...headOf(place),
		rest: toSafeText(rest + comma),
		tone: isText ? 'text' : isEmpty ? 'mark' : 'number',
		fold: undefined,
	};
}

const plainKey = /^[A-Za-z_][\w./-]*$/;
const plainText = /^[A-Za-z_/][\w./@=+-]*(?::[\w./@=+-]+)*(?: [\w./@=+-]+)*$/;
const otherThanText = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const yamlKey = (name: string): string => (plainKey.test(name) ? name : JSON.stringify(name));

/** On one line, whatever it holds. */
function yamlText(text: string): string {
	if (plainText.test(text) && !otherThanText.test(text)) return text;
	return text.includes('\n') ? JSON.stringify(text) : stringify(text, {lineWidth: 0}).trimEnd();
}
