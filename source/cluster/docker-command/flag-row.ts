/** What the rows of the flag table are made of: a part of a service's spec and the flags of docker's that set it. */
import {isSayable} from '../../text/shell-words.ts';

/** `docker service create` has one flag for what `docker service update` adds to and takes from. */
export type Form = 'create' | 'update';

export type FlagContext = {
	readonly form: Form;
	/** What docker finds that network by. */
	readonly networkWord: (target: string) => string;
};

/** Flags with their values, as words of a command line; and what the part of the spec is once docker has read them. */
export type Flags = {readonly words: readonly string[]; readonly becomes: unknown};

/** @returns undefined where docker has no flag for it; `becomes` need not be what was wanted, and the rest is told then */
export type FlagsOf<T> = (from: T | undefined, to: T | undefined, context: FlagContext) => Flags | undefined;

export type FlagRow = {readonly path: readonly string[]; readonly flagsOf: FlagsOf<unknown>};

/** @param path with dots, from the top of the spec */
export function row<T>(path: string, flagsOf: FlagsOf<T>): FlagRow {
	// The values at that path are what the Engine API says they are; a row that meets another shape is of no use anyway.
	return {path: path.split('.'), flagsOf: flagsOf as FlagsOf<unknown>};
}

/** `env` is `--env-add` in an update, and `--env` where the service is made. */
export const adding = (name: string, {form}: FlagContext): string =>
	form === 'create' ? `--${name}` : `--${name}-add`;
export const removing = (name: string): string => `--${name}-rm`;

const sayable = (words: readonly string[]): boolean => words.every(isSayable);

/** Nothing where one of the words can't be typed. */
export const flags = (words: readonly string[], becomes: unknown): Flags | undefined =>
	sayable(words) ? {words, becomes} : undefined;

/** A text that an empty one takes away. */
export const textFlag = (path: string, name: string): FlagRow =>
	row<string>(path, (_, to = '') => flags([`--${name}`, to], to));

/** A number that 0 takes away. */
export const numberFlag = (path: string, name: string, words: (value: number) => string = String): FlagRow =>
	row<number>(path, (_, to = 0) => flags([`--${name}`, words(to)], to));

export const switchFlag = (path: string, name: string): FlagRow =>
	row<boolean>(path, (_, to = false) => flags([to ? `--${name}` : `--${name}=false`], to));

/** What can be set but not be taken back: to docker, 0 and false are settings like others here. */
export const pointerFlag = <T>(path: string, words: (value: T) => readonly string[]): FlagRow =>
	row<T>(path, (_, to) => (to === undefined ? undefined : flags(words(to), to)));

/** As Go reads a duration, in the longest unit that divides it. */
export function durationWord(nanoseconds: number): string {
	for (const [unit, size] of units) if (nanoseconds % size === 0) return `${nanoseconds / size}${unit}`;
	return `${nanoseconds}ns`;
}

const units: readonly (readonly [string, number])[] = [
	['s', 1e9],
	['ms', 1e6],
	['us', 1e3],
];

/** One record of comma-separated values, as docker's long forms are read; undefined where a line break would be lost. */
export function recordWord(fields: readonly string[]): string | undefined {
	if (fields.some((field) => /[\r\n]/.test(field))) return undefined;
	return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

/** The value of every entry, or undefined where one has none. */
export function allOf<T, U>(entries: readonly T[], read: (entry: T) => U | undefined): U[] | undefined {
	const values = entries.map(read);
	return values.includes(undefined) ? undefined : (values as U[]);
}

/** The flag before each of the values. */
export const each = (flag: string, values: readonly string[]): string[] => values.flatMap((value) => [flag, value]);

export const keyOfEntry = (entry: string): string => entry.split('=', 1)[0] ?? '';
