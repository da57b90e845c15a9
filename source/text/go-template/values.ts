import {jsonText} from '../json-text.ts';

/** Values of a Go template, and how Go prints and weighs them. */

/** A method of a row: `.Label "x"`. */
export type Method = (...args: readonly unknown[]) => unknown;

type Fields = Readonly<Record<string, unknown>>;

/** What has fields: a row, or an object of the engine. */
export const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Go's `%v`. */
export function valueText(value: unknown): string {
	if (value === undefined || value === null) return '<nil>';
	if (Array.isArray(value)) return `[${value.map(valueText).join(' ')}]`;
	if (!isFields(value)) return String(value);
	const entries = Object.entries(value).filter(([, each]) => typeof each !== 'function');
	return `map[${entries
		.toSorted(byKey)
		.map(([key, each]) => `${key}:${valueText(each)}`)
		.join(' ')}]`;
}

/** What `if` and `and` ask: anything but zero and what is empty. */
export function isTrue(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	if (isFields(value)) return Object.keys(value).length > 0;
	return Boolean(value);
}

/** As Go's encoding/json has it: keys in their order. */
export function goJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
	if (!isFields(value)) return jsonText(value ?? null);
	const entries = Object.entries(value).filter(([, each]) => each !== undefined && typeof each !== 'function');
	return `{${entries
		.toSorted(byKey)
		.map(([key, each]) => `${jsonText(key)}:${goJson(each)}`)
		.join(',')}}`;
}

/** As Go prints it unless it is told otherwise: safe inside HTML. */
export const withoutMarkup = (json: string): string =>
	json.replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
	a < b ? -1 : a > b ? 1 : 0;
