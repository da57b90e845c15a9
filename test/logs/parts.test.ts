import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {showText} from '../../source/logs/display.ts';
import {parseStructured} from '../../source/logs/json-fields.ts';
import {createLineReader, type LogItem} from '../../source/logs/line-reader.ts';
import {LogBuffer, type LogEntry} from '../../source/logs/log-buffer.ts';
import {parseLogFilter} from '../../source/logs/log-filter.ts';
import {stampToSince} from '../../source/logs/log-line.ts';
import {LogSelection} from '../../source/logs/log-selection.ts';
import {parseSince} from '../../source/logs/log-since.ts';
import {SeenLines} from '../../source/logs/seen-lines.ts';
import {line, recordedLog, stampAt} from './support.ts';

describe('lines', () => {
	it('joins a line of 40 KiB that the engine sent in parts', () => {
		const items = createLineReader(false).push(recordedLog('long-timestamps'));
		const lines = items.flatMap((item) => (item.kind === 'line' ? [item.line.text] : []));
		expect(lines.map((text) => text.length)).toEqual([6, 40 * 1024, 5]);
		expect(lines[1]).toMatch(/^00000000-abc/);
	});

	/** What the engine sends of a line: parts of 16 KiB, of which only the last ends with a newline. */
	function framed(bytes: Buffer, stamp = stampAt(1e9)): Buffer {
		const partBytes = 16 * 1024;
		const parts: Buffer[] = [];
		for (let at = 0; at < bytes.length; at += partBytes) {
			const text = `${stamp} com.docker.swarm.task.id=a,com.docker.swarm.node.id=n `;
			const payload = Buffer.concat([Buffer.from(text), bytes.subarray(at, at + partBytes)]);
			const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
			head.writeUInt32BE(payload.length, 4);
			parts.push(head, payload);
		}
		return Buffer.concat(parts);
	}

	const textsOf = (items: readonly LogItem[]) => items.map((item) => (item.kind === 'line' ? item.line.text : item));

	it('keeps a line of 1 MB whole, and shows its beginning', () => {
		const long = `${'x'.repeat(1 << 20)}end`;
		const reader = createLineReader(false);
		const stream = framed(Buffer.from(`${long}\n`));
		const items: LogItem[] = [];
		for (let at = 0; at < stream.length; at += 65_521) items.push(...reader.push(stream.subarray(at, at + 65_521)));
		const [item] = items;
		if (item?.kind !== 'line') throw new Error('no line');
		expect(item.line.text === long).toBe(true);
		expect(showText(item.line.text)).toMatch(/^x{4096}… \+1044483 characters$/);
	});

	it('tells of a line whose beginning the engine left out: of a tail it counts parts', () => {
		const parts = framed(Buffer.from(`${'x'.repeat(40_000)}\n`));
		const cutOf = (tail: number, bytes = parts) => {
			const reader = createLineReader(false);
			reader.push(bytes);
			return reader.end(tail).filter(({kind}) => kind === 'cut');
		};
		expect(cutOf(3)).toMatchObject([{kind: 'cut', stamp: stampAt(1e9), origin: {taskId: 'a'}}]);
		// Fewer came than were asked for: there is nothing before.
		expect(cutOf(4)).toEqual([]);
		expect(cutOf(4, Buffer.concat([framed(Buffer.from('whole\n'), stampAt(1)), parts]))).toEqual([]);
	});

	it('reads what is no UTF-8, lines that end with CRLF, and one that does not end', () => {
		const reader = createLineReader(false);
		const items = reader.push(
			Buffer.concat([
				framed(Buffer.from([0x61, 0xff, 0xc3, 0x0a])),
				framed(Buffer.from('windows\r\n'), stampAt(2e9)),
				framed(Buffer.from('prompt> '), stampAt(3e9)),
			]),
		);
		expect(textsOf(items)).toEqual(['a\ufffd\ufffd', 'windows']);
		expect(reader.hasOpenLine).toBe(true);
		expect(textsOf(reader.flush())).toEqual(['prompt> ']);
		expect(textsOf(reader.push(framed(Buffer.from('next\n'), stampAt(4e9))))).toEqual(['next']);
		expect(reader.hasOpenLine).toBe(false);
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

describe('what was seen', () => {
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
				const lines = new SeenLines();
				const first = lines.replay();
				const taken = seen.filter((each) => first.isNew(each));
				const second = lines.replay();
				taken.push(...all.filter((each) => each.stamp >= from).filter((each) => second.isNew(each)));
				expect(taken).toHaveLength(all.length);
			}),
		);
	});

	it('tells a replay from a clock that was set back, also inside one response', () => {
		const replay = new SeenLines().replay();
		const said = ['10 one', '20 two', '10 one', '20 two', '15 after the clock was set back', '30 three'];
		const isNew = said.map((text) => replay.isNew(line(stampAt(Number(text.slice(0, 2))), text)));
		expect(isNew).toEqual([true, true, false, false, true, true]);
	});

	it('remembers how far it has come, however long a stream runs', () => {
		const lines = new SeenLines();
		const first = lines.replay();
		const all = Array.from({length: 5000}, (_, i) => line(stampAt(i), 'x'));
		expect(all.filter((each) => first.isNew(each))).toHaveLength(5000);
		const second = lines.replay();
		expect(all.filter((each) => second.isNew(each))).toHaveLength(0);
	});
});

describe('the buffer', () => {
	it('counts what it lets go: sent is shown and dropped', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({max: 50})), fc.integer({min: 1, max: 20}), (times, most) => {
				const buffer = new LogBuffer({lines: most, bytes: 1 << 20});
				for (const time of times) buffer.add([line(stampAt(time), 'x')]);
				expect(buffer.length + buffer.dropped).toBe(times.length);
				const stamps = buffer.slice(0, buffer.length).map((entry) => (entry.kind === 'line' ? entry.line.stamp : ''));
				expect(stamps).toEqual(stamps.toSorted());
			}),
		);
	});

	it('is bounded in bytes, too', () => {
		const buffer = new LogBuffer({lines: 1000, bytes: 100_000});
		for (let i = 0; i < 100; i++) buffer.add([line(stampAt(i), 'x'.repeat(10_000))]);
		expect(buffer.length).toBeLessThan(6);
		expect(buffer.dropped).toBe(100 - buffer.length);
	});
});

describe('a selection', () => {
	it('holds what passes its test, in order, while lines come late, in batches, and are dropped', () => {
		const batches = fc.array(fc.array(fc.nat({max: 60}), {maxLength: 8}), {maxLength: 20});
		fc.assert(
			fc.property(batches, fc.integer({min: 1, max: 30}), (all, most) => {
				const buffer = new LogBuffer({lines: most, bytes: 1 << 20});
				const isEven = (entry: LogEntry) => entry.kind === 'line' && Number(entry.line.text) % 2 === 0;
				const selection = new LogSelection(buffer, isEven);
				for (const batch of all) {
					buffer.add(batch.map((time) => line(stampAt(time), `${time}`)));
					expect(selection.slice(0, selection.length)).toEqual(buffer.slice(0, buffer.length).filter(isEven));
				}
				for (let i = 0; i < selection.length; i++) {
					const entry = selection.at(i);
					expect(entry && selection.indexOf(entry)).toBe(i);
				}
				buffer.clear();
				expect(selection.length).toBe(0);
			}),
		);
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

	it('finds every hit of a search, and marks what overlaps once', () => {
		const hits = (source: string, text: string) => {
			const filter = parseLogFilter(source);
			return filter.ok ? filter.value.hits(text) : filter.error;
		};
		expect(hits('error', 'Error: error')).toEqual([
			[0, 5],
			[7, 12],
		]);
		expect(hits('abc|/cd+/', 'abcdd')).toEqual([[0, 5]]);
		expect(hits('!error', 'error')).toEqual([]);
		expect(hits('1.5|(', '1x5 1.5 (')).toEqual([
			[4, 7],
			[8, 9],
		]);
	});

	it('finds hits again and again, whatever it was held against in between', () => {
		const filter = parseLogFilter('pay');
		if (!filter.ok) throw new Error(filter.error);
		for (let i = 0; i < 3; i++) {
			expect(filter.value.matches('a line with pay in it')).toBe(true);
			expect(filter.value.hits('pay')).toEqual([[0, 3]]);
		}
	});

	it.each([
		['@w1', true],
		['@web.3', true],
		['@w2', false],
		['!@w1', false],
		['@w2|@w1', true],
		['@example.com', true],
	])('%s asks who speaks, or looks for itself', (source, expected) => {
		const filter = parseLogFilter(source);
		expect(filter.ok && filter.value.matches('mail to joe@example.com', () => 'web.3@w1')).toBe(expected);
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
		['all', undefined],
	])('%s', (text, stamp) => {
		expect(parseSince(text, now)).toEqual({ok: true, value: stamp});
	});

	it('says what it takes when it is told nonsense', () => {
		expect(parseSince('soon', now)).toMatchObject({ok: false, error: expect.stringContaining('"soon" is no time')});
	});
});
