/**
 * What an edit changes, as data: values at paths of a spec, each with what it was. So an edit can be made again on a newer
 * version of the object, held against what somebody else wrote there, and taken back. Pure.
 */

/** `from` and `to` are JSON values; undefined is a key that is not there, and so is null. */
export type Change = {readonly path: readonly string[]; readonly from: unknown; readonly to: unknown};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fewest changes that make `after` of `before`. Lists are values: an edit of one entry changes the whole list. */
export function changesBetween(before: unknown, after: unknown, path: readonly string[] = []): Change[] {
	const [from, to] = [withoutNulls(before), withoutNulls(after)];
	if (!isFields(from) || !isFields(to)) return isSame(from, to) ? [] : [{path, from, to}];
	const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
	return [...keys].flatMap((key) => changesBetween(from[key], to[key], [...path, key]));
}

/** The object with the changes made; what they don't name is left as it is, nulls too. */
export function withChanges<T>(object: T, changes: readonly Change[]): T {
	// Every change keeps the shape: the paths are those of a spec that was checked.
	return changes.reduce<unknown>((value, {path, to}) => withValue(value, path, to), object) as T;
}

/** What stands at the path; undefined where nothing does. */
export function valueAt(object: unknown, path: readonly string[]): unknown {
	const value = path.reduce<unknown>((at, key) => (isFields(at) ? at[key] : undefined), object);
	return withoutNulls(value);
}

/** What takes the changes back. */
export const reversed = (changes: readonly Change[]): Change[] =>
	changes.map(({path, from, to}) => ({path, from: to, to: from}));

export const isSame = (a: unknown, b: unknown): boolean => keyOf(a) === keyOf(b);

/** The same text for the same JSON value, in whatever order its keys came. */
export const keyOf = (value: unknown): string => JSON.stringify(sorted(value)) ?? '';

function withValue(object: unknown, path: readonly string[], to: unknown): unknown {
	const [key, ...rest] = path;
	if (key === undefined) return to;
	const fields = isFields(object) ? object : {};
	const value = withValue(fields[key], rest, to);
	if (value !== undefined) return {...fields, [key]: value};
	const {[key]: _, ...others} = fields;
	return others;
}

/** The engine writes null for what is not there, and so does a person who empties a key. */
export function withoutNulls(value: unknown): unknown {
	if (value === null) return undefined;
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (!isFields(value)) return value;
	const entries = Object.entries(value).flatMap(([key, member]) => {
		const kept = withoutNulls(member);
		return kept === undefined ? [] : [[key, kept] as const];
	});
	return Object.fromEntries(entries);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isFields(value)) return value;
	const keys = Object.keys(value).sort();
	return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/** Where an edit names another image. */
export const imagePath: readonly string[] = ['TaskTemplate', 'ContainerSpec', 'Image'];

/** The image that an edit names anew; undefined where it leaves the image alone. */
export function editedImage(changes: readonly Change[]): string | undefined {
	const to = changes.find(({path}) => path.join('.') === imagePath.join('.'))?.to;
	return typeof to === 'string' ? to : undefined;
}
