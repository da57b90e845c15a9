import {isYamlList, isYamlMap, Timestamp, type YamlValue} from '../../documents/stack-yaml/values.ts';
import type {StackPath} from '../refusal.ts';

/** What a value of a stack file may look like, as docker's JSON schemas say it. */
export type Shape =
	| {readonly is: 'anything'}
	| {
			readonly is: 'scalar';
			readonly types: readonly ScalarType[];
			readonly format?: {readonly test: (text: string) => boolean; readonly message: string};
			readonly oneOf?: readonly string[];
			readonly minimum?: number;
	  }
	| {readonly is: 'list'; readonly of: Shape; readonly isUnique: boolean}
	| {
			readonly is: 'map';
			readonly keys: Readonly<Record<string, Shape>>;
			/** For keys that are not named: by pattern. */
			readonly others: readonly (readonly [RegExp, Shape])[];
			/** Whether any other key is taken, too. */
			readonly isOpen: boolean;
			readonly required: readonly string[];
	  }
	/** Exactly one of them must fit. */
	| {readonly is: 'oneOf'; readonly shapes: readonly Shape[]};

type ScalarType = 'string' | 'number' | 'integer' | 'boolean' | 'null';

export type Misfit = {readonly path: StackPath; readonly message: string};

/** Every way in which a value does not fit its shape; none when it does. */
export function misfits(value: YamlValue, shape: Shape, path: StackPath): Misfit[] {
	switch (shape.is) {
		case 'anything':
			return [];
		case 'scalar':
			return scalarMisfits(value, shape, path);
		case 'list':
			if (!isYamlList(value)) return [{path, message: `must be a list, not ${typeName(value)}`}];
			return [
				...value.flatMap((item, index) => misfits(item, shape.of, [...path, index])),
				...(shape.isUnique ? doubles(value, path) : []),
			];
		case 'map':
			return mapMisfits(value, shape, path);
		case 'oneOf':
			return oneOfMisfits(value, shape.shapes, path);
	}
}

function scalarMisfits(value: YamlValue, shape: Extract<Shape, {is: 'scalar'}>, path: StackPath): Misfit[] {
	const {types, format, oneOf, minimum} = shape;
	if (!types.some((type) => hasType(value, type))) {
		const hint = types.includes('string') && isBare(value) ? ': put it in quotes' : '';
		return [{path, message: `must be ${wordsOf(types)}, not ${typeName(value)}${hint}`}];
	}
	const text = value instanceof Timestamp ? value.text : value;
	if (oneOf && typeof text === 'string' && !oneOf.includes(text)) {
		return [{path, message: `must be one of ${oneOf.join(', ')}`}];
	}
	if (format && (typeof text === 'string' || typeof text === 'bigint' || typeof text === 'number')) {
		if (!format.test(String(text))) return [{path, message: `"${String(text)}" ${format.message}`}];
	}
	if (minimum !== undefined && Number(value) < minimum) return [{path, message: `must be ${minimum} or more`}];
	return [];
}

const isBare = (value: YamlValue): boolean =>
	typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';

function mapMisfits(value: YamlValue, shape: Extract<Shape, {is: 'map'}>, path: StackPath): Misfit[] {
	if (!isYamlMap(value)) return [{path, message: `must be a mapping, not ${typeName(value)}`}];
	const missing = shape.required
		.filter((key) => !value.has(key))
		.map((key) => ({path: [...path, key], message: 'is missing'}));
	const wrong = [...value].flatMap(([key, each]) => {
		const named = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
		const matching = shape.others.filter(([pattern]) => pattern.test(key)).map(([, other]) => other);
		const fitting = named ? [named, ...matching] : matching;
		if (fitting.length === 0 && !shape.isOpen) return [{path: [...path, key], message: 'there is no such key'}];
		return fitting.flatMap((other) => misfits(each, other, [...path, key]));
	});
	return [...missing, ...wrong];
}

/** The misfits of the shape that comes nearest: the one that fails deepest inside. */
function oneOfMisfits(value: YamlValue, shapes: readonly Shape[], path: StackPath): Misfit[] {
	const found = shapes.map((shape) => misfits(value, shape, path));
	const fits = found.filter((each) => each.length === 0).length;
	if (fits === 1) return [];
	if (fits > 1) return [{path, message: 'can be read in more than one way'}];
	const depth = (each: readonly Misfit[]) => Math.max(0, ...each.map((misfit) => misfit.path.length));
	const nearest = found.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
	if (depth(nearest) > path.length) return nearest;
	const fitting = shapes.findIndex((shape) => isOfKind(value, shape));
	if (fitting !== -1) return found[fitting] ?? [];
	return [{path, message: `must be ${shapes.map(kindName).join(' or ')}, not ${typeName(value)}`}];
}

function isOfKind(value: YamlValue, shape: Shape): boolean {
	if (shape.is === 'list') return isYamlList(value);
	if (shape.is === 'map') return isYamlMap(value);
	return shape.is === 'scalar' && shape.types.some((type) => hasType(value, type));
}

const kindName = (shape: Shape): string =>
	shape.is === 'list'
		? 'a list'
		: shape.is === 'map'
			? 'a mapping'
			: shape.is === 'scalar'
				? wordsOf(shape.types)
				: '…';

function doubles(list: readonly YamlValue[], path: StackPath): Misfit[] {
	const seen = new Map<string, number>();
	return list.flatMap((item, index) => {
		const key = fingerprint(item);
		const first = seen.get(key);
		if (first === undefined) seen.set(key, index);
		return first === undefined ? [] : [{path: [...path, index], message: 'stands in the list twice'}];
	});
}

/** Equal for what JSON writes alike. */
function fingerprint(value: YamlValue): string {
	if (typeof value === 'bigint') return String(value);
	if (value instanceof Timestamp) return JSON.stringify(value.text);
	if (isYamlList(value)) return `[${value.map(fingerprint).join(',')}]`;
	if (!isYamlMap(value)) return JSON.stringify(value);
	const entries = [...value].toSorted(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${fingerprint(each)}`).join(',')}}`;
}

function hasType(value: YamlValue, type: ScalarType): boolean {
	switch (type) {
		case 'string':
			return typeof value === 'string' || value instanceof Timestamp;
		case 'number':
			return typeof value === 'number' || typeof value === 'bigint';
		case 'integer':
			return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
		case 'boolean':
			return typeof value === 'boolean';
		case 'null':
			return value === null;
	}
}

function typeName(value: YamlValue): string {
	if (value === null) return 'empty';
	if (isYamlList(value)) return 'a list';
	if (isYamlMap(value)) return 'a mapping';
	if (value instanceof Timestamp) return 'a date';
	if (typeof value === 'string') return 'a text';
	return typeof value === 'boolean' ? `${value}` : `the number ${value}`;
}

const articles: Readonly<Record<ScalarType, string>> = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	null: 'empty',
};

const wordsOf = (types: readonly ScalarType[]): string => types.map((type) => articles[type]).join(' or ');
