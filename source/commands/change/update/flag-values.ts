import {keyOfEntry} from '../../../cluster/docker-command/flag-row.ts';
import {splitWords} from '../../../compose/load/words.ts';
import {parseBytes, parseCpus, parseDuration} from '../../../compose/units.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import type {ServiceSpec} from '../../../wire/service.ts';
import type {ContainerSpec, TaskSpec} from '../../../wire/task.ts';
import type {FlagDeclaration} from '../../command-line/declaration.ts';
import {badValue} from '../messages.ts';

/** What the flags of `update` are made of: how a value is read, and how it changes a spec. */

/** What a flag's values make of a spec; an error is one sentence. */
export type Apply = (spec: ServiceSpec, values: readonly string[], flag: string) => Result<ServiceSpec, string>;
export type Surroundings = {readonly environment: Readonly<Record<string, string | undefined>>};
type UpdateFlag = FlagDeclaration & {readonly apply: (surroundings: Surroundings) => Apply};

export type Flags = Readonly<Record<string, UpdateFlag>>;

export const container = (spec: ServiceSpec, change: Partial<ContainerSpec>): ServiceSpec =>
	template(spec, {ContainerSpec: {...spec.TaskTemplate.ContainerSpec, ...change}});
export const template = (spec: ServiceSpec, change: Partial<TaskSpec>): ServiceSpec => ({
	...spec,
	TaskTemplate: {...spec.TaskTemplate, ...change},
});

type Read<T> = {readonly read: (text: string) => T | undefined; readonly wanted: string};

export const text: Read<string> = {read: (value) => value, wanted: 'a text'};
export const whole: Read<number> = {
	read: (value) => (/^\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined),
	wanted: 'a whole number',
};
export const cpus: Read<number> = {read: parseCpus, wanted: 'a number of CPUs, as 0.5'};
export const bytes: Read<number> = {read: parseBytes, wanted: 'a size, as 512m or 1g'};
export const time: Read<number> = {read: parseDuration, wanted: 'a time, as 30s or 1m30s'};
export const ratio: Read<number> = {
	read: (value) => (/^\d*\.?\d+$/.test(value) && Number(value) <= 1 ? Number(value) : undefined),
	wanted: 'a number from 0 to 1',
};
export const command: Read<readonly string[]> = {read: (value) => splitWords(value), wanted: 'a command line'};
export const oneOf = <T extends string>(...choices: readonly T[]): Read<T> => ({
	read: (value) => choices.find((choice) => choice === value),
	wanted: choices.join(', '),
});

/** A flag that counts once: its last value. */
export const one =
	<T>({read, wanted}: Read<T>, set: (spec: ServiceSpec, value: T) => ServiceSpec) =>
	(): Apply =>
	(spec, values, flag) => {
		const typed = values.at(-1) ?? '';
		const value = read(typed);
		return value === undefined ? failed(badValue(flag, typed, wanted)) : ok(set(spec, value));
	};

/** A flag without a value; `--tty=false` takes it back. */
export const toggle = (set: (spec: ServiceSpec, isOn: boolean) => ServiceSpec) => (): Apply => (spec, values) =>
	ok(set(spec, values.at(-1) !== 'false'));

export const many =
	(change: (spec: ServiceSpec, values: readonly string[], surroundings: Surroundings) => ServiceSpec) =>
	(surroundings: Surroundings): Apply =>
	(spec, values) =>
		ok(change(spec, values, surroundings));

export function withEntries(before: readonly string[] = [], added: readonly string[]): string[] {
	const entries = new Map(before.map((entry) => [keyOfEntry(entry), entry]));
	for (const entry of added) entries.set(keyOfEntry(entry), entry);
	return [...entries.values()];
}

export function withLabels(
	before: Readonly<Record<string, string>> = {},
	added: readonly string[],
): Record<string, string> {
	const pairs = added.map((entry) => [keyOfEntry(entry), entry.slice(keyOfEntry(entry).length + 1)] as const);
	return {...before, ...Object.fromEntries(pairs)};
}

export const withoutKeys = (
	before: Readonly<Record<string, string>> = {},
	keys: readonly string[],
): Record<string, string> => Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key)));

/** As docker does: without a value it comes from the shell, and is left away where the shell has none. */
export const fromShell = (entries: readonly string[], {environment}: Surroundings): string[] =>
	entries.flatMap((entry) => {
		if (entry.includes('=')) return [entry];
		const value = environment[entry];
		return value === undefined ? [] : [`${entry}=${value}`];
	});
