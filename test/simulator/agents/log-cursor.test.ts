import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {LogLine} from '../../../source/simulator/contract.ts';
import {Bench, textOf} from './harness.ts';

const counter = 'i=0; while :; do echo line $i; i=$((i+1)); sleep 0.5; done';
const mixed = 'echo out; echo err >&2; printf "no newline"';

function counting(seconds: number): {bench: Bench; task: string} {
	const bench = new Bench();
	const task = bench.shell(counter);
	bench.until(task, 'running');
	bench.clock.advance(seconds * 1000);
	return {bench, task};
}

describe('a container’s log', () => {
	it('has stdout and stderr in the order of their printing, and an open last line', () => {
		const bench = new Bench();
		const task = bench.shell(mixed);
		bench.until(task, 'complete');
		const cursor = bench.container(task).openLog({stdout: true, stderr: true});
		const lines = cursor.read(100);
		expect(lines.map((line) => [line.stream, textOf(line), line.isPartial])).toEqual([
			['stdout', 'out', false],
			['stderr', 'err', false],
			['stdout', 'no newline', true],
		]);
		expect(cursor.isEnded).toBe(true);
		const times = lines.map(({time}) => time);
		expect(times).toEqual([...times].sort());
		expect(new Set(times).size).toBe(3);
	});

	it('is the same whatever pieces it is read in', () => {
		const {bench, task} = counting(40);
		const whole = bench.log(task);
		fc.assert(
			fc.property(fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 30}), (sizes) => {
				const cursor = bench.container(task).openLog({stdout: true, stderr: true});
				const read = sizes.flatMap((size) => cursor.read(size)).map(textOf);
				expect(read).toEqual(whole.slice(0, read.length));
				expect(read).toHaveLength(
					Math.min(
						whole.length,
						sizes.reduce((sum, size) => sum + size, 0),
					),
				);
			}),
		);
	});

	it('tail and since are slices of the whole', () => {
		const {bench, task} = counting(40);
		const whole = bench.container(task).openLog({stdout: true, stderr: true}).read(1000);
		fc.assert(
			fc.property(fc.integer({min: 0, max: 100}), fc.integer({min: 0, max: whole.length - 1}), (tail, first) => {
				const since = whole[first]?.time ?? 0n;
				const texts = whole.map(textOf);
				expect(bench.log(task, {tail})).toEqual(tail === 0 ? [] : texts.slice(-tail));
				expect(bench.log(task, {since})).toEqual(texts.slice(first));
				expect(bench.log(task, {since, tail})).toEqual(
					tail === 0 ? [] : texts.slice(Math.max(first, texts.length - tail)),
				);
			}),
		);
	});

	it('follows: the reader is woken for each new line, once', () => {
		const {bench, task} = counting(3);
		const cursor = bench.container(task).openLog({stdout: true, stderr: true, tail: 1});
		const read: string[] = [];
		let wakings = 0;
		const follow = () => {
			wakings++;
			read.push(...cursor.read(10).map(textOf));
			cursor.whenMore(follow);
		};
		follow();
		bench.clock.advance(5000);
		const numbers = read.map((line) => Number(line.split(' ')[1]));
		expect(numbers).toEqual(numbers.map((_number, index) => (numbers[0] ?? 0) + index));
		expect(numbers.length).toBeGreaterThanOrEqual(10);
		expect(wakings).toBeLessThanOrEqual(numbers.length + 1);
	});

	it('ends for a follower when the container does, and not before its last line is read', () => {
		const bench = new Bench();
		const task = bench.shell('echo one; sleep 2; echo two; exit 3');
		bench.until(task, 'running');
		const cursor = bench.container(task).openLog({stdout: true, stderr: true});
		const read: LogLine[] = [];
		const follow = () => {
			read.push(...cursor.read(1));
			if (!cursor.isEnded) cursor.whenMore(follow);
		};
		follow();
		bench.clock.advance(10_000);
		expect(read.map(textOf)).toEqual(['one', 'two']);
		expect(cursor.isEnded).toBe(true);
	});

	it('cuts lines at 16 KiB, all parts with the time of the line', () => {
		const bench = new Bench();
		const task = bench.shell(
			'echo before; i=0; while [ $i -lt 1024 ]; do printf "%08d-abcdefghijklmnopqrstuvwxyz01234" $i; i=$((i+1)); done; echo; echo after; while :; do sleep 1000; done',
		);
		bench.until(task, 'running');
		bench.clock.advance(1000);
		const lines = bench.container(task).openLog({stdout: true, stderr: true}).read(100);
		expect(lines.map((line) => [line.text.length, line.isPartial])).toEqual([
			[6, false],
			[16_384, true],
			[16_384, true],
			[8192, false],
			[5, false],
		]);
		expect(new Set(lines.slice(1, 4).map(({time}) => time)).size).toBe(1);
		expect(bench.log(task, {tail: 3}).map(({length}) => length)).toEqual([16_384, 8192, 5]);
		expect(bench.log(task, {tail: 2}).map(({length}) => length)).toEqual([8192, 5]);
	});

	it('of a terminal is raw: one stream, carriage returns', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sh', '-c', 'echo a; echo b >&2; sleep 9'], TTY: true});
		bench.until(task, 'running');
		bench.clock.advance(100);
		const lines = bench.container(task).openLog({stdout: true, stderr: false}).read(10);
		expect(lines.map(textOf)).toEqual(['a\r', 'b\r']);
	});

	it('replaces bytes that are not UTF-8, and keeps everything else', () => {
		const bench = new Bench();
		const script =
			'echo "안녕하세요 🐳"; printf "broken \\377\\376 bytes\\n"; printf "\\033[1;31mERROR\\033[0m\\n"; echo "combining e\\xcc\\x81"; sleep 9';
		const task = bench.shell(script);
		bench.until(task, 'running');
		bench.clock.advance(100);
		expect(bench.log(task)).toEqual([
			'안녕하세요 🐳',
			'broken \ufffd\ufffd bytes',
			'\x1b[1;31mERROR\x1b[0m',
			'combining e\\xcc\\x81',
		]);
	});

	it('of a driver that keeps nothing is empty', () => {
		const bench = new Bench();
		const task = bench.run(
			{Command: ['sh', '-c', 'echo nobody hears; sleep 99']},
			{taskSpec: {LogDriver: {Name: 'none'}}},
		);
		bench.until(task, 'running');
		bench.clock.advance(100);
		expect(bench.log(task)).toEqual([]);
	});

	it('of a server is there although nobody ever read it, and ends with its container', () => {
		const bench = new Bench();
		const task = bench.run({Image: 'nginx:latest'});
		bench.until(task, 'running');
		bench.clock.advance(3_600_000);
		expect(bench.log(task).length).toBeGreaterThan(10_000);
		expect(bench.log(task, {tail: 5})).toEqual(bench.log(task).slice(-5));
	});
});
