import {expect, it} from 'vitest';
import {createRowSharer, toTaskRow} from '../../source/engine/task-row.ts';
import type {Task} from '../../source/wire/task.ts';
import {recorded} from './support/recorded.ts';

it('a crashed task keeps its exit code, error and times', () => {
	const crashed = recorded<Task[]>('tasks-crash.json').find((task) => task.Status.State === 'failed');
	expect(crashed && toTaskRow(crashed)).toMatchObject({
		state: 'failed',
		exitCode: 3,
		error: 'task: non-zero exit (3)',
		image: 'busybox:lab',
		jobIteration: undefined,
		since: expect.closeTo(Date.parse(crashed?.Status.Timestamp ?? ''), -1),
	});
});

it('a rejected task had no container, so no exit code either', () => {
	const rejected = recorded<Task[]>('tasks-badimage.json').find((task) => task.Status.State === 'rejected');
	expect(rejected && toTaskRow(rejected)).toMatchObject({
		containerId: '',
		exitCode: undefined,
		error: 'No such image: nosuch:latest',
	});
});

it('the first run of a job is iteration 0, its first slot 0', () => {
	const rows = recorded<Task[]>('tasks-batch.json').map(toTaskRow);
	expect(new Set(rows.map((row) => row.jobIteration))).toEqual(new Set([0]));
	expect(Math.min(...rows.map((row) => row.slot))).toBe(0);
});

it('sharing texts changes no row', () => {
	const rows = recorded<Task[]>('tasks-batch.json').map(toTaskRow);
	expect(rows.map(createRowSharer())).toEqual(rows);
});
