import {isYamlList, isYamlMap, printed, type YamlMap, type YamlValue} from '../../documents/stack-yaml/values.ts';
import type {Texts} from '../model.ts';
import {Refusal, type StackPath} from '../refusal.ts';
import {parseBytes, parseDuration} from '../units.ts';

/** Single values of a checked stack file. What is not there, or is empty, gives undefined. */

/** A mapping with its place, from which its values are taken by key. */
export class Section {
	readonly map: YamlMap;
	readonly path: StackPath;

	constructor(map: YamlMap, path: StackPath) {
		this.map = map;
		this.path = path;
	}

	/** The mapping at a key; undefined where there is none. */
	section(key: string): Section | undefined {
		const value = this.map.get(key);
		return isYamlMap(value) ? new Section(value, [...this.path, key]) : undefined;
	}

	has(key: string): boolean {
		return (this.map.get(key) ?? null) !== null;
	}

	text(key: string): string | undefined {
		const value = this.map.get(key) ?? null;
		if (value === null) return undefined;
		if (typeof value !== 'string') this.refuse(`must be a text, not ${printed(value)}`, key);
		return value;
	}

	bool(key: string): boolean | undefined {
		const value = this.map.get(key) ?? null;
		if (value === null) return undefined;
		if (typeof value !== 'boolean') this.refuse(`must be true or false, not ${printed(value)}`, key);
		return value;
	}

	/** A whole number; of a fraction the whole part, as Go makes one. */
	integer(key: string): number | undefined {
		const value = this.map.get(key) ?? null;
		return value === null ? undefined : wholeNumber(value, [...this.path, key]);
	}

	/** A whole number that may not be below zero. */
	count(key: string): number | undefined {
		const value = this.integer(key);
		if (value !== undefined && value < 0) this.refuse(`must not be below zero: ${value}`, key);
		return value;
	}

	/** A number of 32 bits: what is above begins at zero again, as in docker. */
	count32(key: string): number | undefined {
		const value = this.count(key);
		return value === undefined ? undefined : Number(BigInt.asUintN(32, BigInt(value)));
	}

	duration(key: string): number | undefined {
		const text = this.text(key);
		return text === undefined ? undefined : parseDuration(text);
	}

	bytes(key: string): number | undefined {
		const text = this.text(key);
		if (text === undefined) return undefined;
		const bytes = parseBytes(text);
		if (bytes === undefined) this.refuse(`"${text}" is no size: write 512M or 1.5G`, key);
		return bytes;
	}

	/** One text, or a list of them. */
	texts(key: string): readonly string[] | undefined {
		const value = this.map.get(key) ?? null;
		if (value === null) return undefined;
		if (typeof value === 'string') return [value];
		if (!isYamlList(value)) this.refuse('must be a list', key);
		return value.map((item, index) => {
			if (typeof item !== 'string')
				throw new Refusal([...this.path, key, index], `must be a text, not ${printed(item)}`);
			return item;
		});
	}

	/** `[a=b]` or `{a: b}`; a name without a value has an empty one. */
	mapping(key: string, separator = '='): Texts | undefined {
		const pairs = this.pairs(key, separator);
		return pairs && Object.fromEntries(pairs.map(([name, value]) => [name, value ?? '']));
	}

	/** The same, in order; a name without a value has null. */
	pairs(key: string, separator = '='): (readonly [string, string | null])[] | undefined {
		const value = this.map.get(key) ?? null;
		if (value === null) return undefined;
		if (isYamlMap(value)) {
			return [...value].map(([name, each]) => [name, each === null ? null : printed(each)] as const);
		}
		return (this.texts(key) ?? []).map((item) => {
			const at = item.indexOf(separator);
			return at === -1 ? ([item, null] as const) : ([item.slice(0, at), item.slice(at + separator.length)] as const);
		});
	}

	refuse(message: string, ...keys: (string | number)[]): never {
		throw new Refusal([...this.path, ...keys], message);
	}
}

/** A whole number, or the whole part of one. */
export function wholeNumber(value: YamlValue, path: StackPath): number {
	if (typeof value === 'bigint') {
		if (value >= 2n ** 63n) throw new Refusal(path, `${value} is too big`);
		return Number(value);
	}
	if (typeof value === 'number') return Math.trunc(value);
	throw new Refusal(path, `must be a number, not ${printed(value)}`);
}

/** `{[key]: value}`, or nothing for undefined: optional fields are left out, never undefined. */
export function present<Key extends string, Value>(key: Key, value: Value | undefined): {[K in Key]?: Value} {
	return (value === undefined ? {} : {[key]: value}) as {[K in Key]?: Value};
}
