/** Enter in lists: made from the registry, so that a kind only says where it leads. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindIds, kindOf} from '../kinds/registry.ts';
import type {KeyBinding, KeyScope} from './binding.ts';

/** Kinds with an Enter of their own are left alone. */
export const listKeys: readonly KeyBinding<App>[] = kindIds
	.filter((id) => !kindOf(id).keys.some(({keys}) => keys.includes('enter')))
	.map(enterKey);

function enterKey(id: KindId): KeyBinding<App> {
	const kind = kindOf(id);
	if (kind.tasksOf) return drillKey(id, 'tasks', safe`Tasks of the ${kind.singular}`, drillToTasks);
	if (kind.servicesOf) return drillKey(id, 'services', servicesTitle(id, kind.singular), drillToServices);
	return drillKey(id, 'inspect', safe`Inspect the ${kind.singular}`, (app) => app.texts.inspect('yaml'));
}

function servicesTitle(id: KindId, singular: SafeText): SafeText {
	return id === 'stacks' ? safe`Services of the ${singular}` : safe`Services that use the ${singular}`;
}

function drillToTasks(app: App, id: KindId): void {
	const selected = app.selection.selected(id);
	const tasks = selected.ok ? kindOf(id).tasksOf?.(selected.value) : undefined;
	if (tasks) app.navigation.drillTo(tasks);
}

function drillToServices(app: App, id: KindId): void {
	const selected = app.selection.selected(id);
	const services = selected.ok ? kindOf(id).servicesOf?.(selected.value) : undefined;
	if (services) app.navigation.drillToServices(services);
}

function drillKey(id: KindId, to: string, title: SafeText, run: (app: App, id: KindId) => void): KeyBinding<App> {
	return {
		id: `${id}.${to}`,
		keys: ['enter'],
		scope: id satisfies KeyScope,
		group: 'look',
		title,
		footer: {label: toSafeText(to), rank: 10},
		enabled(app) {
			const selected = app.selection.selected(id);
			return selected.ok ? true : selected.error;
		},
		run: (app) => run(app, id),
	};
}
