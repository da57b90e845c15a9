/** Numbers and times in the few characters that a column has. All pure; times are milliseconds since the Unix epoch. */
import {type SafeText, toSafeText} from './safe-text.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const yearMs = 365 * dayMs;

/** How long ago, in one or two units: `12s` `3m` `4h` `3d4h` `12d` `1y35d`. Clock skew (a negative age) is `0s`. */
export function age(ageMs: number): SafeText {
	if (ageMs < minuteMs) return toSafeText(`${whole(ageMs, secondMs)}s`);
	if (ageMs < hourMs) return toSafeText(`${whole(ageMs, minuteMs)}m`);
	if (ageMs < dayMs) return toSafeText(`${whole(ageMs, hourMs)}h`);
	if (ageMs < 10 * dayMs) return twoUnits(ageMs, dayMs, 'd', hourMs, 'h');
	if (ageMs < yearMs) return toSafeText(`${whole(ageMs, dayMs)}d`);
	return twoUnits(ageMs, yearMs, 'y', dayMs, 'd');
}

/** How long something took, finer than an age: `350ms` `1.2s` `42s` `3m20s` `4h12m` `3d4h`. */
export function duration(durationMs: number): SafeText {
	const rounded = Math.max(0, Math.round(durationMs));
	if (rounded < secondMs) return toSafeText(`${rounded}ms`);
	if (rounded < 10 * secondMs) return toSafeText(`${trimmed(Math.floor(rounded / 100) / 10)}s`);
	if (rounded < minuteMs) return toSafeText(`${whole(rounded, secondMs)}s`);
	if (rounded < hourMs) return twoUnits(rounded, minuteMs, 'm', secondMs, 's');
	if (rounded < dayMs) return twoUnits(rounded, hourMs, 'h', minuteMs, 'm');
	return twoUnits(rounded, dayMs, 'd', hourMs, 'h');
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Binary units, three digits at most where a unit allows it: `512B` `1.2GiB` `16GiB` `120MiB`. */
export function bytes(count: number): SafeText {
	let value = Math.max(0, count);
	let unit = 0;
	// 1023.95 would round to 1024.0 of its unit: step over to the next one first.
	while (value >= 1023.95 && unit < byteUnits.length - 1) {
		value /= 1024;
		unit++;
	}
	return toSafeText(`${value >= 100 || unit === 0 ? Math.round(value) : trimmed(value)}${byteUnits[unit] ?? ''}`);
}

const nanoCpusPerCpu = 1e9;

/** The Engine API's NanoCPUs as CPUs: `0.5` `2` `0.25` `12.5`; a reservation too small to show is not shown as zero. */
export function cpus(nanoCpus: number): SafeText {
	const value = nanoCpus / nanoCpusPerCpu;
	if (value > 0 && value < 0.01) return toSafeText('<0.01');
	return toSafeText(String(Number(value.toFixed(2))));
}

/** `60%` `4.2%`. */
export function percent(value: number): SafeText {
	return toSafeText(`${value < 9.95 ? value.toFixed(1) : Math.round(value)}%`);
}

/** `1,234,567`. */
export function count(value: number): SafeText {
	return toSafeText(String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ','));
}

/** `1 task`, `3 tasks`, `2 replicas`. */
export function plural(value: number, singular: string, several = `${singular}s`): SafeText {
	return toSafeText(`${count(value)} ${value === 1 ? singular : several}`);
}

const rfc3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The Engine API's timestamps, RFC 3339 with up to nine digits of fraction, as milliseconds with a fraction (a double
 * keeps about a quarter of a microsecond). Undefined for what is no timestamp and for Go's zero time, which the API
 * sends for "never".
 */
export function parseTime(timestamp: string): number | undefined {
	const short = timestamp.endsWith('Z') ? parseUtc(timestamp) : undefined;
	if (short !== undefined) return short;
	const match = rfc3339.exec(timestamp);
	if (!match) return undefined;
	const [, seconds = '', fraction = '', zone = ''] = match;
	const value = Date.parse(seconds + zone);
	if (Number.isNaN(value) || seconds.startsWith('0001-')) return undefined;
	return value + Number(`0${fraction}`) * 1000;
}

/** The day that was read last: most timestamps of a list are of a few days. */
let lastDay = {text: '', startMs: 0};

/** A timestamp in UTC as every engine writes it, digit by digit: a tenth of the time. Undefined for any other. */
function parseUtc(timestamp: string): number | undefined {
	if (timestamp[10] !== 'T' || timestamp[13] !== ':' || timestamp[16] !== ':') return undefined;
	if (!timestamp.startsWith(lastDay.text) || lastDay.text === '') {
		const text = timestamp.slice(0, 10);
		const startMs = Date.parse(text);
		if (!day.test(text) || Number.isNaN(startMs)) return undefined;
		lastDay = {text, startMs};
	}
	const end = timestamp.length - 1;
	const [hours, minutes, seconds] = [number(timestamp, 11, 13), number(timestamp, 14, 16), number(timestamp, 17, 19)];
	if (!(hours < 24 && minutes < 60 && seconds < 60)) return undefined;
	const wholeMs = lastDay.startMs + ((hours * 60 + minutes) * 60 + seconds) * 1000;
	if (end === 19) return wholeMs;
	const nanoseconds = number(timestamp, 20, end);
	if (timestamp[19] !== '.' || end === 20 || end > 29 || Number.isNaN(nanoseconds)) return undefined;
	return wholeMs + (nanoseconds / 10 ** (end - 20)) * 1000;
}

const day = /^(?!0001-)\d{4}-\d{2}-\d{2}$/;

/** The number that these digits write; NaN where one is none. */
function number(text: string, from: number, to: number): number {
	let value = 0;
	for (let index = from; index < to; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (digit < 0 || digit > 9) return Number.NaN;
		value = value * 10 + digit;
	}
	return value;
}

function whole(valueMs: number, unitMs: number): number {
	return Math.max(0, Math.floor(valueMs / unitMs));
}

function trimmed(value: number): string {
	return value.toFixed(1).replace(/\.0$/, '');
}

function twoUnits(valueMs: number, bigMs: number, big: string, smallMs: number, small: string): SafeText {
	const rest = whole(valueMs % bigMs, smallMs);
	return toSafeText(`${whole(valueMs, bigMs)}${big}${rest > 0 ? `${rest}${small}` : ''}`);
}
