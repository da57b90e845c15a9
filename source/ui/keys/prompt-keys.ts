/** The keys of a prompt: what is not bound here is typed. */
import type {App} from '../app/capabilities.ts';
import type {LineEditAction} from '../prompt/line-edit.ts';
import type {KeyBinding} from './binding.ts';
import {keysOf} from './keys-of.ts';

const edit =
	(action: LineEditAction) =>
	(app: App): void =>
		app.top.edit(action);

export const promptKeys: readonly KeyBinding<App>[] = keysOf({scope: 'prompt', group: 'edit'}, [
	{
		id: 'prompt.submit',
		keys: ['enter'],
		title: 'Done',
		footer: {label: 'done', rank: 1},
		run: (app) => app.top.submit(),
	},
	{
		id: 'prompt.cancel',
		keys: ['escape'],
		title: 'Cancel',
		footer: {label: 'cancel', rank: 2},
		run: (app) => app.top.cancel(),
	},
	{
		id: 'prompt.next',
		keys: ['down'],
		title: 'Next suggestion; without any, what was typed later',
		run: (app) => app.top.step(1),
	},
	{
		id: 'prompt.complete',
		keys: ['tab'],
		title: 'Complete a path; elsewhere the next suggestion',
		run: (app) => app.top.complete(),
	},
	{
		id: 'prompt.previous',
		keys: ['up', 'shift-tab'],
		title: 'Previous suggestion; without any, what was typed before',
		run: (app) => app.top.step(-1),
	},
	{id: 'prompt.older', keys: ['ctrl-p'], title: 'What was typed before', run: (app) => app.top.recall(1)},
	{id: 'prompt.newer', keys: ['ctrl-n'], title: 'What was typed later', run: (app) => app.top.recall(-1)},
	{id: 'prompt.left', keys: ['left', 'ctrl-b'], title: 'One character left', run: edit({type: 'left'})},
	{id: 'prompt.right', keys: ['right', 'ctrl-f'], title: 'One character right', run: edit({type: 'right'})},
	{
		id: 'prompt.word-left',
		keys: ['alt-b', 'ctrl-left', 'alt-left'],
		title: 'One word left',
		run: edit({type: 'wordLeft'}),
	},
	{
		id: 'prompt.word-right',
		keys: ['alt-f', 'ctrl-right', 'alt-right'],
		title: 'One word right',
		run: edit({type: 'wordRight'}),
	},
	{id: 'prompt.home', keys: ['home', 'ctrl-a'], title: 'To the start', run: edit({type: 'home'})},
	{id: 'prompt.end', keys: ['end', 'ctrl-e'], title: 'To the end', run: edit({type: 'end'})},
	{
		id: 'prompt.backspace',
		keys: ['backspace', 'ctrl-h'],
		title: 'Delete the character before',
		run: edit({type: 'backspace'}),
	},
	{id: 'prompt.delete', keys: ['delete', 'ctrl-d'], title: 'Delete the character after', run: edit({type: 'delete'})},
	{
		id: 'prompt.delete-word',
		keys: ['ctrl-w', 'alt-backspace'],
		title: 'Delete the word before',
		run: edit({type: 'deleteWordBack'}),
	},
	{
		id: 'prompt.delete-word-after',
		keys: ['alt-d'],
		title: 'Delete the word after',
		run: edit({type: 'deleteWordForward'}),
	},
	{id: 'prompt.delete-to-start', keys: ['ctrl-u'], title: 'Delete to the start', run: edit({type: 'deleteToStart'})},
	{id: 'prompt.delete-to-end', keys: ['ctrl-k'], title: 'Delete to the end', run: edit({type: 'deleteToEnd'})},
]);
