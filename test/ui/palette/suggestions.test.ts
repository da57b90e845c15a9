import {describe, expect, it} from 'vitest';
import type {App, Navigation} from '../../../source/ui/app/capabilities.ts';
import type {KeyScope} from '../../../source/ui/keys/binding.ts';
import {shownKey} from '../../../source/ui/keys/key-name.ts';
import {Keymap, keymap} from '../../../source/ui/keys/keymap.ts';
import {kindIds, kindOf} from '../../../source/ui/kinds/registry.ts';
import {suggestionsFor} from '../../../source/ui/palette/suggestions.ts';
import {cluster, shop} from '../support/entities.ts';

/** Of the screen only what the palette reads. */
const appAt = (focus: Navigation['focus']): App =>
	({
		navigation: {focus},
		keymap: new Keymap(keymap),
		cluster: cluster(shop()),
		lists: {orders: () => []},
		simulator: {entries: []},
	}) as unknown as App;

describe.each([...kindIds, 'logs'] as const)('the palette in %s', (focus) => {
	it('offers all that keys do here, by its words and by its name, with the key', () => {
		const app = appAt(focus);
		const scopes: KeyScope[] = ['always', focus, 'everywhere', ...(focus === 'logs' ? [] : (['list'] as const))];
		const missing = keymap
			.filter(({scope}) => scopes.includes(scope))
			.filter(({id}) => !/^(?:pane|view)\.(?!next|previous|zoom)/.test(id))
			.filter(({id, title, keys}) => {
				const key = shownKey(keys[0] ?? '');
				return [title, id].some(
					(typed) => !suggestionsFor(typed, app).some((offer) => offer.label === title && offer.key === key),
				);
			});
		expect(missing.map(({id}) => id)).toEqual([]);
	});

	it('offers nothing of the inside of nodes before somebody has gone into one', () => {
		const views = suggestionsFor('', appAt(focus)).map(({label}) => String(label));
		expect(kindIds.filter((id) => kindOf(id).ofNode && views.includes(id))).toEqual([]);
	});

	it('offers every view, with its key', () => {
		for (const id of kindIds.filter((each) => !kindOf(each).ofNode)) {
			const [first] = suggestionsFor(id, appAt(focus));
			expect([first?.label, first?.key]).toEqual([id, expect.stringMatching(/^.$/)]);
		}
	});
});
