import {type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node} from 'yaml';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {DocumentProblem} from '../document.ts';
import {Expansion, YamlRefusal} from './expansion.ts';
import {decodeYaml, parseLeniently} from './parse.ts';
import {resolveScalar} from './scalars.ts';
import {checkEscapes, checkKey, checkTokens} from './strictness.ts';
import type {YamlMap, YamlValue} from './values.ts';

/** YAML as go-yaml v3 reads it, since that is what the docker CLI reads stack files with. */

/** A text that was read, and where its keys stand. */
export type YamlSource = {
	readonly file: string;
	readonly value: YamlValue;
	/** The line of the value at a path, or of the nearest thing around it that is there; from 1. */
	readonly lineOf: (path: readonly (string | number)[]) => number;
	/** There was more after the first document; nobody reads that. */
	readonly hasMore: boolean;
};

/** Lines of the entries of a mapping or list, by key or index, and of the thing itself. */
type Places = WeakMap<object, {readonly line: number; readonly entries: Map<string | number, number>}>;

/** Reads the first document of a text or of a file's bytes; never throws, whatever they hold. */
export function readYaml(text: string | Uint8Array, file: string): Result<YamlSource, DocumentProblem[]> {
	const lines = new LineCounter();
	const refuse = (line: number, message: string) => failed([{file, line, key: '', message}]);
	const decoded = decodeYaml(text);
	if (!decoded.ok) return refuse(decoded.error.line, decoded.error.message);
	try {
		const {document, hasMore, text: parsed} = parseLeniently(decoded.value, lines);
		const error = document?.errors[0];
		if (error) {
			const message = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
			return refuse(lines.linePos(error.pos[0]).line, message);
		}
		checkTokens(parsed);
		const places: Places = new WeakMap();
		const value = document?.contents ? new Reading(document, parsed, lines, places).read(document.contents) : null;
		return ok({file, value, lineOf: (path) => lineAt(value, path, places), hasMore});
	} catch (error) {
		if (error instanceof YamlRefusal) return refuse(lines.linePos(error.offset).line, error.message);
		// The parser goes as deep as the text is nested.
		if (error instanceof RangeError) return refuse(1, 'it is nested too deeply');
		return refuse(1, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
	}
}

/** Turns the parser's nodes into values, with anchors put in where they are named. */
class Reading {
	readonly #document: Document.Parsed;
	readonly #text: string;
	readonly #lines: LineCounter;
	readonly #places: Places;
	readonly #expansion = new Expansion();

	constructor(document: Document.Parsed, text: string, lines: LineCounter, places: Places) {
		this.#document = document;
		this.#text = text;
		this.#lines = lines;
		this.#places = places;
	}

	read(node: Node | null): YamlValue {
		const offset = node?.range?.[0] ?? 0;
		this.#expansion.step(offset);
		if (isAlias(node)) {
			const target = node.resolve(this.#document);
			if (!target) throw new YamlRefusal(offset, `unknown anchor '${node.source}' referenced`);
			return this.#expansion.inside(node, target, offset, node.source, () => this.read(target));
		}
		if (isMap(node)) return this.#readMap(node, offset);
		if (isSeq(node)) {
			const items = node.items as (Node | null)[];
			const list = items.map((item) => this.read(item));
			const entries = new Map(items.map((item, index) => [index, this.#line(item?.range?.[0] ?? offset)] as const));
			this.#places.set(list, {line: this.#line(offset), entries});
			return list;
		}
		return this.#readScalar(node, offset);
	}

	#readScalar(node: Node | null, offset: number): YamlValue {
		if (!isScalar(node)) return null;
		const text = typeof node.value === 'string' ? node.value : '';
		if (node.type === 'QUOTE_DOUBLE') checkEscapes(this.#written(node), offset);
		const value = resolveScalar(text, {tag: node.tag, isPlain: node.type === 'PLAIN' || node.type === undefined});
		if (!value.ok) throw new YamlRefusal(offset, value.error);
		return value.value;
	}

	#readMap(node: Node, offset: number, isMerged = false): YamlMap {
		const map = new Map<string, YamlValue>();
		const entries = new Map<string, number>();
		const merged: (Node | null)[] = [];
		if (!isMap(node)) return map;
		this.#checkKeys(node.items as {key: Node | null}[]);
		for (const {key, value} of node.items as {key: Node | null; value: Node | null}[]) {
			if (isMergeKey(key)) {
				merged.push(value);
				continue;
			}
			const at = key?.range?.[0] ?? offset;
			checkKey(this.#text, key, at);
			const read = this.read(key);
			const name = isMerged && isScalar(key) ? String(key.value ?? '') : read;
			if (typeof name !== 'string') {
				throw new YamlRefusal(at, `the key ${key ? String(key).trim() : '(empty)'} is no text: put it in quotes`);
			}
			map.set(name, this.read(value));
			entries.set(name, this.#line(at));
		}
		this.#places.set(map, {line: this.#line(offset), entries});
		for (const each of merged) this.#merge(each, map, entries);
		return map;
	}

	/** Two keys that are written alike are one too many. */
	#checkKeys(items: readonly {readonly key: Node | null}[]): void {
		const seen = new Map<string, number>();
		for (const {key} of items) {
			if (!isScalar(key)) continue;
			const name = String(key.value ?? '');
			const at = key.range?.[0] ?? 0;
			const first = seen.get(name);
			if (first !== undefined) {
				throw new YamlRefusal(at, `"${name}" is there already, in line ${first}`);
			}
			seen.set(name, this.#line(at));
		}
	}

	/** `<<: *anchor`: what the mapping says itself wins, then what is merged first. */
	#merge(node: Node | null, into: Map<string, YamlValue>, entries: Map<string, number>): void {
		const offset = node?.range?.[0] ?? 0;
		const sources = isSeq(node) ? (node.items as Node[]) : [node];
		for (const source of sources) {
			const target = isAlias(source) ? source.resolve(this.#document) : source;
			if (!isMap(target)) throw new YamlRefusal(offset, '<<: takes a mapping, or a list of mappings');
			const from = this.#readMerged(source, target);
			const places = this.#places.get(from);
			for (const [key, value] of from) {
				if (into.has(key)) continue;
				into.set(key, value);
				entries.set(key, places?.entries.get(key) ?? this.#line(offset));
			}
		}
	}

	/** Keys that are numbers are texts here, since those that they join are. */
	#readMerged(source: Node | null, target: Node): YamlMap {
		const offset = source?.range?.[0] ?? 0;
		this.#expansion.step(offset);
		if (!isAlias(source)) return this.#readMap(target, offset, true);
		const read = () => this.#readMap(target, target.range?.[0] ?? offset, true);
		return this.#expansion.inside(source, target, offset, source.source, read);
	}

	#written(node: Node): string {
		return this.#text.slice(node.range?.[0] ?? 0, node.range?.[1] ?? 0);
	}

	#line(offset: number): number {
		return this.#lines.linePos(offset).line;
	}
}

function isMergeKey(key: Node | null): boolean {
	return isScalar(key) && key.value === '<<' && (key.type === 'PLAIN' || key.tag === 'tag:yaml.org,2002:merge');
}

function lineAt(value: YamlValue, path: readonly (string | number)[], places: Places): number {
	let at: YamlValue | undefined = value;
	let line = typeof value === 'object' && value !== null ? (places.get(value)?.line ?? 1) : 1;
	for (const part of path) {
		if (typeof at !== 'object' || at === null) break;
		const found = places.get(at)?.entries.get(part);
		if (found === undefined) break;
		line = found;
		at = at instanceof Map ? at.get(String(part)) : (at as readonly YamlValue[])[Number(part)];
	}
	return line;
}
