/** The keys of the activity view: about the item under the cursor. */
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {ActivityAnswer, App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {type KeyEntry, keysOf} from './keys-of.ts';
import {motions} from './motion-keys.ts';

export const activityKeys: readonly KeyBinding<App>[] = [
	...motions('activity'),
	...keysOf({scope: 'activity', group: 'look'}, [
		{
			id: 'activity.copy',
			keys: ['c'],
			title: 'Copy the docker command that does the same',
			footer: {label: 'copy', rank: 1},
			run: (app) => app.activity.copy(),
		},
		{
			id: 'activity.open',
			keys: ['enter'],
			title: 'Go to the object in its list',
			footer: {label: 'go to it', rank: 2},
			run: (app) => app.activity.open(),
		},
	]),
	...keysOf({scope: 'activity', group: 'act'}, [
		answerKey('rest', {
			key: 'r',
			title: 'Continue with the rest of a batch',
			label: 'go on',
			otherwise: 'nothing of a batch is left to do',
		}),
		answerKey('continue', {
			key: 'C',
			title: 'Continue an update that is paused',
			label: 'continue',
			otherwise: 'no update is paused',
		}),
		answerKey('rollback', {
			key: 'b',
			title: 'Roll back an update that is paused',
			label: 'roll back',
			otherwise: 'no update is paused',
		}),
		answerKey('undo', {key: 'U', title: 'Undo it', label: 'undo', otherwise: 'there is nothing to undo'}),
	]),
	...keysOf({scope: 'activity', group: 'look'}, [
		{
			id: 'activity.close',
			keys: ['escape', 'q', 'A'],
			title: 'Close',
			footer: {label: 'close', rank: 90},
			run: (app) => app.top.cancel(),
		},
	]),
];

type Answer = {
	readonly key: string;
	readonly title: string;
	readonly label: string;
	/** Why there is nothing of the kind. */
	readonly otherwise: string;
};

function answerKey(to: ActivityAnswer, {key, title, label, otherwise}: Answer): KeyEntry {
	return {
		id: `activity.${to}`,
		keys: [key],
		title,
		footer: {label, rank: 3},
		isChange: true,
		enabled(app) {
			if (app.isReadOnly) return readOnly;
			return app.activity.answer(to) ? true : safe`Not here: ${toSafeText(otherwise)}.`;
		},
		run: (app) => app.activity.ask(to),
	};
}
