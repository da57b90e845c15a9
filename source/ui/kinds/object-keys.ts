/** Builds the key rows that act on the selected object of a kind, with the questions that all of them share. */

import type {Intent} from '../../cluster/intent.ts';
import {batchOf} from '../../cluster/pipeline/batch-of.ts';
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from '../keys/binding.ts';
import {type KeyWords, wordsOf} from '../keys/keys-of.ts';
import type {EntityOf, KindId} from './kind-id.ts';

type ObjectKey<Row> = KeyWords & {
	/** The object is in a state that asks for this key: it then stands first in the footer. */
	readonly isWanted?: (row: Row) => boolean;
	/** Default: it is always possible. */
	readonly possible?: (row: Row, app: App) => true | SafeText;
	readonly run: (row: Row, app: App) => void;
	/** The same for all that is marked, under one plan. Without it the key is for one object at a time. */
	readonly runAll?: (rows: readonly Row[], app: App) => void;
};

/** A key that looks at the selected object. */
export function viewKey<Id extends KindId>(kind: Id, key: ObjectKey<EntityOf<Id>>): KeyBinding<App> {
	return {
		...shared(kind, key),
		group: 'look',
		enabled(app) {
			const selected = app.selection.selected(kind);
			return selected.ok ? (key.possible?.(selected.value, app) ?? true) : selected.error;
		},
	};
}

/** A key that changes what is marked, or the selected object: off in read-only mode and while no engine answers. */
export function changeKey<Id extends KindId>(kind: Id, key: ObjectKey<EntityOf<Id>>): KeyBinding<App> {
	return {
		...shared(kind, key),
		group: 'act',
		isChange: true,
		enabled(app) {
			if (app.isReadOnly) return readOnly;
			const targets = app.selection.targets(kind);
			if (!targets.ok) return targets.error;
			const {connection} = app.cluster;
			if (connection.state === 'lost') return safe`Nothing can be changed now: ${connection.problem}`;
			if (targets.value.length > 1 && !key.runAll)
				return safe`${targets.value.length} are marked, and this is for one at a time: ${app.keymap.keyOf('list.unmark-all')} unmarks them.`;
			// What can't be done to some of them, their plan says.
			const answers = targets.value.map((row) => key.possible?.(row, app) ?? true);
			return answers.includes(true) ? true : (answers[0] ?? true);
		},
		run(app) {
			const targets = app.selection.targets(kind);
			if (!targets.ok) {
				app.messages.say('warning', targets.error);
				return;
			}
			const [row, ...others] = targets.value;
			if (row && others.length === 0) key.run(row, app);
			else key.runAll?.(targets.value, app);
		},
	};
}

/** Asks for one intent for each of the rows, under one plan: `Restart 3 services`. */
export function askForAll<Row>(
	rows: readonly Row[],
	app: App,
	{
		verb,
		of,
		rest = '',
		word,
		intent,
	}: {
		readonly verb: string;
		/** `service`. */
		readonly of: string;
		/** Behind the number: ` to 5`. */
		readonly rest?: string;
		/** They must be counted out loud: what can't be taken back. */
		readonly word?: boolean;
		readonly intent: (row: Row) => Intent;
	},
): void {
	const count = plural(rows.length, of);
	const title = safe`${toSafeText(verb)} ${count}${toSafeText(rest)}`;
	app.consent.propose(batchOf(rows.map(intent), {title, verb, ...(word && {word: count})}));
}

function shared<Id extends KindId>(
	kind: Id,
	key: ObjectKey<EntityOf<Id>>,
): Pick<KeyBinding<App>, 'id' | 'keys' | 'scope' | 'title' | 'footer' | 'isWanted' | 'run'> {
	const {isWanted} = key;
	return {
		...(isWanted && {
			isWanted(app: App) {
				const selected = app.selection.selected(kind);
				return selected.ok && isWanted(selected.value);
			},
		}),
		...wordsOf(key),
		scope: kind,
		run(app) {
			const selected = app.selection.selected(kind);
			if (selected.ok) key.run(selected.value, app);
			else app.messages.say('warning', selected.error);
		},
	};
}
