/** Values as a stack file writes them: the other way round from compose/load. */

const units: readonly (readonly [string, number])[] = [
	['h', 3_600_000_000_000],
	['m', 60_000_000_000],
	['s', 1_000_000_000],
	['ms', 1_000_000],
	['us', 1000],
];

/** Nanoseconds in the largest unit that holds them whole: `90s`, `1500ms`. */
export function durationText(nanos: number): string {
	const [unit, size] = units.find(([, each]) => nanos % each === 0) ?? ['ns', 1];
	return nanos === 0 ? '0s' : `${nanos / size}${unit}`;
}

/** `64M`, `1536K`; plain bytes where nothing larger holds them whole. */
export function bytesText(count: number): string {
	const sizes: readonly (readonly [string, number])[] = [
		['G', 1024 ** 3],
		['M', 1024 ** 2],
		['K', 1024],
	];
	const [unit, size] = sizes.find(([, each]) => count % each === 0) ?? ['B', 1];
	return `${count / size}${unit}`;
}

/** Billionths of a CPU: `0.5`. */
export const cpusText = (nanos: number): string => (nanos / 1e9).toFixed(9).replace(/\.?0+$/, '');

/** What a file may hold; undefined is left out. */
export type Value = string | number | boolean | null | readonly Value[] | {readonly [key: string]: Value | undefined};

/** Without what is undefined or an empty list or mapping; undefined where nothing is left. */
export function filledOnly(value: {readonly [key: string]: Value | undefined}): Record<string, Value> | undefined {
	const left = Object.entries(value).flatMap(([key, each]): [string, Value][] =>
		each === undefined || isEmpty(each) ? [] : [[key, each]],
	);
	return left.length === 0 ? undefined : Object.fromEntries(left);
}

const isEmpty = (value: Value): boolean =>
	typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** A `$` would begin a variable. Keys are not looked into. */
export function withoutVariables(value: Value): Value {
	if (typeof value === 'string') return value.replaceAll('$', '$$$$');
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(withoutVariables);
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [key, each === undefined ? each : withoutVariables(each)]),
	);
}
