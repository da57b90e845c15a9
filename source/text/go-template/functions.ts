import {print, printf, println} from './printf.ts';
import {TemplateError} from './syntax.ts';
import {goJson, isFields, isTrue, valueText} from './values.ts';

export type Functions = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** Those of Go's text/template and of docker's own. `and` and `or` are in evaluate.ts: they stop early. */
export const dockerFunctions: Functions = {
	json: (value) => goJson(value),
	split: (text, separator) => valueText(text).split(valueText(separator)),
	join: (list, separator) => listOf(list).map(valueText).join(valueText(separator)),
	title: (text) => valueText(text).replaceAll(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase()),
	lower: (text) => valueText(text).toLowerCase(),
	upper: (text) => valueText(text).toUpperCase(),
	pad: (text, before, behind) =>
		text === '' ? '' : `${' '.repeat(Number(before))}${valueText(text)}${' '.repeat(Number(behind))}`,
	truncate: (text, length) => [...valueText(text)].slice(0, Number(length)).join(''),
	not: (value) => !isTrue(value),
	len: (value) => lengthOf(value),
	index: (value, ...keys) => keys.reduce(elementOf, value),
	slice: (value, from = 0, to) => sliceOf(value, Number(from), to === undefined ? undefined : Number(to)),
	print: (...args) => print(args),
	println: (...args) => println(args),
	printf: (format, ...args) => printf(valueText(format), args),
	eq: (value, ...others) => others.some((other) => compare(value, other) === 0),
	ne: (a, b) => compare(a, b) !== 0,
	lt: (a, b) => compare(a, b) < 0,
	le: (a, b) => compare(a, b) <= 0,
	gt: (a, b) => compare(a, b) > 0,
	ge: (a, b) => compare(a, b) >= 0,
};

const asItIs = (value: unknown): unknown => value;

/** A heading stays as it is, whatever is done to the cells below it. */
export const headingFunctions: Functions = {
	...dockerFunctions,
	json: asItIs,
	title: asItIs,
	lower: asItIs,
	upper: asItIs,
	truncate: asItIs,
};

function listOf(value: unknown): readonly unknown[] {
	if (Array.isArray(value)) return value;
	throw new TemplateError(`join takes a list, not ${valueText(value)}`);
}

function lengthOf(value: unknown): number {
	if (typeof value === 'string') return Buffer.byteLength(value);
	if (Array.isArray(value)) return value.length;
	if (isFields(value)) return Object.keys(value).length;
	throw new TemplateError(`${valueText(value)} has no length`);
}

function elementOf(value: unknown, key: unknown): unknown {
	if (Array.isArray(value)) {
		if (typeof key === 'number' && key >= 0 && key < value.length) return value[key];
		throw new TemplateError(`index ${valueText(key)} is outside of a list of ${value.length}`);
	}
	// Go's maps of labels give the empty string for a key that is not there.
	if (isFields(value)) return Object.hasOwn(value, valueText(key)) ? (value[valueText(key)] ?? '') : '';
	throw new TemplateError(`index takes a list or a map, not ${valueText(value)}`);
}

function sliceOf(value: unknown, from: number, to: number | undefined): unknown {
	if (typeof value === 'string' || Array.isArray(value)) return value.slice(from, to);
	throw new TemplateError(`slice takes a text or a list, not ${valueText(value)}`);
}

function compare(a: unknown, b: unknown): number {
	if (typeof a !== typeof b) throw new TemplateError(`${valueText(a)} and ${valueText(b)} can't be compared`);
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const [first, second] = [valueText(a), valueText(b)];
	return first < second ? -1 : first > second ? 1 : 0;
}
