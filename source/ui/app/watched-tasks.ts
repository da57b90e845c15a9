/** Whose usage is on the screen. */
import type {TaskEntity} from '../../cluster/model.ts';
import {usageColumnIds} from '../kinds/usage-columns.ts';
import type {ScreenModel} from './screen-model.ts';
import type {ScreenFixtures} from './snapshot.ts';
import type {ScreenState} from './state.ts';

/** Of so many containers the usage is asked for at most. */
const mostWatched = 120;
/** In a larger swarm finding the tasks behind the sums would cost each frame. */
const mostSummed = 2000;

type ListId = 'services' | 'nodes' | 'tasks' | 'stacks';

/**
 * The tasks in the window of their list, and those behind the sums of services, nodes and stacks where these columns have
 * room; the ways to the nodes with them. A sum that would cost too many requests is left out: a part is no sum.
 */
export function watchedTasks(
	model: ScreenModel,
	fitter: ScreenFixtures['fitter'],
): {readonly tasks: readonly TaskEntity[]; readonly reach: unknown} {
	const {lists, cluster, state} = model;
	const reach = cluster.inside?.reach;
	if (reach === undefined) return {tasks: [], reach};
	const inWindow = (kind: ListId): string[] => {
		if (!model.rectOf(kind)) return [];
		const {table, sorting} = state.lists[kind];
		// An order by usage compares all of them.
		const isCompared = usageColumnIds.includes(sorting.columnId);
		const [from, to] = isCompared ? [0, mostWatched] : [table.top, table.top + model.windowOf(kind)];
		const rows = lists.rows(kind).slice(from, to);
		return rows.map(({id}) => id);
	};
	const shown = new Set(inWindow('tasks').flatMap((id) => cluster.tasks.get(id) ?? []));
	const read = readUsage(state);
	const readTask = cluster.tasks.get(read ?? '');
	if (readTask) shown.add(readTask);
	const summed = (kind: ListId): readonly string[] =>
		fitter(kind).fitted.some(({column}) => usageColumnIds.includes(column.id)) ? inWindow(kind) : [];
	const services = [...cluster.services.values()];
	const stacks = summed('stacks').map((name) => services.filter(({stack}) => stack === name).map(({id}) => id));
	// It names what is near its limit, and has the nodes' gauges.
	const all = model.rectOf('overview') ? services.map(({id}) => [id]) : [];
	const groups = [
		...(read === undefined ? [] : [[read]]),
		...summed('services').map((id) => [id]),
		...stacks,
		...summed('nodes').map((id) => [id]),
		...all,
	];
	if (groups.length === 0 || cluster.tasks.size > mostSummed) return {tasks: [...shown], reach};
	const running = runningOf(cluster.tasks.values());
	for (const ids of groups) {
		const more = ids.flatMap((id) => running.get(id) ?? []).filter((task) => !shown.has(task));
		if (shown.size + more.length <= mostWatched) for (const task of more) shown.add(task);
	}
	return {tasks: [...shown], reach};
}

/** The ID of the task, service or node whose usage is being read. */
function readUsage({overlays}: ScreenState): string | undefined {
	const sources = overlays.flatMap((overlay) => (overlay.kind === 'text' ? [overlay.source] : []));
	const [source] = sources.filter(({kind}) => kind === 'usage');
	return source?.kind === 'usage' ? source.id : undefined;
}

/** By the ID of their service, and by that of their node. */
function runningOf(tasks: Iterable<TaskEntity>): ReadonlyMap<string, readonly TaskEntity[]> {
	const groups = new Map<string, TaskEntity[]>();
	for (const task of tasks) {
		if (task.state !== 'running') continue;
		for (const id of [task.serviceId, task.nodeId]) {
			const group = groups.get(id);
			if (group) group.push(task);
			else groups.set(id, [task]);
		}
	}
	return groups;
}
