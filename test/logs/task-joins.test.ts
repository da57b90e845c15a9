import {describe, expect, it} from 'vitest';
import type {Reading} from '../../source/logs/engine-view.ts';
import type {LogLine} from '../../source/logs/log-line.ts';
import {SeenLines} from '../../source/logs/seen-lines.ts';
import {TaskJoins} from '../../source/logs/task-joins.ts';
import {Semaphore} from '../../source/runtime/semaphore.ts';
import {line, stampAt} from './support.ts';

const whole: Reading = {problem: undefined, missing: []};
const numbered = (n: number): LogLine => line(stampAt(n * 1000), `${n}`, {task: 'a'});

/** A task whose lines come from readings that the test answers one by one. */
function setUp() {
	const emitted: string[] = [];
	const gaps: number[] = [];
	const readings: {
		readonly since: string | undefined;
		readonly answer: (lines: LogLine[], reading?: Reading) => void;
	}[] = [];
	const joins = new TaskJoins({
		seen: new SeenLines(),
		semaphore: new Semaphore(3),
		pause: () => Promise.resolve(),
		read: (_taskId, since, onLine) =>
			new Promise((resolve) => {
				readings.push({
					since,
					answer(lines, reading = whole) {
						for (const each of lines) onLine(each);
						resolve(reading);
					},
				});
			}),
		emit: ({text}) => emitted.push(text),
		onGap: (lostMs) => gaps.push(lostMs),
	});
	const settled = () => new Promise((resolve) => setImmediate(resolve));
	return {joins, emitted, gaps, readings, settled};
}

describe('joining a reading and the followed response', () => {
	it('reads what was there before the first line that is followed', async () => {
		const {joins, emitted, readings, settled} = setUp();
		joins.take(numbered(3));
		joins.take(numbered(4));
		await settled();
		readings[0]?.answer([1, 2, 3].map(numbered));
		await settled();
		joins.take(numbered(5));
		expect(emitted).toEqual(['1', '2', '3', '4', '5']);
		expect(readings).toHaveLength(1);
	});

	it('reads once more when the first line came while it was reading: there may be some in between', async () => {
		const {joins, emitted, gaps, readings, settled} = setUp();
		void joins.fill('a');
		await settled();
		joins.take(numbered(5));
		readings[0]?.answer([1, 2].map(numbered));
		await settled();
		expect(readings[1]?.since).toBe(numbered(2).stamp);
		joins.take(numbered(6));
		readings[1]?.answer([2, 3, 4, 5, 6].map(numbered));
		await settled();
		joins.take(numbered(7));
		expect(emitted).toEqual(['1', '2', '3', '4', '5', '6', '7']);
		expect(gaps).toEqual([]);
	});

	it('reads once more when the reading stopped short of the first line, whenever it began', async () => {
		const {joins, emitted, readings, settled} = setUp();
		joins.take(numbered(5));
		await settled();
		readings[0]?.answer([1, 2, 3].map(numbered));
		await settled();
		readings[1]?.answer([3, 4, 5].map(numbered));
		await settled();
		expect(emitted).toEqual(['1', '2', '3', '4', '5']);
	});

	it('reads up to the first line of another response that began while it was reading', async () => {
		const {joins, emitted, readings, settled} = setUp();
		joins.take(numbered(2));
		await settled();
		joins.reopened();
		joins.take(numbered(6));
		readings[0]?.answer([1, 2].map(numbered));
		await settled();
		readings[1]?.answer([2, 3, 4, 5, 6].map(numbered));
		await settled();
		joins.take(numbered(7));
		expect(emitted).toEqual(['1', '2', '3', '4', '5', '6', '7']);
	});

	it('reads again when another response begins after lines of the one before were read up to', async () => {
		const {joins, emitted, readings, settled} = setUp();
		joins.take(numbered(2));
		await settled();
		joins.reopened();
		readings[0]?.answer([1, 2].map(numbered));
		await settled();
		joins.take(numbered(5));
		await settled();
		readings[1]?.answer([2, 3, 4, 5].map(numbered));
		await settled();
		expect(emitted).toEqual(['1', '2', '3', '4', '5']);
	});

	it('joins lines of a task that can be read no more', async () => {
		const {joins, emitted, readings, settled} = setUp();
		joins.take(numbered(5));
		await settled();
		readings[0]?.answer([], {problem: {message: 'gone', isRetryable: false}, missing: undefined});
		await settled();
		expect([emitted, readings.length]).toEqual([['5'], 1]);
	});

	it('tries again while lines wait and the reading fails, but not for ever', async () => {
		const {joins, emitted, readings, settled} = setUp();
		joins.take(numbered(9));
		for (let attempt = 0; attempt < 5; attempt++) {
			await settled();
			readings[attempt]?.answer([], {problem: {message: 'hangs', isRetryable: true}, missing: undefined});
		}
		await settled();
		expect(readings).toHaveLength(5);
		expect(emitted).toEqual(['9']);
	});
});
