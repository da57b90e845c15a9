/** The keys that work everywhere: other panes and views, looking at objects, undoing, the program itself. */
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindIds, kindOf} from '../kinds/registry.ts';
import {isView} from '../layout/pane.ts';
import type {KeyBinding} from './binding.ts';
import {type KeyEntry, keysOf} from './keys-of.ts';

const hasInspect = (app: App): true | SafeText => {
	if (app.navigation.focus === 'logs') {
		const [line, next] = [app.keymap.keyOf('logs.line'), app.keymap.keyOf('pane.next')];
		return safe`Logs have nothing to inspect: ${line} shows a line, ${next} goes to a list.`;
	}
	const selected = app.selection.selected(app.navigation.focus);
	return selected.ok ? true : selected.error;
};

/** To a kind's list: every kind says by which key. */
const keyTo = (id: KindId): KeyEntry => ({
	id: isView(id) ? `view.${id}` : `pane.${id}`,
	...kindOf(id).openedBy,
	run: (app) => app.navigation.show(id),
});
/** A view has the whole screen already. */
const isBesideOthers = (app: App): true | SafeText => {
	const {focus} = app.navigation;
	return (
		!isView(focus) || safe`${toSafeText(focus)} has the whole screen; ${app.keymap.keyOf('program.quit')} closes it.`
	);
};

const isSimulated = (app: App): true | SafeText =>
	app.simulator.isThere ||
	toSafeText(
		'This swarm is not known to be simulated, so nothing can be broken here. swarmtop --demo starts one that is.',
	);

export const generalKeys: readonly KeyBinding<App>[] = [
	...keysOf({scope: 'always', group: 'program'}, [
		{id: 'program.interrupt', keys: ['ctrl-c'], title: 'Quit, whatever is open', run: (app) => app.program.quit()},
		{
			id: 'program.suspend',
			keys: ['ctrl-z'],
			title: 'Suspend to the shell; fg returns',
			run: (app) => app.program.suspend(),
		},
		{id: 'program.redraw', keys: ['ctrl-l'], title: 'Redraw the screen', run: (app) => app.program.redraw()},
	]),
	...keysOf({scope: 'everywhere', group: 'program'}, [
		{id: 'program.help', keys: ['?'], title: 'Help', footer: {label: 'help', rank: 90}, run: (app) => app.texts.help()},
		{
			id: 'program.palette',
			keys: [':'],
			title: 'Palette: every view, action and object by its name',
			footer: {label: 'palette', rank: 89},
			run: (app) => app.prompts.openPalette(),
		},
		{
			id: 'program.quit',
			keys: ['q'],
			title: 'Close what is open: a zoom, an opened object, a view, logs; with nothing open, quit',
			footer: {label: 'quit', rank: 91},
			run: (app) => app.navigation.closeOrQuit(),
		},
		{
			id: 'program.mouse',
			keys: ['m'],
			title: 'Mouse on or off: when off, your terminal selects text',
			run: (app) => app.program.toggleMouse(),
		},
		{
			id: 'program.refresh',
			keys: ['ctrl-r', 'f5'],
			title: 'Ask the engine again at once',
			run: (app) => app.program.refresh(),
		},
	]),
	...keysOf({scope: 'guide', group: 'program'}, [
		{id: 'help.tour', keys: ['f1'], title: 'Tour: swarm mode on the demo swarm', run: (app) => app.texts.showTour()},
		{
			id: 'help.words',
			keys: ['f2'],
			title: 'Words: what service, task, slot, drain, quorum … mean',
			run: (app) => app.texts.showWords(),
		},
		{
			id: 'simulator.break',
			keys: ['f3'],
			title: 'Break something: kill a task, stop a node … (simulated swarms only)',
			enabled: isSimulated,
			run: (app) => app.simulator.openMenu(),
		},
		{
			id: 'program.docker',
			keys: ['f4'],
			title: 'Docker: the lines that point the docker CLI at this swarm, to copy',
			run: (app) => app.texts.showDocker(),
		},
		{
			id: 'simulator.hide',
			keys: ['f9'],
			title: 'Hide the strip of the demo',
			enabled: isSimulated,
			run: (app) => app.program.hideStrip(),
		},
	]),
	...keysOf({scope: 'everywhere', group: 'move'}, [
		{
			id: 'pane.next',
			keys: ['tab'],
			title: 'Next pane; in the logs first why, spec, tasks',
			footer: {label: 'panes', rank: 40},
			run: (app) => app.navigation.focusNext(1),
		},
		{
			id: 'pane.previous',
			keys: ['shift-tab'],
			title: 'Previous pane, the same way back',
			run: (app) => app.navigation.focusNext(-1),
		},
		...kindIds.filter((id) => !isView(id)).map(keyTo),
		{id: 'pane.logs', keys: ['4'], title: 'Logs', run: (app) => app.navigation.focusOn('logs')},
		...kindIds.filter(isView).map(keyTo),
		{
			id: 'place.back',
			keys: ['escape'],
			title: 'Back: out of a filter, marks, an opened object, a zoom',
			run: (app) => app.navigation.back(),
		},
		{
			id: 'place.last',
			keys: ['-'],
			title: 'Last view: where you were before, and back again',
			run: (app) => app.navigation.goToLast(),
		},
		{
			id: 'place.backward',
			keys: ['['],
			title: 'Back through the places you have visited',
			run: (app) => app.navigation.goBackward(),
		},
		{
			id: 'place.forward',
			keys: [']'],
			title: 'Forward through them again',
			run: (app) => app.navigation.goForward(),
		},
	]),
	...keysOf({scope: 'everywhere', group: 'look'}, [
		{
			id: 'pane.zoom',
			keys: ['z'],
			title: 'Zoom: this pane alone, or all of them',
			footer: {label: 'zoom', rank: 32},
			enabled: isBesideOthers,
			run: (app) => app.navigation.toggleZoom(),
		},
		{
			id: 'activity.show',
			keys: ['A'],
			title: 'Activity: what was done, and the docker commands for it',
			run: (app) => app.texts.showActivity(),
		},
		{
			id: 'object.inspect',
			keys: ['i'],
			title: 'Inspect: everything the engine says, as YAML',
			footer: {label: 'inspect', rank: 30},
			enabled: hasInspect,
			run: (app) => app.texts.inspect('yaml'),
		},
		{
			id: 'object.raw',
			keys: ['y'],
			title: 'Raw: the same as JSON',
			enabled: hasInspect,
			run: (app) => app.texts.inspect('json'),
		},
	]),
	...keysOf({scope: 'everywhere', group: 'act'}, [
		{
			id: 'action.undo',
			keys: ['U'],
			title: 'Undo the last action, where it can be undone',
			footer: {label: 'undo', rank: 88},
			isWanted: (app) => app.consent.isOffering,
			isChange: true,
			enabled: (app) => (app.isReadOnly ? readOnly : true),
			run: (app) => app.consent.undo(),
		},
	]),
];
