/** The keys that move in whatever scrolls. */
import type {App} from '../app/capabilities.ts';
import type {Motion} from '../app/motion.ts';
import type {KeyBinding} from './binding.ts';
import {type KeyEntry, keysOf} from './keys-of.ts';

/** Moves what is on top, or the list in focus. */
export const move =
	(motion: Motion) =>
	(app: App): void =>
		app.top.move(motion);

/** The same motions wherever there is something to scroll. Ctrl-D is "remove" in lists, so it only pages in texts. */
export function motions(scope: 'list' | 'text' | 'logs' | 'activity'): KeyBinding<App>[] {
	const halfDown: KeyEntry = {
		id: `${scope}.half-down`,
		keys: ['ctrl-d'],
		title: 'Half a page down',
		run: move({type: 'page', by: 0.5}),
	};
	return keysOf({scope, group: 'move'}, [
		{id: `${scope}.down`, keys: ['j', 'down'], title: 'Down', run: move({type: 'move', by: 1})},
		{id: `${scope}.up`, keys: ['k', 'up'], title: 'Up', run: move({type: 'move', by: -1})},
		{id: `${scope}.page-down`, keys: ['pagedown', 'ctrl-f'], title: 'Page down', run: move({type: 'page', by: 1})},
		{id: `${scope}.page-up`, keys: ['pageup', 'ctrl-b'], title: 'Page up', run: move({type: 'page', by: -1})},
		...(scope === 'list' ? [] : [halfDown]),
		{id: `${scope}.half-up`, keys: ['ctrl-u'], title: 'Half a page up', run: move({type: 'page', by: -0.5})},
		{id: `${scope}.first`, keys: ['g', 'home'], title: 'First', run: move({type: 'first'})},
		{id: `${scope}.last`, keys: ['G', 'end'], title: 'Last', run: move({type: 'last'})},
	]);
}
