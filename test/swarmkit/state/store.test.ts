import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import type {Fresh, SecretObject} from '../../../source/swarmkit/state/objects.ts';
import {type Commit, Store} from '../../../source/swarmkit/state/store.ts';

const secret = (id: string): Fresh<SecretObject> => ({kind: 'secret', id, spec: {Name: id, Labels: {}}});

describe('the store', () => {
	it('gives all objects of one transaction the same raft index, and the next transaction a higher one', () => {
		const store = new Store(new ManualClock(1000), {firstIndex: 10});
		store.update((tx) => {
			tx.create(secret('a'));
			tx.create(secret('b'));
		});
		store.update((tx) => tx.create(secret('c')));
		expect(store.all('secret').map((found) => [found.id, found.version])).toEqual([
			['a', 11],
			['b', 11],
			['c', 12],
		]);
	});

	it('leaves nothing of a transaction that throws', () => {
		const store = new Store(new ManualClock(0));
		store.update((tx) => tx.create(secret('a')));
		expect(() =>
			store.update((tx) => {
				tx.remove('secret', 'a');
				tx.create(secret('b'));
				throw new Error('refused');
			}),
		).toThrow('refused');
		expect(store.all('secret').map((found) => found.id)).toEqual(['a']);
		expect(store.index).toBe(1);
	});

	it('hands commits to the watchers in order, after the writer has gone on', () => {
		const clock = new ManualClock(0);
		const store = new Store(clock);
		const seen: Commit[] = [];
		store.watch((commit) => seen.push(commit));
		store.update((tx) => tx.create(secret('a')));
		store.update((tx) => tx.put({...(tx.get('secret', 'a') as SecretObject), spec: {Name: 'a', Labels: {x: 'y'}}}));
		store.update((tx) => tx.remove('secret', 'a'));
		expect(seen).toEqual([]);
		clock.advance(0);
		expect(seen.map((commit) => [commit.index, commit.changes.map((change) => change.action)])).toEqual([
			[1, ['create']],
			[2, ['update']],
			[3, ['remove']],
		]);
	});

	it('reports to a watcher what is committed from then on, not what waits to be delivered', () => {
		const clock = new ManualClock(0);
		const store = new Store(clock);
		const seen: number[] = [];
		store.update((tx) => tx.create(secret('a')));
		store.watch((commit) => seen.push(commit.index));
		store.update((tx) => tx.create(secret('b')));
		clock.advance(0);
		expect(seen).toEqual([2]);
	});

	it('lists in the order of IDs, whatever was added, removed or undone since', () => {
		const store = new Store(new ManualClock(0));
		const ids = () => store.all('secret').map((found) => found.id);
		store.update((tx) => ['c', 'a', 'e'].map((id) => tx.create(secret(id))));
		expect(ids()).toEqual(['a', 'c', 'e']);
		store.update((tx) => {
			tx.create(secret('b'));
			tx.remove('secret', 'c');
			expect(tx.all('secret').map((found) => found.id)).toEqual(['a', 'b', 'e']);
		});
		expect(ids()).toEqual(['a', 'b', 'e']);
		expect(() =>
			store.update((tx) => {
				tx.remove('secret', 'b');
				tx.create(secret('d'));
				throw new Error('refused');
			}),
		).toThrow();
		expect(ids()).toEqual(['a', 'b', 'e']);
	});
});
