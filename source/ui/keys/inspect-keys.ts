/** The keys of an object that is being inspected; those of every text work there too. */
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {keysOf} from './keys-of.ts';

export const inspectKeys: readonly KeyBinding<App>[] = keysOf({scope: 'inspect', group: 'look'}, [
	{
		id: 'inspect.toggle',
		keys: ['enter', 'space'],
		title: 'Fold or unfold',
		footer: {label: 'fold', rank: 5},
		run: (app) => app.inspector.toggleFold(),
	},
	{
		id: 'inspect.fold',
		keys: ['left', 'h'],
		title: 'Fold the block that holds the line',
		run: (app) => app.inspector.fold(),
	},
	{id: 'inspect.unfold', keys: ['right', 'l'], title: 'Unfold', run: (app) => app.inspector.unfold()},
	{id: 'inspect.fold-all', keys: ['-'], title: 'Fold everything', run: (app) => app.inspector.foldAll()},
	{id: 'inspect.unfold-all', keys: ['+', '='], title: 'Unfold everything', run: (app) => app.inspector.unfoldAll()},
	{
		id: 'inspect.format',
		keys: ['y'],
		title: 'YAML or JSON',
		footer: {label: 'YAML/JSON', rank: 6},
		run: (app) => app.inspector.toggleFormat(),
	},
	{
		id: 'inspect.diff',
		keys: ['d'],
		title: 'What the last update changed in the spec',
		footer: {label: 'diff', rank: 7},
		run: (app) => app.inspector.toggleDiff(),
	},
	{
		id: 'inspect.copy',
		keys: ['c'],
		title: 'Copy the value',
		footer: {label: 'copy', rank: 8},
		run: (app) => app.inspector.copyValue(),
	},
	{
		id: 'inspect.copy-path',
		keys: ['p'],
		title: 'Copy the path, as jq has it',
		footer: {label: 'path', rank: 9},
		run: (app) => app.inspector.copyPath(),
	},
]);
