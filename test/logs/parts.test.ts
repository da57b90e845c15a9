import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseStructured} from '../../source/logs/json-fields.ts';
import {createLineReader} from '../../source/logs/line-reader.ts';
import {LogBuffer} from '../../source/logs/log-buffer.ts';
import {findHits, parseLogFilter} from '../../source/logs/log-filter.ts';
import {stampToSince} from '../../source/logs/log-line.ts';
import {parseSince} from '../../source/logs/log-since.ts';
import {ReplayFilter} from '../../source/logs/replay-filter.ts';
import {line, recordedLog, stampAt} from './support.ts';

describe('lines', () => {
	it('joins a line of 40 KiB that the engine sent in parts', () => {
		const items = createLineReader(false).push(recordedLog('long-timestamps'));
		const lines = items.flatMap((item) => (item.kind === 'line' ? [item.line.text] : []));
		expect(lines.map((text) => text.length)).toEqual([6, 40 * 1024, 5]);
		expect(lines[1]).toMatch(/^00000000-abc/);
	});

	it('reads a TTY stream: no frames, CRLF, colours kept', () => {
		const items = createLineReader(true).push(recordedLog('tty-timestamps'));
		expect(
			items.map((item) => (item.kind === 'line' ? [item.line.stamp.slice(11, 19), item.line.text] : item)),
		).toEqual([
			['03:01:56', 'terminal line 1'],
			['03:01:57', '\u001b[32mgreen\u001b[0m'],
			['03:01:57', 'to stderr'],
		]);
	});

	it('knows the error that a TTY stream ends with when a node is down', () => {
		const items = [createLineReader(true)].flatMap((reader) => [
			...reader.push(recordedLog('node-down-tty')),
			...reader.end(),
		]);
		expect(items.at(-1)).toMatchObject({kind: 'problem'});
	});

	it('asks since a stamp to the nanosecond', () => {
		expect(stampToSince('2026-11-21T03:01:56.740831754Z')).toBe('1795230116.740831754');
	});
});

describe('the replay filter', () => {
	it('drops exactly what was seen, also among equal times and equal lines', () => {
		const history = fc.array(
			fc.record({
				gap: fc.nat({max: 2}),
				task: fc.constantFrom('a', 'b'),
				stream: fc.constantFrom('stdout' as const, 'stderr' as const),
			}),
		);
		fc.assert(
			fc.property(history, fc.nat(), fc.nat(), (steps, seenSeed, fromSeed) => {
				let at = 0;
				const all = steps.map((each) => {
					at += each.gap;
					return line(stampAt(at), 'same', each);
				});
				const seen = all.slice(0, seenSeed % (all.length + 1));
				const from = seen[fromSeed % Math.max(1, seen.length)]?.stamp ?? '';
				const filter = new ReplayFilter();
				const taken = seen.filter((each) => filter.isNew(each));
				filter.reopened();
				taken.push(...all.filter((each) => each.stamp >= from).filter((each) => filter.isNew(each)));
				expect(taken).toHaveLength(all.length);
			}),
		);
	});
});

describe('the buffer', () => {
	it('counts what it lets go: sent is shown and dropped', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({max: 50})), fc.integer({min: 1, max: 20}), (times, most) => {
				const buffer = new LogBuffer({lines: most, bytes: 1 << 20});
				for (const time of times) buffer.add(line(stampAt(time), 'x'));
				expect(buffer.length + buffer.dropped).toBe(times.length);
				const stamps = buffer.slice(0, buffer.length).map((entry) => (entry.kind === 'line' ? entry.line.stamp : ''));
				expect(stamps).toEqual(stamps.toSorted());
			}),
		);
	});

	it('is bounded in bytes, too', () => {
		const buffer = new LogBuffer({lines: 1000, bytes: 100_000});
		for (let i = 0; i < 100; i++) buffer.add(line(stampAt(i), 'x'.repeat(10_000)));
		expect(buffer.length).toBeLessThan(6);
		expect(buffer.dropped).toBe(100 - buffer.length);
	});
});

describe('filters', () => {
	it.each([
		['error', 'An ERROR here', true],
		['!error', 'An ERROR here', false],
		['warn|error', 'a warning', true],
		['!warn|error', 'all fine', true],
		['/^GET .* 5\\d\\d/', 'GET / 503', true],
		['/a|b/', 'xbx', true],
		['/get/i', 'GET', true],
		['/get/', 'GET', false],
		['', 'anything', true],
		['!', 'anything', true],
		['GET /index', 'GET /index.html', true],
	])('%s on "%s" is %s', (source, text, expected) => {
		const filter = parseLogFilter(source);
		expect(filter.ok && filter.value.matches(text)).toBe(expected);
	});

	it('says what is wrong with a regular expression', () => {
		const filter = parseLogFilter('/(/');
		expect(filter).toEqual({ok: false, error: '/(/ is not a regular expression: Unterminated group'});
	});

	it('finds every hit of a search', () => {
		expect(findHits('Error: error', 'error')).toEqual([
			[0, 5],
			[7, 12],
		]);
	});
});

describe('structured lines', () => {
	it.each([
		['{"level":"warn","msg":"slow","ms":12}', {level: 'warn', message: 'slow', fields: [['ms', '12']]}],
		[
			'{"time":1,"level":50,"msg":"no","err":{"code":7}}',
			{level: 'error', message: 'no', fields: [['err', '{"code":7}']]},
		],
		['plain text', undefined],
		['{broken', undefined],
	])('%s', (text, expected) => {
		expect(parseStructured(text)).toEqual(expected);
	});
});

describe('since', () => {
	const now = Date.parse('2026-11-21T12:00:00Z');
	it.each([
		['10m', '2026-11-21T11:50:00.000000000Z'],
		['1h30m', '2026-11-21T10:30:00.000000000Z'],
		['90', '2026-11-21T11:58:30.000000000Z'],
		['2026-11-21T11:00:00Z', '2026-11-21T11:00:00.000000000Z'],
		['08:05', '2026-11-21T08:05:00.000000000Z'],
	])('%s', (text, stamp) => {
		expect(parseSince(text, now)).toEqual({ok: true, value: {kind: 'since', stamp}});
	});

	it('says what it takes when it is told nonsense', () => {
		expect(parseSince('soon', now)).toMatchObject({ok: false, error: expect.stringContaining('"soon" is no time')});
	});
});
