import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {emptyState, formatState, parseState, type State, withEntry} from '../../source/config/state.ts';
import {readState, StateKeeper, writeState} from '../../source/config/state-file.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';

const state: State = {
	view: 'services',
	views: {services: {sorting: {columnId: 'name', isDescending: true}, filter: 'web'}},
	histories: {filter: ['web', '!db']},
};

let directory: string;
let file: string;

beforeEach(async () => {
	directory = await mkdtemp(path.join(os.tmpdir(), 'swarmtop-state-'));
	file = path.join(directory, 'deep', 'state.json');
});

afterEach(() => rm(directory, {recursive: true}));

describe('the state', () => {
	it('comes back as it was', async () => {
		expect(await writeState(file, state)).toEqual({ok: true, value: undefined});
		expect(await readState(file)).toEqual(state);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect(await readdir(path.dirname(file))).toEqual(['state.json']);
	});

	it('is empty when there is no file', async () => {
		expect(await readState(file)).toEqual(emptyState);
	});

	it.each(['', '{', 'null', '[]', '7', '{"view": 3, "views": [], "histories": null}'])(
		'is empty when the file holds %j',
		(text) => {
			expect(parseState(text)).toEqual(emptyState);
		},
	);

	it('keeps what still makes sense of a damaged file', () => {
		const text =
			'{"view": "nodes", "views": {"nodes": {"sorting": {"columnId": 5}, "filter": "w1"}, "x": 1}, "histories": {"a": ["b", 2]}}';
		expect(parseState(text)).toEqual({
			view: 'nodes',
			views: {nodes: {sorting: undefined, filter: 'w1'}, x: {sorting: undefined, filter: ''}},
			histories: {a: ['b']},
		});
	});

	it('never throws, and what it read is read again as the same', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
				const once = parseState(text);
				expect(parseState(formatState(once))).toEqual(once);
			}),
		);
	});

	it('says why it could not be written, and leaves nothing behind', async () => {
		await writeFile(path.join(directory, 'deep'), 'a file, no directory');
		expect(await writeState(file, state)).toEqual({ok: false, error: 'EEXIST'});
		expect(await readdir(directory)).toEqual(['deep']);
	});

	it('remembers an entry of a history once, as the newest', () => {
		expect(withEntry(['a', 'b', 'c'], 'a')).toEqual(['b', 'c', 'a']);
		const many = Array.from({length: 100}, (_, index) => String(index));
		expect(withEntry(many, 'new')).toEqual([...many.slice(1), 'new']);
	});
});

describe('the keeper of the state', () => {
	it('writes many changes once they have settled', async () => {
		const clock = new ManualClock(0);
		const keeper = new StateKeeper({file, state: emptyState, clock});
		for (const view of ['nodes', 'tasks', 'services']) keeper.update({view});
		clock.advance(1999);
		await expect(readFile(file)).rejects.toThrow('ENOENT');
		clock.advance(1);
		await keeper.flush();
		expect((await readState(file)).view).toBe('services');
	});

	it('writes at the end what has not settled, and nothing when nothing changed', async () => {
		const keeper = new StateKeeper({file, state: emptyState, clock: new ManualClock(0)});
		await keeper.flush();
		await expect(readFile(file)).rejects.toThrow('ENOENT');
		keeper.update({view: 'nodes'});
		await keeper.flush();
		expect((await readState(file)).view).toBe('nodes');
	});
});
