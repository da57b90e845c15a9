/** The keys of the logs. Digits choose from when they are read: there, Tab and Esc lead to the other panes. */
import type {App} from '../app/capabilities.ts';
import {quickRanges} from '../logs/quick-ranges.ts';
import type {KeyBinding} from './binding.ts';
import {type KeyEntry, keysOf} from './keys-of.ts';
import {motions} from './motion-keys.ts';

export const logKeys: readonly KeyBinding<App>[] = [
	...motions('logs'),
	...keysOf({scope: 'logs', group: 'look'}, [
		{
			id: 'logs.filter',
			keys: ['/'],
			title: 'Filter: text, /regex/, !without, one|other, @node',
			footer: {label: 'filter', rank: 1},
			run: (app) => app.logs.openFilter(),
		},
		{
			id: 'logs.search',
			keys: ['s'],
			title: 'Search',
			footer: {label: 'search', rank: 2},
			run: (app) => app.logs.openSearch(),
		},
		{id: 'logs.next', keys: ['n'], title: 'Next hit', run: (app) => app.logs.searchNext(1)},
		{id: 'logs.previous', keys: ['N'], title: 'Previous hit', run: (app) => app.logs.searchNext(-1)},
		{
			id: 'logs.follow',
			keys: ['f'],
			title: 'Follow: stay at the newest line',
			footer: {label: 'follow', rank: 3},
			run: (app) => app.logs.toggleFollow(),
		},
		{
			id: 'logs.line',
			keys: ['enter'],
			title: 'The whole line, who said it and when',
			footer: {label: 'line', rank: 8},
			run: (app) => app.logs.showLine(),
		},
		{
			id: 'logs.time',
			keys: ['T'],
			title: 'Go to a time',
			footer: {label: 'go to', rank: 12},
			run: (app) => app.logs.askTime(),
		},
	]),
	...keysOf({scope: 'logs', group: 'look'}, [
		range('0', 'The last lines, as many as at the start', {label: '…6 since', rank: 6}),
		...quickRanges.map(({key, title}) => range(key, `Since ${title} ago`)),
		range('6', 'All there is'),
		{
			id: 'logs.since',
			keys: ['S'],
			title: 'Since a time: 10m, 2h, 14:05, 2026-11-21T14:05:00Z',
			run: (app) => app.logs.askSince(),
		},
	]),
	...keysOf({scope: 'logs', group: 'look'}, [
		{
			id: 'logs.timestamps',
			keys: ['t'],
			title: 'Timestamps: off, time, full, relative',
			footer: {label: 'time', rank: 4},
			run: (app) => app.logs.cycleTime(),
		},
		{
			id: 'logs.prefix',
			keys: ['p'],
			title: 'Prefix: full, short, none',
			footer: {label: 'prefix', rank: 7},
			run: (app) => app.logs.cyclePrefix(),
		},
		{
			id: 'logs.wrap',
			keys: ['w'],
			title: 'Wrap long lines, or cut them',
			footer: {label: 'wrap', rank: 5},
			run: (app) => app.logs.toggleWrap(),
		},
		{
			id: 'logs.fields',
			keys: ['J'],
			title: 'JSON lines as level, message and fields',
			footer: {label: 'JSON', rank: 9},
			run: (app) => app.logs.toggleStructured(),
		},
		{
			id: 'logs.stopped',
			keys: ['h'],
			title: 'Hide or show the lines of stopped tasks',
			footer: {label: 'stopped', rank: 10},
			run: (app) => app.logs.toggleStopped(),
		},
	]),
	...keysOf({scope: 'logs', group: 'act'}, [
		{
			id: 'logs.mark',
			keys: ['m'],
			title: 'Set a mark',
			footer: {label: 'mark', rank: 11},
			run: (app) => app.logs.mark(),
		},
		{
			id: 'logs.copy',
			keys: ['c'],
			title: 'Copy the line',
			footer: {label: 'copy', rank: 13},
			run: (app) => app.logs.copyLine(),
		},
		{
			id: 'logs.save',
			keys: ['ctrl-s'],
			title: 'Save to a file',
			footer: {label: 'save', rank: 7},
			run: (app) => app.logs.save(),
		},
		{
			id: 'logs.clear',
			keys: ['C'],
			title: 'Clear: nothing is lost, 0 to 6 read it again',
			run: (app) => app.logs.clear(),
		},
	]),
];

function range(key: string, title: string, footer?: KeyEntry['footer']): KeyEntry {
	return {id: `logs.range-${key}`, keys: [key], title, ...(footer && {footer}), run: (app) => app.logs.readRange(key)};
}
