/** The keys of the activity view: about the item under the cursor. */
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {ActivityAnswer, App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {keyRows} from './key-rows.ts';

export const activityKeys: readonly KeyBinding<App>[] = [
	...keyRows('activity', 'look', [
		['activity.copy', ['c'], 'Copy the docker command that does the same', (app) => app.activity.copy(), ['copy', 1]],
		['activity.open', ['enter'], 'Go to the object in its list', (app) => app.activity.open(), ['go to it', 2]],
	]),
	answer('rest', 'r', 'Go on with what is left of a batch', 'go on', 'nothing of a batch is left to do'),
	answer('continue', 'C', 'Continue an update that is paused', 'continue', 'no update is paused'),
	answer('rollback', 'b', 'Roll back an update that is paused', 'roll back', 'no update is paused'),
	answer('undo', 'u', 'Undo it', 'undo', 'there is nothing to undo'),
	...keyRows('activity', 'look', [
		['activity.close', ['escape', 'q', 'A'], 'Close', (app) => app.top.cancel(), ['close', 90]],
	]),
];

function answer(to: ActivityAnswer, key: string, title: string, label: string, otherwise: string): KeyBinding<App> {
	return {
		id: `activity.${to}`,
		keys: [key],
		scope: 'activity',
		group: 'act',
		title: toSafeText(title),
		footer: {label: toSafeText(label), rank: 3},
		isChange: true,
		enabled(app) {
			if (app.isReadOnly) return toSafeText('Read-only mode: nothing is changed from here.');
			return app.activity.answer(to) ? true : safe`Not here: ${toSafeText(otherwise)}.`;
		},
		run: (app) => app.activity.ask(to),
	};
}
