import {describe, expect, it} from 'vitest';
import {defaultConfig} from '../../../source/config/config.ts';
import {type KeyScope, scopesOf} from '../../../source/ui/keys/binding.ts';
import {helpDocument} from '../../../source/ui/keys/help.ts';
import {shownKey} from '../../../source/ui/keys/key-name.ts';
import {keymapFor} from '../../../source/ui/keys/keymap.ts';
import {kindIds} from '../../../source/ui/kinds/registry.ts';
import type {PaneId} from '../../../source/ui/layout/pane.ts';

const panes: readonly PaneId[] = [...kindIds, 'logs'];

describe('the help', () => {
	it.each(panes)('says of every key what it does in %s', (pane) => {
		const keymap = keymapFor(defaultConfig);
		const {lines} = helpDocument(keymap, 120, pane);
		// What works here stands before the signs.
		const here = lines.slice(0, lines.map(String).indexOf('Signs'));
		const scopes: readonly KeyScope[] = scopesOf(pane).filter((scope) => scope !== 'always');
		for (const binding of keymap.bindings.filter(({scope}) => scopes.includes(scope))) {
			for (const key of binding.keys) {
				const told = here.filter(
					(line) => line.slice(0, 24).split(' ').includes(shownKey(key)) && !line.includes(`(not in ${pane})`),
				);
				const does = keymap.bindingFor(key, scopesOf(pane));
				expect(told).toEqual([expect.stringContaining(does?.title ?? '?')]);
			}
		}
	});
});
