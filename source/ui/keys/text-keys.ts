/** The keys of texts over the panes: help, inspect, details. */
import {toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {keysOf} from './keys-of.ts';
import {motions} from './motion-keys.ts';

export const textKeys: readonly KeyBinding<App>[] = [
	...motions('text'),
	...keysOf({scope: 'text', group: 'look'}, [
		{
			id: 'text.search',
			keys: ['/'],
			title: 'Search',
			footer: {label: 'search', rank: 1},
			run: (app) => app.texts.openSearch(),
		},
		{
			id: 'text.next',
			keys: ['n'],
			title: 'Next hit',
			footer: {label: 'next', rank: 2},
			run: (app) => app.texts.searchNext(1),
		},
		{
			id: 'text.previous',
			keys: ['N'],
			title: 'Previous hit',
			footer: {label: 'previous', rank: 3},
			run: (app) => app.texts.searchNext(-1),
		},
		{
			id: 'text.reveal',
			keys: ['v'],
			title: 'Values: shows those of a container’s environment, or hides them again',
			footer: {label: 'values', rank: 5},
			isWanted: (app) => app.texts.canReveal,
			enabled: (app) => app.texts.canReveal || toSafeText('Nothing here is hidden.'),
			run: (app) => app.texts.reveal(),
		},
		{id: 'text.copy', keys: ['c'], title: 'Copy it', footer: {label: 'copy', rank: 4}, run: (app) => app.top.copy()},
		{
			id: 'text.close',
			keys: ['escape', 'q'],
			title: 'Close',
			footer: {label: 'close', rank: 90},
			run: (app) => app.top.cancel(),
		},
	]),
];
