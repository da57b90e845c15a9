/** Whose usage is on the screen. */
import type {TaskEntity} from '../../cluster/model.ts';
import type {ScreenModel} from './screen-model.ts';
import type {ScreenFixtures} from './snapshot.ts';

/** Of so many containers the usage is asked for at most. */
const mostWatched = 120;
/** In a larger swarm sums would be of a part only, and finding their tasks would cost each frame. */
const mostSummed = 2000;

/**
 * The tasks in the window of their list, and those behind the sums of services and nodes where these columns have room; the
 * ways to the nodes with them.
 */
export function watchedTasks(
	model: ScreenModel,
	fitter: ScreenFixtures['fitter'],
): {readonly tasks: readonly TaskEntity[]; readonly reach: unknown} {
	const {lists, cluster, state} = model;
	const reach = cluster.inside?.reach;
	if (reach === undefined) return {tasks: [], reach};
	const inWindow = (kind: 'services' | 'nodes' | 'tasks'): string[] => {
		const {top} = state.lists[kind].table;
		const rows = lists.rows(kind).slice(top, top + state.size.rows);
		return rows.map(({id}) => id);
	};
	const shown = new Set(inWindow('tasks').flatMap((id) => cluster.tasks.get(id) ?? []));
	const summed = (kind: 'services' | 'nodes'): ReadonlySet<string> =>
		new Set(fitter(kind).fitted.some(({column}) => column.id === 'mem-used') ? inWindow(kind) : []);
	const [services, nodes] = [summed('services'), summed('nodes')];
	if (services.size + nodes.size === 0 || cluster.tasks.size > mostSummed) return {tasks: [...shown], reach};
	for (const task of cluster.tasks.values()) {
		const isSummed = services.has(task.serviceId) || nodes.has(task.nodeId);
		if (isSummed && task.state === 'running' && shown.size < mostWatched) shown.add(task);
	}
	return {tasks: [...shown], reach};
}
