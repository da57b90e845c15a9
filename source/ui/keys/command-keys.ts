/** The keys of custom commands: rows of the keymap like all others, made from the configuration. */
import type {CustomCommand} from '../../config/custom-command.ts';
import {everywhereScope} from '../../config/vocabulary.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {isKindId} from '../kinds/registry.ts';
import type {KeyBinding} from './binding.ts';

export function commandKeys(commands: readonly CustomCommand[]): KeyBinding<App>[] {
	return commands.flatMap((command, index) => {
		const scope = command.scope === everywhereScope || isKindId(command.scope) ? command.scope : undefined;
		return scope === undefined ? [] : [commandKey(command, scope, index)];
	});
}

function commandKey(command: CustomCommand, scope: KeyBinding<App>['scope'], index: number): KeyBinding<App> {
	return {
		// Not to be named in a keymap: the command itself says its key.
		id: `command.${index + 1}`,
		keys: [command.key],
		scope,
		group: command.changes ? 'act' : 'look',
		title: toSafeText(command.title),
		footer: {label: toSafeText(command.title), rank: 12},
		...(command.changes && {isChange: true}),
		enabled: (app) => whyNot(command, app) ?? true,
		run: (app) => app.commands.run(command),
	};
}

function whyNot({changes, title, run}: CustomCommand, app: App): SafeText | undefined {
	if (changes && app.isReadOnly) {
		return safe`Read-only mode: "${toSafeText(title)}" may change something (changes: false in the configuration says it doesn't).`;
	}
	const fields = app.commands.fieldsFor(run);
	return fields.ok ? undefined : fields.error;
}
