/** Single values as a person types them, by the engine's own rules. Pure; what is wrong is a sentence. */
import {parseBytes, parseCpus, parseDuration} from '../../compose/units.ts';
import {parseImage} from '../../engine/registry-reference.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {parseWords} from '../../text/parse-words.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {type NewKind, names, service, values} from './messages.ts';

export type Parsed<T> = Result<T, SafeText>;
export type Parse<T> = (text: string) => Parsed<T>;

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text);

const mostReplicas = 100_000;

export const parseWhole: Parse<number> = (text) => {
	if (!/^\d{1,15}$/.test(text)) return failed(values.whole(text));
	return ok(Number(text));
};

export const parseReplicas: Parse<number> = (text) => {
	const count = parseWhole(text);
	return count.ok && count.value > mostReplicas ? failed(values.tooMany(mostReplicas)) : count;
};

export const parsePositive: Parse<number> = (text) => {
	const count = parseReplicas(text);
	return count.ok && count.value === 0 ? failed(values.atLeastOne) : count;
};

/** Nanoseconds. */
export const parseTime: Parse<number> = (text) => {
	const nanoseconds = parseDuration(text);
	if (nanoseconds === undefined) return failed(values.duration(text));
	return nanoseconds < 0 ? failed(values.negative) : ok(nanoseconds);
};

const millisecond = 1_000_000;

/** Of a health check: the engine takes none between nought and a millisecond. */
export const parseProbeTime: Parse<number> = (text) => {
	const time = parseTime(text);
	return time.ok && time.value > 0 && time.value < millisecond ? failed(values.tooShort) : time;
};

const leastMemory = 4 * 1024 * 1024;

export const parseMemory: Parse<number> = (text) => {
	const bytes = parseBytes(text);
	if (bytes === undefined || !Number.isSafeInteger(bytes)) return failed(values.bytes(text));
	return bytes < leastMemory ? failed(values.littleMemory) : ok(bytes);
};

const leastCpus = 1_000_000;

export const parseCpuCount: Parse<number> = (text) => {
	const nanoCpus = parseCpus(text);
	if (nanoCpus === undefined || nanoCpus < 0 || !Number.isSafeInteger(nanoCpus)) return failed(values.cpus(text));
	return nanoCpus < leastCpus ? failed(values.fewCpus) : ok(nanoCpus);
};

export const parseRatio: Parse<number> = (text) =>
	/^(0|1|0?\.\d+|1\.0+|0\.\d*)$/.test(text) ? ok(Number(text)) : failed(values.ratio(text));

export const parseCommand: Parse<string[]> = (text) => {
	const words = parseWords(text);
	return words.ok ? words : failed(values.words(words.error));
};

export const parseImageName: Parse<string> = (text) => {
	if (parseImage(text)) return ok(text);
	return failed(parseImage(text.toLowerCase()) ? service.imageCapitals(text) : service.image(text));
};

export const parseEnv: Parse<string> = (text) => {
	if (!/^[^=\s]+=/.test(text)) return failed(service.envName(text));
	return hasControl(text) ? failed(values.control) : ok(text);
};

/** Of labels and options: key and value. */
export const parsePair: Parse<readonly [string, string]> = (text) => {
	const [, key, value = ''] = /^([^=\s]+)=(.*)$/s.exec(text) ?? [];
	return key === undefined ? failed(values.keyValue(text)) : ok([key, value]);
};

const dnsName = /^[a-zA-Z0-9]+(?:[-_]+[a-zA-Z0-9]+)*$/;
const storeName = /^[a-zA-Z0-9](?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;
const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

const rules: Readonly<Record<NewKind, {readonly form: RegExp; readonly most: number}>> = {
	service: {form: dnsName, most: 63},
	network: {form: dnsName, most: 63},
	secret: {form: storeName, most: 64},
	config: {form: storeName, most: 64},
	volume: {form: volumeName, most: 255},
};

/** By the rules of the engine for such a kind. */
export function parseName(kind: NewKind, text: string): Parsed<string> {
	const {form, most} = rules[kind];
	if (text === '') return failed(names.missing(kind));
	if (!form.test(text)) {
		const words = form === dnsName ? names.dns : form === storeName ? names.store : names.volume;
		return failed(words(text));
	}
	return text.length > most ? failed(names.tooLong(most, text.length)) : ok(text);
}

/** `512m`: what {@link parseMemory} reads as just as many. */
export function bytesWord(count: number): string {
	for (const [unit, size] of memoryUnits) if (count % size === 0) return `${count / size}${unit}`;
	return String(count);
}

const memoryUnits: readonly (readonly [string, number])[] = [
	['g', 1024 ** 3],
	['m', 1024 ** 2],
	['k', 1024],
];

/** `key=value` fields between commas, as docker's long forms are read; a field without a value counts as true. */
export function fieldsOf(text: string): readonly (readonly [string, string])[] {
	return text.split(',').map((part) => {
		const at = part.indexOf('=');
		return at === -1
			? ([part.trim().toLowerCase(), 'true'] as const)
			: ([part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const);
	});
}
