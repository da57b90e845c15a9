/** The key that removes what lists of networks, secrets, configs and volumes show. */
import type {Intent} from '../../cluster/intent.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from '../keys/binding.ts';
import type {EntityOf, KindId} from './kind-id.ts';
import {askForAll, changeKey} from './object-keys.ts';

/**
 * @param of what one of them is called: `secret`
 * @param isForGood several are counted out loud, because nothing brings them back
 */
export function removalKey<Id extends KindId>(
	kind: Id,
	{of, isForGood, intent}: {of: string; isForGood: boolean; intent: (row: EntityOf<Id>) => Intent},
): KeyBinding<App> {
	return changeKey(kind, {
		id: `${of}.remove`,
		keys: ['x', 'ctrl-d'],
		title: 'Remove',
		footer: {label: 'remove', rank: 5},
		run: (row, app) => app.consent.ask(intent(row)),
		runAll: (rows, app) => askForAll(rows, app, {verb: 'Remove', of, word: isForGood, intent}),
	});
}
