/** The keys of every list, and Enter, which is made from the registry: a kind only says where it leads. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindIds, kindOf} from '../kinds/registry.ts';
import type {KeyBinding, KeyScope} from './binding.ts';
import {keysOf} from './keys-of.ts';
import {motions} from './motion-keys.ts';

export const listKeys: readonly KeyBinding<App>[] = [
	...motions('list'),
	...keysOf({scope: 'list', group: 'look'}, [
		{
			id: 'list.filter',
			keys: ['/'],
			title: 'Filter: words, !without, field=value, ~letters',
			footer: {label: 'filter', rank: 20},
			run: (app) => app.lists.openFilter(),
		},
		{
			id: 'list.trouble',
			keys: ['!'],
			title: 'Show only what is in trouble, or everything again',
			footer: {label: 'in trouble', rank: 26},
			run: (app) => app.lists.toggleTrouble(),
		},
		{
			id: 'list.describe',
			keys: ['d'],
			title: 'Describe it in words; where there are none, everything as YAML',
			footer: {label: 'describe', rank: 29},
			enabled: hasSelection,
			run: (app) => app.texts.describe(),
		},
		{
			id: 'list.usage',
			keys: ['%'],
			title: 'Usage of the last 15 minutes: CPU and memory',
			enabled: hasUsage,
			run: (app) => app.texts.showUsage(),
		},
		{
			id: 'list.sort',
			keys: ['o'],
			title: 'Sort by the next column',
			footer: {label: 'sort', rank: 31},
			run: (app) => app.lists.sortByNext(),
		},
		{id: 'list.reverse', keys: ['O'], title: 'Reverse the order', run: (app) => app.lists.reverse()},
		{
			id: 'list.copy',
			keys: ['c'],
			title: 'Copy its name, its ID or another value',
			run: (app) => app.texts.copyObject(),
		},
		{
			id: 'list.wide',
			keys: ['W'],
			title: 'Wide: all columns in full, or those that fit',
			run: (app) => app.lists.toggleWide(),
		},
		{
			id: 'list.right',
			keys: ['right'],
			title: 'To the columns further right',
			run: (app) => app.lists.scrollSideways(1),
		},
		{
			id: 'list.left',
			keys: ['left'],
			title: 'Back to the columns on the left',
			run: (app) => app.lists.scrollSideways(-1),
		},
		{
			id: 'list.mark',
			keys: ['space'],
			title: 'Mark or unmark the row: actions then apply to all marked rows',
			footer: {label: 'mark', rank: 25},
			enabled: (app) => app.selection.canMark,
			run: (app) => app.selection.toggleMark(),
		},
		{
			id: 'list.mark-range',
			keys: ['M', 'ctrl-space'],
			title: 'Mark from the last mark to here',
			enabled: (app) => app.selection.canMark,
			run: (app) => app.selection.markRange(),
		},
		{
			id: 'list.mark-all',
			keys: ['*'],
			title: 'Mark all rows that the filter shows',
			enabled: (app) => app.selection.canMark,
			run: (app) => app.selection.markAll(),
		},
		{id: 'list.unmark-all', keys: ['\\'], title: 'Unmark all', run: (app) => app.selection.unmarkAll()},
	]),
];

/** Enter in each list; kinds with an Enter of their own are left alone. */
export const enterKeys: readonly KeyBinding<App>[] = kindIds
	.filter((id) => !kindOf(id).keys.some(({keys}) => keys.includes('enter')))
	.map(enterKey);

function hasSelection(app: App): true | SafeText {
	const {focus} = app.navigation;
	if (!isKindId(focus)) return true;
	const selected = app.selection.selected(focus);
	return selected.ok ? true : selected.error;
}

function hasUsage(app: App): true | SafeText {
	const {focus} = app.navigation;
	if (isKindId(focus) && !kindOf(focus).usage) {
		return toSafeText('Usage is known of nodes, services and tasks: go to one of them first.');
	}
	return hasSelection(app);
}

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
