import {Readable} from 'node:stream';
import {describe, expect, it, onTestFinished} from 'vitest';
import {JsonLists} from '../../source/engine/json-lists.ts';
import type {TaskRow} from '../../source/engine/task-row.ts';
import type {Task} from '../../source/wire/task.ts';
import {clientOf, fakeEngine, json, manager, type Route} from './support/fake-engine.ts';

/** As big as a real one: 1.6 KB of JSON. */
function task(index: number): Task {
	return {
		ID: `task${index}`,
		Version: {Index: index},
		CreatedAt: '2026-11-21T03:12:29.905608881Z',
		UpdatedAt: '2026-11-21T03:12:29.905608881Z',
		Labels: {},
		Spec: {
			ContainerSpec: {Image: 'busybox:lab', Env: Array.from({length: 30}, (_, n) => `VARIABLE_${n}=${'x'.repeat(25)}`)},
		},
		ServiceID: 'web',
		Slot: index,
		NodeID: 'n1',
		Status: {Timestamp: '2026-11-21T03:12:30.1Z', State: 'running', Message: 'started'},
		DesiredState: 'running',
	};
}

function tasks(count: number): Task[] {
	return Array.from({length: count}, (_, index) => task(index));
}

function sends(text: string): Route {
	return (_request, response) => response.end(text);
}

describe('big lists', () => {
	it('come complete, in order and in batches, small or big', async () => {
		for (const count of [0, 1, 100, 5000]) {
			const engine = await fakeEngine({'GET /tasks': sends(JSON.stringify(tasks(count)))});
			const batches: (readonly TaskRow[])[] = [];
			const answer = await clientOf(engine).taskRows((batch) => batches.push(batch));
			expect(answer).toEqual({ok: true, value: count});
			const slots = batches.flat().map((row) => row.slot);
			expect(slots).toEqual(Array.from({length: count}, (_, index) => index));
			expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThan(1000);
		}
	});

	it('whole objects come unchanged', async () => {
		const sent = tasks(1000);
		const engine = await fakeEngine({'GET /tasks': sends(JSON.stringify(sent))});
		expect(await clientOf(engine).tasks()).toEqual({ok: true, value: sent});
	});

	it('two at once do not mix', async () => {
		const engine = await fakeEngine({
			'GET /tasks': sends(JSON.stringify(tasks(2000))),
			'GET /volumes': sends('{}'),
		});
		const client = clientOf(engine);
		const [rows, whole] = await Promise.all([client.taskRows(() => undefined), client.tasks()]);
		expect(rows).toEqual({ok: true, value: 2000});
		expect(whole.ok && whole.value.at(-1)).toEqual(task(1999));
	});

	it('rubbish in the middle is an error, and the next list works again', async () => {
		const good = JSON.stringify(tasks(1000));
		let text = `${good.slice(0, -1)},{"ID":"x"}]`;
		const engine = await fakeEngine({'GET /tasks': (request, response) => sends(text)(request, response)});
		const client = clientOf(engine);
		expect(await client.tasks()).toMatchObject({
			error: {kind: 'bad-answer', message: expect.stringContaining('a task has no')},
		});
		text = good.slice(0, -1);
		expect(await client.tasks()).toMatchObject({
			error: {kind: 'bad-answer', message: expect.stringContaining('breaks off')},
		});
		text = good;
		expect(await client.tasks()).toMatchObject({ok: true});
	});

	it('one that stops coming times out', async () => {
		const engine = await fakeEngine({
			'GET /tasks': (_request, response) => response.write(JSON.stringify(tasks(1000)).slice(0, -1)),
			'GET /info': json(manager),
		});
		expect(await clientOf(engine).tasks({timeoutMs: 200})).toMatchObject({error: {kind: 'timeout'}});
	});

	it('the source is not read faster than its elements are', async () => {
		const lists = new JsonLists();
		onTestFinished(() => lists.close());
		const element = JSON.stringify(task(1));
		let pulled = 0;
		const source = Readable.from(
			(function* () {
				yield Buffer.from('[');
				for (; pulled < 20_000; pulled++) yield Buffer.from(`${pulled === 0 ? '' : ','}${element}`);
				yield Buffer.from(']');
			})(),
		);
		let received = 0;
		let mostAhead = 0;
		await lists.read(source, 'taskRow', (rows) => {
			received += rows.length;
			mostAhead = Math.max(mostAhead, pulled - received);
		});
		expect(received).toBe(20_000);
		expect(mostAhead).toBeLessThan(1500);
	});
});
