/** Enter in the lists that lead to tasks: made from the registry, so that a kind only says what its tasks are. */
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/app.ts';
import {type KindId, kindIds, kindOf} from '../registry/registry.ts';
import type {KeyBinding, KeyScope} from './binding.ts';

export const listKeys: readonly KeyBinding<App>[] = kindIds.filter((id) => kindOf(id).tasksOf).map(drillKey);

function drillKey(id: KindId): KeyBinding<App> {
	const kind = kindOf(id);
	return {
		id: `${id}.tasks`,
		keys: ['enter'],
		scope: id satisfies KeyScope,
		group: 'look',
		title: safe`Tasks of the ${kind.singular}`,
		footer: {label: toSafeText('tasks'), rank: 10},
		enabled(app) {
			const selected = app.selected(id);
			return selected.ok ? true : selected.error;
		},
		run(app) {
			const selected = app.selected(id);
			const tasks = selected.ok ? kind.tasksOf?.(selected.value) : undefined;
			if (tasks) app.drillTo(tasks);
		},
	};
}
