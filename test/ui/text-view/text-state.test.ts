import {describe, expect, it} from 'vitest';
import {initialText, reduceText, type TextAction, type TextState} from '../../../source/ui/text-view/text-state.ts';

const lines = Array.from({length: 100}, (_, index) => (index % 40 === 7 ? `Image: nginx ${index}` : `line ${index}`));

function read(...actions: TextAction[]): TextState {
	return actions.reduce((state, action) => reduceText(state, action, lines, 10), initialText);
}

describe('reading a long text', () => {
	it('scrolls by lines and windows and stops at both ends', () => {
		expect(read({type: 'move', by: 3}).top).toBe(3);
		expect(read({type: 'page', by: 1}).top).toBe(9);
		expect(read({type: 'page', by: 0.5}).top).toBe(4);
		expect(read({type: 'last'}).top).toBe(90);
		expect(read({type: 'last'}, {type: 'move', by: 5}).top).toBe(90);
		expect(read({type: 'move', by: -1}).top).toBe(0);
	});

	it('jumps from hit to hit, around the end, and only scrolls when it must', () => {
		const first = read({type: 'search', query: 'NGINX'});
		expect(first).toMatchObject({hit: 7, top: 0});
		expect(read({type: 'search', query: 'nginx'}, {type: 'next', by: 1})).toMatchObject({hit: 47, top: 44});
		expect(read({type: 'search', query: 'nginx'}, {type: 'next', by: -1})).toMatchObject({hit: 87, top: 84});
		const around = read(
			{type: 'search', query: 'nginx'},
			...Array.from({length: 3}, () => ({type: 'next', by: 1}) as const),
		);
		expect(around.hit).toBe(7);
	});

	it('stays where it is when nothing is found', () => {
		expect(read({type: 'move', by: 20}, {type: 'search', query: 'postgres'})).toEqual({
			top: 20,
			cursor: 0,
			query: 'postgres',
			hit: undefined,
		});
	});
});
