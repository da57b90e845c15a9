import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {BinaryHeap} from '../../source/runtime/binary-heap.ts';

const byNumber = (a: number, b: number): number => a - b;

function filled(items: readonly number[]): BinaryHeap<number> {
	const heap = new BinaryHeap(byNumber);
	for (const item of items) heap.push(item);
	return heap;
}

function emptied<Item>(heap: BinaryHeap<Item>): Item[] {
	const items: Item[] = [];
	for (let item = heap.pop(); item !== undefined; item = heap.pop()) items.push(item);
	return items;
}

const step = fc.oneof(
	fc.record({kind: fc.constant('push' as const), item: fc.nat(20)}),
	fc.record({kind: fc.constant('replaceFirst' as const), item: fc.nat(20)}),
	fc.constant({kind: 'pop' as const}),
);

describe('a heap', () => {
	it('gives its items back in order', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), (items) => {
				expect(emptied(filled(items))).toEqual(items.toSorted(byNumber));
			}),
		);
	});

	it('always has the first at hand, as a sorted list would, whatever is done to it', () => {
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				const heap = filled([]);
				let model: number[] = [];
				for (const next of steps) {
					if (next.kind === 'pop') expect(heap.pop()).toBe(model.shift());
					else if (next.kind === 'push') heap.push(next.item);
					else if (model.length > 0) {
						heap.replaceFirst(next.item);
						model.shift();
					} else continue;
					if (next.kind !== 'pop') model = [...model, next.item].sort(byNumber);
					expect([heap.first, heap.size]).toEqual([model[0], model.length]);
					expect([...heap].sort(byNumber)).toEqual(model);
				}
			}),
		);
	});

	it('is empty at first', () => {
		const heap = filled([]);
		expect([heap.size, heap.first, heap.pop(), ...heap]).toEqual([0, undefined, undefined]);
	});
});
