import fc from 'fast-check';
import {afterEach, describe, expect, it} from 'vitest';
import type {MouseAction} from '../../../source/terminal/input-events.ts';
import {characterKey, namedKey, noModifiers} from '../../../source/terminal/input-events.ts';
import {type Dashboard, openDashboard} from '../support/dashboard.tsx';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

const actions: readonly MouseAction[] = ['press', 'release', 'drag', 'wheel-up', 'wheel-down', 'wheel-left'];

const click = fc.record({
	type: fc.constant('mouse' as const),
	action: fc.constantFrom(...actions),
	button: fc.constantFrom('left' as const, 'right' as const, 'none' as const),
	x: fc.nat(130),
	y: fc.nat(45),
	...Object.fromEntries(Object.entries(noModifiers).map(([key, value]) => [key, fc.constant(value)])),
}) as fc.Arbitrary<Parameters<Dashboard['screen']['handle']>[0]>;

/** None of them says yes to anything. */
const key = fc.oneof(
	fc.constantFrom(...'0123456789:/oOzWm@?iajk').map((character) => characterKey(character)),
	fc.constantFrom('escape', 'tab', 'right', 'left', 'down').map((name) => namedKey(name as 'escape')),
);

describe('the mouse, wherever it is and whatever is open', () => {
	it('breaks nothing and acts on nothing that was not asked about', async () => {
		const shown = openDashboard({columns: 120, rows: 40});
		open.push(shown);
		shown.actions.answer = {consent: {kind: 'dialog'}};
		await shown.pass(0);
		fc.assert(
			fc.property(
				fc.array(fc.oneof({weight: 3, arbitrary: click}, {weight: 1, arbitrary: key}), {maxLength: 60}),
				(events) => {
					for (const event of events) shown.screen.handle(event);
				},
			),
			{numRuns: 60},
		);
		await shown.press('escape', 'escape', 'escape', 'escape');
		expect(shown.terminal.text()).not.toBe('');
		expect(shown.actions.acted).toEqual([]);
	});
});
