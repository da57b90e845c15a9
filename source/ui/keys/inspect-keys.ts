/** The keys of an object that is being inspected; those of every text work there too. */
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {keyRows} from './key-rows.ts';

export const inspectKeys: readonly KeyBinding<App>[] = keyRows('inspect', 'look', [
	['inspect.toggle', ['enter', 'space'], 'Fold or unfold', (app) => app.inspector.toggleFold(), ['fold', 5]],
	['inspect.fold', ['left', 'h'], 'Fold the block that holds the line', (app) => app.inspector.fold()],
	['inspect.unfold', ['right', 'l'], 'Unfold', (app) => app.inspector.unfold()],
	['inspect.fold-all', ['-'], 'Fold everything', (app) => app.inspector.foldAll()],
	['inspect.unfold-all', ['+', '='], 'Unfold everything', (app) => app.inspector.unfoldAll()],
	['inspect.format', ['y'], 'YAML or JSON', (app) => app.inspector.toggleFormat(), ['YAML/JSON', 6]],
	['inspect.diff', ['d'], 'What the last update changed in the spec', (app) => app.inspector.toggleDiff(), ['diff', 7]],
	['inspect.copy', ['c'], 'Copy the value', (app) => app.inspector.copyValue(), ['copy', 8]],
	['inspect.copy-path', ['p'], 'Copy the path, as jq has it', (app) => app.inspector.copyPath(), ['path', 9]],
]);
