import {describe, expect, it} from 'vitest';
import {age, bytes, count, cpus, duration, parseTime, plural} from '../../source/text/format.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

it.each([
	[-5 * second, '0s'],
	[0, '0s'],
	[12 * second + 900, '12s'],
	[59_999, '59s'],
	[3 * minute + 59 * second, '3m'],
	[4 * hour + 59 * minute, '4h'],
	[3 * day + 4 * hour + 59 * minute, '3d4h'],
	[3 * day, '3d'],
	[12 * day + 5 * hour, '12d'],
	[400 * day, '1y35d'],
])('age %i is %s', (ms, text) => {
	expect(age(ms)).toBe(text);
});

it.each([
	[-1, '0ms'],
	[350.4, '350ms'],
	[999.6, '1s'],
	[1250, '1.2s'],
	[9990, '9.9s'],
	[42_900, '42s'],
	[200 * second, '3m20s'],
	[3 * minute, '3m'],
	[4 * hour + 12 * minute, '4h12m'],
	[3 * day + 4 * hour, '3d4h'],
])('duration %d is %s', (ms, text) => {
	expect(duration(ms)).toBe(text);
});

it.each([
	[0, '0B'],
	[512, '512B'],
	[1023, '1023B'],
	[1024, '1KiB'],
	[1.2 * 1024 ** 3, '1.2GiB'],
	[16 * 1024 ** 3, '16GiB'],
	[120.4 * 1024 ** 2, '120MiB'],
	[1024 ** 3 - 1, '1GiB'],
	[-1, '0B'],
])('%d bytes are %s', (value, text) => {
	expect(bytes(value)).toBe(text);
});

it.each([
	[0, '0'],
	[5e8, '0.5'],
	[25e7, '0.25'],
	[2e9, '2'],
	[12.5e9, '12.5'],
	[1e6, '<0.01'],
])('%d NanoCPUs are %s', (nanoCpus, text) => {
	expect(cpus(nanoCpus)).toBe(text);
});

it('counts', () => {
	expect(count(0)).toBe('0');
	expect(count(1234567)).toBe('1,234,567');
	expect(count(-1234)).toBe('-1,234');
	expect(plural(1, 'task')).toBe('1 task');
	expect(plural(1200, 'replica')).toBe('1,200 replicas');
	expect(plural(2, 'policy', 'policies')).toBe('2 policies');
});

describe('parseTime', () => {
	const noon = Date.UTC(2026, 0, 2, 12, 0, 0);

	it.each([
		['2026-01-02T12:00:00Z', noon],
		['2026-01-02T12:00:00.5Z', noon + 500],
		['2026-01-02T23:59:59.999999999Z', noon + 43_199_999.999999],
		['1999-12-31T00:00:00Z', Date.UTC(1999, 11, 31)],
		['2026-01-02T12:00:00.123456789Z', noon + 123.456789],
		['2026-01-02T13:00:00.000000001+01:00', noon + 0.000001],
	])('reads %s', (timestamp, ms) => {
		expect(parseTime(timestamp)).toBeCloseTo(ms, 3);
	});

	it.each([
		'',
		'0001-01-01T00:00:00Z',
		'yesterday',
		'2026-01-02',
		'2026-13-45T99:00:00Z',
		'2026-01-02T24:30:00Z',
		'2026-01-02T12:60:00Z',
		'2026-01-02T12:00:00.Z',
		'2026-01-02T12:00:00.1234567890Z',
		'2026-01-02T12:00:0xZ',
		'2026-01-02T12:00:00.12x4Z',
		'2026-01-02T12:00Z',
		'2026/01/02T12:00:00Z',
	])('has no time for %j', (text) => {
		expect(parseTime(text)).toBeUndefined();
	});
});
