/** The keys of the logs, those of `less` where it has them: `/` searches, `&` filters. */
import type {App} from '../app/capabilities.ts';
import {previousContainer} from '../logs/previous-container.ts';
import type {KeyBinding} from './binding.ts';
import {keysOf} from './keys-of.ts';
import {motions} from './motion-keys.ts';

/** They do nothing to a text in the place of the logs. */
const onLogs = (binding: KeyBinding<App>): KeyBinding<App> => ({
	...binding,
	enabled(app) {
		const hasLogs = app.navigation.hasLogs;
		return hasLogs === true ? binding.enabled(app) : hasLogs;
	},
});

const ownKeys: readonly KeyBinding<App>[] = [
	...keysOf({scope: 'logs', group: 'look'}, [
		{
			id: 'logs.search',
			keys: ['/'],
			title: 'Search: text, /regex/, one|other',
			footer: {label: 'search', rank: 1},
			run: (app) => app.logs.openSearch(),
		},
		{
			id: 'logs.filter',
			keys: ['&'],
			title: 'Filter, only the lines that match: text, /regex/, !without, one|other, @node',
			footer: {label: 'filter', rank: 2},
			run: (app) => app.logs.openFilter(),
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
			title: 'The whole line, with its task and time',
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
		{
			id: 'logs.since',
			keys: ['S'],
			title: 'Since when: 1m, 5m, 15m, 1h, all, or any time you type',
			footer: {label: 'since', rank: 6},
			run: (app) => app.logs.chooseRange(),
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
			keys: ['P'],
			title: 'Prefix: full, short, none',
			footer: {label: 'prefix', rank: 14},
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
			title: 'Clear the pane: nothing is lost, the engine still has it',
			run: (app) => app.logs.clear(),
		},
	]),
];

export const logKeys: readonly KeyBinding<App>[] = [
	...motions('logs'),
	...ownKeys.map(onLogs),
	...keysOf({scope: 'logs', group: 'look'}, [
		{
			id: 'logs.previous-container',
			keys: ['p'],
			title: 'Previous container: its logs, to the last line',
			footer: {label: 'container before', rank: 7},
			enabled(app) {
				const previous = previousContainer(app.navigation.shownLogs, app.cluster);
				return previous.ok ? true : previous.error;
			},
			run: (app) => app.navigation.showPreviousLogs(app.navigation.shownLogs),
		},
	]),
];
