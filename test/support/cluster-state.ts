import type {ClusterState} from '../../source/cluster/model.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {toTaskRow} from '../../source/engine/task-row.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import type {Network} from '../../source/wire/network.ts';
import type {SwarmNode} from '../../source/wire/node.ts';
import type {Service} from '../../source/wire/service.ts';
import type {Config, Secret} from '../../source/wire/store.ts';
import type {Task} from '../../source/wire/task.ts';

export type RecordedSwarm = {
	readonly nodes?: readonly SwarmNode[];
	readonly services?: readonly Service[];
	/** All tasks of the swarm; leave it out for a state whose tasks are not loaded. */
	readonly tasks?: readonly Task[];
	readonly networks?: readonly Network[];
	readonly secrets?: readonly Secret[];
	readonly configs?: readonly Config[];
	/** Milliseconds since the epoch; ages and judgements are taken from here. */
	readonly now: number;
};

/** The state that the screens would see if an engine had answered this, connected and fresh. */
export function clusterFrom({
	nodes = [],
	services = [],
	tasks,
	networks,
	secrets,
	configs,
	now,
}: RecordedSwarm): ClusterState {
	const store = new LiveStore({clock: {now: () => now, after: () => ({cancel: () => undefined})}});
	const stamp = store.nextStamp();
	store.mergeNodes(nodes, stamp, 'all');
	store.mergeServices(services, stamp, 'all');
	if (tasks) {
		const rows = tasks.map(toTaskRow);
		store.mergeTaskRows(rows, stamp);
		store.completeTasks(Math.max(...rows.map((row) => row.version)), stamp, {kind: 'all'});
	}
	store.setInventory({...(networks && {networks}), ...(secrets && {secrets}), ...(configs && {configs})});
	// Once more: what was not there before the tasks came is gone.
	store.mergeServices(services, store.nextStamp(), 'all');
	store.setEngine({
		name: toSafeText('m1'),
		nodeId: nodes.find((node) => node.ManagerStatus?.Leader)?.ID ?? '',
		engineVersion: toSafeText('28.5.2'),
		apiVersion: '1.51',
		hasServiceStatus: true,
		clusterId: 'recorded',
		warnings: [],
	});
	store.setConnection({state: 'connected'});
	const fresh = {fetchedAt: now, isStale: false};
	store.setFreshness({nodes: fresh, services: fresh, tasks: fresh});
	store.setLoading(false);
	store.publishNow();
	return store.getState();
}
