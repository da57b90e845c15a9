/** The keys of the logs. Digits choose from when they are read: there, Tab and Esc lead to the other panes. */
import type {App} from '../app/capabilities.ts';
import {quickRanges} from '../logs/quick-ranges.ts';
import type {KeyBinding} from './binding.ts';
import {type KeyRow, keyRows} from './key-rows.ts';

export const logKeys: readonly KeyBinding<App>[] = [
	...keyRows('logs', 'look', [
		[
			'logs.filter',
			['/'],
			'Filter: text, /regex/, !without, one|other, @node',
			(app) => app.logs.openFilter(),
			['filter', 1],
		],
		['logs.search', ['s'], 'Search', (app) => app.logs.openSearch(), ['search', 2]],
		['logs.next', ['n'], 'Next hit', (app) => app.logs.searchNext(1)],
		['logs.previous', ['N'], 'Previous hit', (app) => app.logs.searchNext(-1)],
		['logs.follow', ['f'], 'Follow: stay at the newest line', (app) => app.logs.toggleFollow(), ['follow', 3]],
		['logs.line', ['enter'], 'The whole line, who said it and when', (app) => app.logs.showLine(), ['line', 8]],
		['logs.time', ['T'], 'Go to a time', (app) => app.logs.askTime(), ['go to', 12]],
	]),
	...keyRows('logs', 'look', [
		range('0', 'The last lines, as many as at the start', ['…6 since', 6]),
		...quickRanges.map(({key, title}) => range(key, `Since ${title} ago`)),
		range('6', 'All there is'),
		['logs.since', ['S'], 'Since a time: 10m, 2h, 14:05, 2026-11-21T14:05:00Z', (app) => app.logs.askSince()],
	]),
	...keyRows('logs', 'look', [
		['logs.timestamps', ['t'], 'Timestamps: off, time, full, relative', (app) => app.logs.cycleTime(), ['time', 4]],
		['logs.prefix', ['p'], 'Prefix: full, short, none', (app) => app.logs.cyclePrefix(), ['prefix', 7]],
		['logs.wrap', ['w'], 'Wrap long lines, or cut them', (app) => app.logs.toggleWrap(), ['wrap', 5]],
		[
			'logs.fields',
			['J'],
			'JSON lines as level, message and fields',
			(app) => app.logs.toggleStructured(),
			['JSON', 9],
		],
		[
			'logs.stopped',
			['h'],
			'Hide or show the lines of stopped tasks',
			(app) => app.logs.toggleStopped(),
			['stopped', 10],
		],
	]),
	...keyRows('logs', 'act', [
		['logs.mark', ['m'], 'Set a mark', (app) => app.logs.mark(), ['mark', 11]],
		['logs.copy', ['c'], 'Copy the line', (app) => app.logs.copyLine(), ['copy', 13]],
		['logs.save', ['ctrl-s'], 'Save to a file', (app) => app.logs.save(), ['save', 7]],
		['logs.clear', ['C'], 'Clear: nothing is lost, 0 to 6 read it again', (app) => app.logs.clear()],
	]),
];

function range(key: string, title: string, footer?: KeyRow[4]): KeyRow {
	const run = (app: App): void => app.logs.readRange(key);
	return footer ? [`logs.range-${key}`, [key], title, run, footer] : [`logs.range-${key}`, [key], title, run];
}
