/** The key that shows the logs of what is selected in a list, or of all that is marked, as one. */
import {count} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from '../keys/binding.ts';
import {type LogTarget, severalTargets} from '../logs/log-feed.ts';
import {previousContainer} from '../logs/previous-container.ts';
import type {EntityOf, KindId} from './kind-id.ts';

type LogsKey<Row> = {
	/** `service.logs`. */
	readonly id: string;
	readonly title: string;
	/** Where among the footer's hints it stands. */
	readonly rank: number;
	readonly targetOf: (row: Row) => LogTarget;
	/** Why one has none; default: all have. Of several marked ones, those that have are shown. */
	readonly possible?: (row: Row) => true | SafeText;
};

export function logsKey<Id extends KindId>(
	kind: Id,
	{id, title, rank, targetOf, possible = () => true}: LogsKey<EntityOf<Id>>,
): KeyBinding<App> {
	return {
		id,
		keys: ['l'],
		scope: kind,
		title: toSafeText(title),
		footer: {label: toSafeText('logs'), rank},
		group: 'look',
		enabled(app) {
			const targets = app.selection.targets(kind);
			if (!targets.ok) return targets.error;
			const answers = targets.value.map(possible);
			return answers.includes(true) || (answers[0] ?? true);
		},
		run(app) {
			const targets = app.selection.targets(kind);
			if (!targets.ok) return app.messages.say('warning', targets.error);
			const parts = targets.value.filter((row) => possible(row) === true).map(targetOf);
			const [first, second] = parts;
			if (first) app.navigation.showLogs(second ? severalTargets(parts, nameOf(parts, kind)) : first);
		},
	};
}

/** The key that shows the logs of the container that ended last before what is selected. */
export function previousLogsKey<Id extends KindId>(
	kind: Id,
	{
		id,
		targetOf,
		isWanted,
	}: {
		readonly id: string;
		readonly targetOf: (row: EntityOf<Id>) => LogTarget;
		readonly isWanted: (row: EntityOf<Id>) => boolean;
	},
): KeyBinding<App> {
	return {
		id,
		keys: ['p'],
		scope: kind,
		title: toSafeText('Previous container: its logs, to the last line'),
		footer: {label: toSafeText('container before'), rank: 28},
		group: 'look',
		isWanted(app) {
			const selected = app.selection.selected(kind);
			return selected.ok && isWanted(selected.value);
		},
		enabled(app) {
			const selected = app.selection.selected(kind);
			if (!selected.ok) return selected.error;
			const previous = previousContainer(targetOf(selected.value), app.cluster);
			return previous.ok ? true : previous.error;
		},
		run(app) {
			const selected = app.selection.selected(kind);
			if (selected.ok) app.navigation.showPreviousLogs(targetOf(selected.value));
		},
	};
}

/** More names than this would fill the pane's title. */
const mostNames = 3;

function nameOf(parts: readonly LogTarget[], kind: KindId): SafeText {
	const names = parts.map(({name}) => name);
	return parts.length <= mostNames ? joinSafe(names, ', ') : safe`${count(parts.length)} ${toSafeText(kind)}`;
}
