/** The keys of what asks for an answer: dialogs and choosers. */
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {keysOf} from './keys-of.ts';
import {move} from './motion-keys.ts';

export const dialogKeys: readonly KeyBinding<App>[] = [
	...keysOf({scope: 'dialog', group: 'act'}, [
		{
			id: 'dialog.press',
			keys: ['enter', 'space'],
			title: 'Press the button in focus',
			footer: {label: 'press', rank: 1},
			run: (app) => app.top.press(),
		},
		{
			id: 'dialog.next',
			keys: ['tab', 'right', 'down', 'l', 'j'],
			title: 'Next button',
			footer: {label: 'other button', rank: 2},
			run: (app) => app.top.step(1),
		},
		{
			id: 'dialog.previous',
			keys: ['shift-tab', 'left', 'up', 'h', 'k'],
			title: 'Previous button',
			run: (app) => app.top.step(-1),
		},
		{
			id: 'dialog.topology',
			keys: ['t'],
			title: 'See it on the topology: what stops and starts where',
			footer: {label: 'topology', rank: 5},
			run: (app) => app.map.showPlan(),
		},
		{
			id: 'dialog.page-down',
			keys: ['pagedown', 'ctrl-f', 'ctrl-d'],
			title: 'Read on',
			run: move({type: 'page', by: 1}),
		},
		{id: 'dialog.page-up', keys: ['pageup', 'ctrl-b', 'ctrl-u'], title: 'Read back', run: move({type: 'page', by: -1})},
		{id: 'dialog.accept', keys: ['y'], title: 'Yes', footer: {label: 'yes', rank: 3}, run: (app) => app.top.accept()},
		{
			id: 'dialog.copy',
			keys: ['c'],
			title: 'Copy the docker command that does the same',
			footer: {label: 'copy command', rank: 5},
			run: (app) => app.top.copy(),
		},
		{
			id: 'dialog.cancel',
			keys: ['escape', 'n', 'q'],
			title: 'Cancel',
			footer: {label: 'cancel', rank: 4},
			run: (app) => app.top.cancel(),
		},
	]),
	...keysOf({scope: 'chooser', group: 'act'}, [
		{
			id: 'chooser.press',
			keys: ['enter', 'space'],
			title: 'Choose',
			footer: {label: 'choose', rank: 1},
			run: (app) => app.top.press(),
		},
		{
			id: 'chooser.next',
			keys: ['j', 'down', 'tab'],
			title: 'Next choice',
			footer: {label: 'next', rank: 2},
			run: (app) => app.top.step(1),
		},
		{id: 'chooser.previous', keys: ['k', 'up', 'shift-tab'], title: 'Previous choice', run: (app) => app.top.step(-1)},
		{
			id: 'chooser.cancel',
			keys: ['escape', 'q'],
			title: 'Cancel',
			footer: {label: 'cancel', rank: 4},
			run: (app) => app.top.cancel(),
		},
	]),
];
