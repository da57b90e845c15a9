/** The keys of a form. Where a text is in focus, what is bound neither here nor in prompts is typed. */
import {toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {keysOf} from './keys-of.ts';

const hasEditor = ({forms}: App) => forms.canEdit || toSafeText("This form can't be continued in an editor.");
const page = 8;

export const formKeys: readonly KeyBinding<App>[] = [
	...keysOf({scope: 'form', group: 'edit'}, [
		{
			id: 'form.enter',
			keys: ['enter'],
			title: 'Next line; on the last one go on to the plan',
			footer: {label: 'next', rank: 1},
			run: (app) => app.forms.enter(),
		},
		{
			id: 'form.submit',
			keys: ['ctrl-s'],
			title: 'Go on to the plan, from anywhere',
			footer: {label: 'done', rank: 2},
			run: (app) => app.forms.submit(),
		},
		{
			id: 'form.cancel',
			keys: ['escape'],
			title: 'Leave the form',
			footer: {label: 'leave', rank: 3},
			run: (app) => app.forms.cancel(),
		},
		{
			id: 'form.editor',
			keys: ['alt-e'],
			title: 'Continue in your editor, as YAML',
			footer: {label: 'editor', rank: 4},
			enabled: hasEditor,
			run: (app) => app.forms.openEditor(),
		},
		{
			id: 'form.next',
			keys: ['tab'],
			title: 'Complete the name; else the next field',
			footer: {label: 'complete, next field', rank: 5},
			run: (app) => app.forms.next(),
		},
		{id: 'form.previous', keys: ['shift-tab'], title: 'Previous field', run: (app) => app.forms.previous()},
		{id: 'form.down', keys: ['down', 'ctrl-n'], title: 'Line below', run: (app) => app.forms.step(1)},
		{id: 'form.up', keys: ['up', 'ctrl-p'], title: 'Line above', run: (app) => app.forms.step(-1)},
		{id: 'form.page-down', keys: ['pagedown'], title: 'Some lines down', run: (app) => app.forms.step(page)},
		{id: 'form.page-up', keys: ['pageup'], title: 'Some lines up', run: (app) => app.forms.step(-page)},
	]),
	...keysOf({scope: 'formChoice', group: 'edit'}, [
		{
			id: 'formChoice.next',
			keys: ['space', 'right', 'l'],
			title: 'Next of what can be chosen',
			footer: {label: 'other', rank: 2},
			run: (app) => app.forms.turn(1),
		},
		{
			id: 'formChoice.previous',
			keys: ['left', 'h'],
			title: 'Previous of what can be chosen',
			run: (app) => app.forms.turn(-1),
		},
		{id: 'formChoice.down', keys: ['j'], title: 'Line below', run: (app) => app.forms.step(1)},
		{id: 'formChoice.up', keys: ['k'], title: 'Line above', run: (app) => app.forms.step(-1)},
		{
			id: 'formChoice.editor',
			keys: ['E'],
			title: 'Continue in your editor, as YAML',
			enabled: hasEditor,
			run: (app) => app.forms.openEditor(),
		},
	]),
];
