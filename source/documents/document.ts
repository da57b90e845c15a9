import {
	isMap,
	isPair,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	type ParsedNode,
	parseDocument,
	type ScalarTag,
} from 'yaml';
import type {z} from 'zod';
import {failed, ok, type Result} from '../runtime/result.ts';

/**
 * YAML files that people write: fixtures, stack files, the configuration. What is wrong with one is said in one sentence
 * per problem, with file, line and key.
 */

/** `demo.yaml:12: nodes.3.role: …` */
export type DocumentProblem = {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** Dotted, '' for the whole document. */
	readonly key: string;
	readonly message: string;
};

export const describeProblem = ({file, line, key, message}: DocumentProblem): string =>
	`${file}:${line}: ${key === '' ? '' : `${key}: `}${message}`;

export type Path = readonly (string | number)[];

/** A parsed YAML text that still knows where each value stands. */
export type Source = {
	readonly file: string;
	readonly value: unknown;
	/** The line of a value, or of the nearest thing around it that is there; from 1. */
	readonly lineOf: (path: Path) => number;
};

/** `0400` means 256, as everybody writes file modes and as YAML 1.1 and Go read them. */
const octal: ScalarTag = {
	identify: () => false,
	default: true,
	tag: 'tag:yaml.org,2002:int',
	test: /^0[0-7]+$/,
	resolve: (text) => Number.parseInt(text, 8),
};

/** Parses YAML; fails with its syntax errors. */
export function parseSource(text: string, file: string): Result<Source, DocumentProblem[]> {
	const lineCounter = new LineCounter();
	const document = parseDocument(text, {
		lineCounter,
		uniqueKeys: true,
		merge: true,
		customTags: (tags) => [octal, ...tags],
	});
	const lineAt = (offset: number) => lineCounter.linePos(offset).line;
	if (document.errors.length > 0) {
		return failed(
			document.errors.map((error) => ({
				file,
				line: lineAt(error.pos[0]),
				key: '',
				message: (error.message.split('\n')[0] ?? error.message).replace(/ at line \d+, column \d+:?$/, ''),
			})),
		);
	}
	return ok({
		file,
		value: document.toJS() as unknown,
		lineOf: (path) => lineAt(offsetOf(document.contents, path)),
	});
}

/** Checks parsed YAML against a schema; every problem names its place. */
export function checkSource<Schema extends z.ZodType>(
	source: Source,
	schema: Schema,
): Result<z.output<Schema>, DocumentProblem[]> {
	const checked = schema.safeParse(source.value ?? {});
	if (checked.success) return ok(checked.data);
	return failed(checked.error.issues.flatMap((issue) => problemsOf(issue, source)));
}

/** What one issue of a schema says, each with its place in the text. */
export function problemsOf(issue: z.core.$ZodIssue, source: Source): DocumentProblem[] {
	const path = issue.path.filter((part) => typeof part !== 'symbol');
	const at = (extra: Path, message: string): DocumentProblem => {
		const full = [...path, ...extra];
		return {file: source.file, line: source.lineOf(full), key: full.join('.'), message};
	};
	if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => at([key], 'there is no such key'));
	if (issue.code === 'invalid_union') {
		const closest = issue.errors.toSorted((a, b) => deepest(b) - deepest(a))[0]?.[0];
		if (closest && deepest([closest]) > 0) {
			return problemsOf({...closest, path: [...issue.path, ...closest.path]} as z.core.$ZodIssue, source);
		}
	}
	return [at([], isMissing(issue) ? 'is missing' : lowerFirst(issue.message))];
}

/** The input itself is not part of an issue, but zod's own words tell. */
const isMissing = (issue: z.core.$ZodIssue): boolean =>
	issue.code === 'invalid_type' && issue.message.endsWith('received undefined');

const deepest = (issues: readonly {path: PropertyKey[]}[]): number =>
	issues.reduce((depth, issue) => Math.max(depth, issue.path.length), 0);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Where the value at the path begins, or as much of the path as there is. */
function offsetOf(contents: ParsedNode | null, path: Path): number {
	let node: Node | null = contents;
	let offset = contents?.range?.[0] ?? 0;
	for (const part of path) {
		const found = childOf(node, part);
		if (!found) break;
		offset = found.offset;
		node = found.value;
	}
	return offset;
}

function childOf(node: Node | null, part: string | number): {offset: number; value: Node | null} | undefined {
	if (isMap(node)) {
		const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
		if (!pair || !isPair(pair) || !isScalar(pair.key)) return undefined;
		return {offset: pair.key.range?.[0] ?? 0, value: pair.value as Node | null};
	}
	if (isSeq(node)) {
		const item = node.items[Number(part)] as Node | undefined;
		return item ? {offset: item.range?.[0] ?? 0, value: item} : undefined;
	}
	return undefined;
}
