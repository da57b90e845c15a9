/** Builds the key rows that act on the selected object of a kind, with the questions that all of them share. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/app.ts';
import type {KeyBinding} from '../keys/binding.ts';
import type {EntityOf, KindId} from './registry.ts';

type ObjectKey<Row> = {
	readonly id: string;
	readonly keys: readonly string[];
	readonly title: string;
	readonly footer?: readonly [label: string, rank: number];
	/** Default: it is always possible. */
	readonly possible?: (row: Row, app: App) => true | SafeText;
	readonly run: (row: Row, app: App) => void;
};

/** A key that looks at the selected object. */
export function viewKey<Id extends KindId>(kind: Id, key: ObjectKey<EntityOf<Id>>): KeyBinding<App> {
	return {
		...shared(kind, key),
		group: 'look',
		enabled(app) {
			const selected = app.selected(kind);
			return selected.ok ? (key.possible?.(selected.value, app) ?? true) : selected.error;
		},
	};
}

/** A key that changes the selected object: off in read-only mode and while no engine answers. */
export function changeKey<Id extends KindId>(kind: Id, key: ObjectKey<EntityOf<Id>>): KeyBinding<App> {
	return {
		...shared(kind, key),
		group: 'act',
		isChange: true,
		enabled(app) {
			if (app.isReadOnly) return toSafeText('Read-only mode: started with --read-only, nothing is changed from here.');
			const selected = app.selected(kind);
			if (!selected.ok) return selected.error;
			const {connection} = app.cluster;
			if (connection.state === 'lost') return safe`Nothing can be changed now: ${connection.problem}`;
			return key.possible?.(selected.value, app) ?? true;
		},
	};
}

function shared<Id extends KindId>(
	kind: Id,
	key: ObjectKey<EntityOf<Id>>,
): Pick<KeyBinding<App>, 'id' | 'keys' | 'scope' | 'title' | 'footer' | 'run'> {
	return {
		id: key.id,
		keys: key.keys,
		scope: kind,
		title: toSafeText(key.title),
		...(key.footer && {footer: {label: toSafeText(key.footer[0]), rank: key.footer[1]}}),
		run(app) {
			const selected = app.selected(kind);
			if (selected.ok) key.run(selected.value, app);
			else app.say('warning', selected.error);
		},
	};
}
