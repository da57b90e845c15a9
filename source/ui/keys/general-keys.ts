/** The keys that belong to no kind of object: moving, looking, editing, the program itself. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Motion} from '../app/motion.ts';
import type {LineEditAction} from '../prompt/line-edit.ts';
import {activityKeys} from './activity-keys.ts';
import {always, type KeyBinding} from './binding.ts';
import {inspectKeys} from './inspect-keys.ts';
import {keyRows} from './key-rows.ts';
import {logKeys} from './log-keys.ts';

const move =
	(motion: Motion) =>
	(app: App): void =>
		app.top.move(motion);

/** The same motions wherever there is something to scroll. Ctrl-D is "remove" in lists, so it only pages in texts. */
function motions(scope: 'list' | 'text' | 'logs' | 'activity'): KeyBinding<App>[] {
	const halfPageDown = scope === 'list' ? [] : ['ctrl-d'];
	return keyRows(scope, 'move', [
		[`${scope}.down`, ['j', 'down'], 'Down', move({type: 'move', by: 1})],
		[`${scope}.up`, ['k', 'up'], 'Up', move({type: 'move', by: -1})],
		[`${scope}.page-down`, ['pagedown', 'ctrl-f'], 'Page down', move({type: 'page', by: 1})],
		[`${scope}.page-up`, ['pageup', 'ctrl-b'], 'Page up', move({type: 'page', by: -1})],
		...(halfPageDown.length > 0
			? [[`${scope}.half-down`, halfPageDown, 'Half a page down', move({type: 'page', by: 0.5})] as const]
			: []),
		[`${scope}.half-up`, ['ctrl-u'], 'Half a page up', move({type: 'page', by: -0.5})],
		[`${scope}.first`, ['g', 'home'], 'First', move({type: 'first'})],
		[`${scope}.last`, ['G', 'end'], 'Last', move({type: 'last'})],
	]);
}

const edit =
	(action: LineEditAction) =>
	(app: App): void =>
		app.top.edit(action);

const hasInspect = (app: App): true | SafeText => {
	if (app.navigation.focus === 'logs')
		return toSafeText('Logs have nothing to inspect: Enter shows a line, Tab goes to a list.');
	const selected = app.selection.selected(app.navigation.focus);
	return selected.ok ? true : selected.error;
};

export const generalKeys: readonly KeyBinding<App>[] = [
	...keyRows('always', 'program', [
		['program.interrupt', ['ctrl-c'], 'Quit, whatever is open', (app) => app.program.quit()],
		['program.suspend', ['ctrl-z'], 'Suspend to the shell; fg returns', (app) => app.program.suspend()],
		['program.redraw', ['ctrl-l'], 'Redraw the screen', (app) => app.program.redraw()],
	]),
	...keyRows('everywhere', 'program', [
		['program.help', ['?'], 'Help', (app) => app.texts.help(), ['help', 90]],
		[
			'program.palette',
			[':'],
			'Palette: every view, action and object by its name',
			(app) => app.prompts.openPalette(),
			['palette', 89],
		],
		['program.quit', ['q'], 'Quit', (app) => app.program.quit(), ['quit', 91]],
		[
			'program.mouse',
			['m'],
			'Mouse on or off: when off, your terminal selects text',
			(app) => app.program.toggleMouse(),
		],
		['program.refresh', ['ctrl-r', 'f5'], 'Ask the engine again at once', (app) => app.program.refresh()],
	]),
	...keyRows('everywhere', 'move', [
		['pane.next', ['tab'], 'Next pane', (app) => app.navigation.focusNext(1), ['panes', 40]],
		['pane.previous', ['shift-tab'], 'Previous pane', (app) => app.navigation.focusNext(-1)],
		['pane.nodes', ['1'], 'Nodes', (app) => app.navigation.focusOn('nodes')],
		['pane.services', ['2'], 'Services', (app) => app.navigation.focusOn('services')],
		['pane.tasks', ['3'], 'Tasks', (app) => app.navigation.focusOn('tasks')],
		['pane.logs', ['4'], 'Logs', (app) => app.navigation.focusOn('logs')],
		['view.overview', ['0'], 'Overview: is all well?', (app) => app.navigation.show('overview')],
		['view.topology', ['t'], 'Topology: every node with its tasks as blocks', (app) => app.navigation.show('topology')],
		['view.stacks', ['5'], 'Stacks', (app) => app.navigation.show('stacks')],
		['view.networks', ['6'], 'Networks', (app) => app.navigation.show('networks')],
		['view.secrets', ['7'], 'Secrets', (app) => app.navigation.show('secrets')],
		['view.configs', ['8'], 'Configs', (app) => app.navigation.show('configs')],
		['view.volumes', ['9'], 'Volumes of this engine', (app) => app.navigation.show('volumes')],
		['view.events', ['e'], 'Events as they come', (app) => app.navigation.show('events')],
		['view.contexts', ['@'], 'Contexts: other swarms', (app) => app.navigation.show('contexts')],
		['place.back', ['escape'], 'Back: out of a filter, marks, a drill, a zoom', (app) => app.navigation.back()],
	]),
	...keyRows('everywhere', 'look', [
		['pane.zoom', ['z'], 'Zoom: this pane alone, or all of them', (app) => app.navigation.toggleZoom(), ['zoom', 32]],
	]),
	...keyRows('everywhere', 'look', [
		[
			'activity.show',
			['A'],
			'Activity: what was done, and the docker commands for it',
			(app) => app.texts.showActivity(),
		],
	]),
	{
		id: 'object.inspect',
		keys: ['i'],
		scope: 'everywhere',
		group: 'look',
		title: toSafeText('Inspect: everything the engine says, as YAML'),
		footer: {label: toSafeText('inspect'), rank: 30},
		enabled: hasInspect,
		run: (app) => app.texts.inspect('yaml'),
	},
	{
		id: 'object.raw',
		keys: ['y'],
		scope: 'everywhere',
		group: 'look',
		title: toSafeText('Raw: the same as JSON'),
		enabled: hasInspect,
		run: (app) => app.texts.inspect('json'),
	},
	{
		id: 'action.undo',
		keys: ['U'],
		scope: 'everywhere',
		group: 'act',
		title: toSafeText('Undo the last action, where it can be undone'),
		isChange: true,
		enabled: (app) => (app.isReadOnly ? toSafeText('Read-only mode: there is nothing of yours to undo.') : true),
		run: (app) => app.consent.undo(),
	},
	{
		id: 'action.take-back',
		keys: ['u'],
		scope: 'message',
		group: 'act',
		title: toSafeText('Undo, for 10 s after an action that asked for no consent'),
		footer: {label: toSafeText('undo'), rank: 0},
		isChange: true,
		enabled: always,
		run: (app) => app.consent.takeOffer(),
	},
	...motions('list'),
	...keyRows('list', 'look', [
		[
			'list.filter',
			['/'],
			'Filter: words, !without, field=value, ~letters',
			(app) => app.lists.openFilter(),
			['filter', 20],
		],
		['list.sort', ['o'], 'Sort by the next column', (app) => app.lists.sortByNext(), ['sort', 31]],
		['list.reverse', ['O'], 'Reverse the order', (app) => app.lists.reverse()],
		['list.copy', ['c'], 'Copy its name, its ID or another value', (app) => app.texts.copyObject()],
		['list.wide', ['W'], 'Wide: all columns in full, or those that fit', (app) => app.lists.toggleWide()],
		['list.right', ['right'], 'To the columns further right', (app) => app.lists.scrollSideways(1)],
		['list.left', ['left'], 'Back to the columns on the left', (app) => app.lists.scrollSideways(-1)],
		[
			'list.mark',
			['space'],
			'Mark the row, or unmark it: actions are then about all that is marked',
			(app) => app.selection.toggleMark(),
			['mark', 25],
		],
		['list.mark-range', ['M', 'ctrl-space'], 'Mark from the last mark to here', (app) => app.selection.markRange()],
		['list.mark-all', ['*'], 'Mark all that the filter shows', (app) => app.selection.markAll()],
		['list.unmark-all', ['\\'], 'Unmark all', (app) => app.selection.unmarkAll()],
	]),
	...motions('logs'),
	...logKeys,
	...motions('activity'),
	...activityKeys,
	...inspectKeys,
	...motions('text'),
	...keyRows('text', 'look', [
		['text.search', ['/'], 'Search', (app) => app.texts.openSearch(), ['search', 1]],
		['text.next', ['n'], 'Next hit', (app) => app.texts.searchNext(1), ['next', 2]],
		['text.previous', ['N'], 'Previous hit', (app) => app.texts.searchNext(-1), ['previous', 3]],
		['text.copy', ['c'], 'Copy it', (app) => app.top.copy(), ['copy', 4]],
		['text.close', ['escape', 'q'], 'Close', (app) => app.top.cancel(), ['close', 90]],
	]),
	...keyRows('dialog', 'act', [
		['dialog.press', ['enter', 'space'], 'Press the button in focus', (app) => app.top.press(), ['press', 1]],
		['dialog.next', ['tab', 'right', 'down', 'l', 'j'], 'Next button', (app) => app.top.step(1), ['other button', 2]],
		['dialog.previous', ['shift-tab', 'left', 'up', 'h', 'k'], 'Previous button', (app) => app.top.step(-1)],
		[
			'dialog.topology',
			['t'],
			'See it on the topology: what stops and starts where',
			(app) => app.map.showPlan(),
			['topology', 5],
		],
		['dialog.page-down', ['pagedown', 'ctrl-f', 'ctrl-d'], 'Read on', move({type: 'page', by: 1})],
		['dialog.page-up', ['pageup', 'ctrl-b', 'ctrl-u'], 'Read back', move({type: 'page', by: -1})],
		['dialog.accept', ['y'], 'Yes', (app) => app.top.accept(), ['yes', 3]],
		['dialog.copy', ['c'], 'Copy the docker command that does the same', (app) => app.top.copy(), ['copy command', 5]],
		['dialog.cancel', ['escape', 'n', 'q'], 'Cancel', (app) => app.top.cancel(), ['cancel', 4]],
	]),
	...keyRows('chooser', 'act', [
		['chooser.press', ['enter', 'space'], 'Choose', (app) => app.top.press(), ['choose', 1]],
		['chooser.next', ['j', 'down', 'tab'], 'Next choice', (app) => app.top.step(1), ['next', 2]],
		['chooser.previous', ['k', 'up', 'shift-tab'], 'Previous choice', (app) => app.top.step(-1)],
		['chooser.cancel', ['escape', 'q'], 'Cancel', (app) => app.top.cancel(), ['cancel', 4]],
	]),
	...keyRows('prompt', 'edit', [
		['prompt.submit', ['enter'], 'Done', (app) => app.top.submit(), ['done', 1]],
		['prompt.cancel', ['escape'], 'Cancel', (app) => app.top.cancel(), ['cancel', 2]],
		['prompt.next', ['down'], 'Next suggestion; without any, what was typed later', (app) => app.top.step(1)],
		['prompt.complete', ['tab'], 'Complete a path; elsewhere the next suggestion', (app) => app.top.complete()],
		[
			'prompt.previous',
			['up', 'shift-tab'],
			'Previous suggestion; without any, what was typed before',
			(app) => app.top.step(-1),
		],
		['prompt.older', ['ctrl-p'], 'What was typed before', (app) => app.top.recall(1)],
		['prompt.newer', ['ctrl-n'], 'What was typed later', (app) => app.top.recall(-1)],
		['prompt.left', ['left', 'ctrl-b'], 'One character left', edit({type: 'left'})],
		['prompt.right', ['right', 'ctrl-f'], 'One character right', edit({type: 'right'})],
		['prompt.word-left', ['alt-b', 'ctrl-left', 'alt-left'], 'One word left', edit({type: 'wordLeft'})],
		['prompt.word-right', ['alt-f', 'ctrl-right', 'alt-right'], 'One word right', edit({type: 'wordRight'})],
		['prompt.home', ['home', 'ctrl-a'], 'To the start', edit({type: 'home'})],
		['prompt.end', ['end', 'ctrl-e'], 'To the end', edit({type: 'end'})],
		['prompt.backspace', ['backspace', 'ctrl-h'], 'Delete the character before', edit({type: 'backspace'})],
		['prompt.delete', ['delete', 'ctrl-d'], 'Delete the character after', edit({type: 'delete'})],
		['prompt.delete-word', ['ctrl-w', 'alt-backspace'], 'Delete the word before', edit({type: 'deleteWordBack'})],
		['prompt.delete-word-after', ['alt-d'], 'Delete the word after', edit({type: 'deleteWordForward'})],
		['prompt.delete-to-start', ['ctrl-u'], 'Delete to the start', edit({type: 'deleteToStart'})],
		['prompt.delete-to-end', ['ctrl-k'], 'Delete to the end', edit({type: 'deleteToEnd'})],
	]),
];
