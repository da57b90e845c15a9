/** The key that removes what lists of networks, secrets, configs and volumes show. */
import type {Intent} from '../../cluster/intent.ts';
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from '../keys/binding.ts';
import {keysOf} from '../keys/keys-of.ts';
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

/**
 * The key that removes all of a kind that no service uses, under one plan that names them.
 * @param isUnused what may go: nobody uses it, and the swarm does not need it for itself
 */
export function pruneKey<Id extends KindId>(
	kind: Id,
	{
		of,
		isForGood,
		rows,
		isUnused,
		intent,
	}: {
		of: string;
		isForGood: boolean;
		rows: (app: App) => Iterable<EntityOf<Id>>;
		isUnused: (row: EntityOf<Id>) => boolean;
		intent: (row: EntityOf<Id>) => Intent;
	},
): KeyBinding<App>[] {
	const unused = (app: App): EntityOf<Id>[] => [...rows(app)].filter(isUnused);
	return keysOf({scope: kind, group: 'act'}, [
		{
			id: `${of}.prune`,
			keys: ['P'],
			title: 'Prune: remove all that no service uses',
			isChange: true,
			enabled(app) {
				if (app.isReadOnly) return readOnly;
				const {connection, freshness} = app.cluster;
				if (connection.state === 'lost') return safe`Nothing can be changed now: ${connection.problem}`;
				if (freshness.services.fetchedAt === undefined)
					return toSafeText('The services are not known yet: one may use it.');
				return unused(app).length > 0 || safe`A service uses every ${toSafeText(of)} here.`;
			},
			run: (app) =>
				askForAll(unused(app), app, {verb: 'Remove', of, rest: ' that nothing uses', word: isForGood, intent}),
		},
	]);
}
