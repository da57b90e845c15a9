import type {ListOrMap} from './schema.ts';

/** Small conversions that the parts of a stack file share. */

/** `{[key]: value}`, or nothing for undefined: optional fields are left out, never undefined. */
export function present<Key extends string, Value>(key: Key, value: Value | undefined): {[K in Key]?: Value} {
	return (value === undefined ? {} : {[key]: value}) as {[K in Key]?: Value};
}

export const nonEmpty = <T>(list: readonly T[]): T[] | undefined => (list.length > 0 ? [...list] : undefined);

export const toList = (value: string | readonly string[] | undefined): readonly string[] =>
	value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** `[a=b]` or `{a: b}`, as a map; a name without a value has none. */
export function toMap(value: ListOrMap | undefined): Record<string, string> {
	if (value === undefined) return {};
	if (!Array.isArray(value)) {
		return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, each === null ? '' : String(each)]));
	}
	return Object.fromEntries(
		value.map((item) => {
			const at = item.indexOf('=');
			return at === -1 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
		}),
	);
}
