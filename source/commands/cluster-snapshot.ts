import type {ClusterState} from '../cluster/model.ts';
import {LiveStore} from '../cluster/store/store.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {type TaskRow, toTaskRow} from '../engine/task-row.ts';
import {systemClock} from '../runtime/clock.ts';
import {ok, type Result} from '../runtime/result.ts';
import type {Task} from '../wire/task.ts';

/**
 * Reads lists once and joins them as the screen does: counts, health and names come from the same place. What is not
 * asked for stays empty.
 */
export async function readCluster(
	client: SwarmClient,
	{nodes, services, tasks}: Readonly<Record<'nodes' | 'services' | 'tasks', Wanted>>,
	onForbidden: OnForbidden,
): Promise<Result<ClusterState, EngineError>> {
	const store = new LiveStore({clock: systemClock({unref: true})});
	const stamp = store.nextStamp();
	const results = await Promise.all([
		read(nodes, () => readNodes(client, store, stamp)),
		read(services, () => readServices(client, store, stamp)),
		read(tasks, () => readTasks(client, store, stamp)),
	]);
	const refused = results.find((result) => !result.ok);
	if (refused && !refused.ok) return refused;
	store.publishNow();
	return ok(store.getState());

	async function read(wanted: Wanted, list: () => Promise<Done>): Promise<Done> {
		if (wanted === 'no') return done;
		const answer = await list();
		return wanted === 'besides' ? unlessForbidden(answer, undefined, onForbidden) : answer;
	}
}

/** `besides`: for columns and counts that the rest can do without where a proxy forbids it. */
export type Wanted = 'no' | 'besides' | 'yes';

/** Told what could not be had, and was done without. */
export type OnForbidden = (error: EngineError) => void;

/** What a proxy forbids is replaced, and told; other errors stay. */
export function unlessForbidden<T>(
	answer: Result<T, EngineError>,
	instead: T,
	onForbidden: OnForbidden,
): Result<T, EngineError> {
	if (answer.ok || answer.error.kind !== 'forbidden') return answer;
	onForbidden(answer.error);
	return ok(instead);
}

/** The state of a cluster of which nothing is known. */
export const unknownCluster = (): ClusterState => new LiveStore({clock: systemClock({unref: true})}).getState();

/** Tasks with the engine's whole objects, for those who print them. */
export async function readWholeTasks(
	client: SwarmClient,
	onForbidden: OnForbidden,
): Promise<Result<{readonly cluster: ClusterState; readonly raws: readonly Task[]}, EngineError>> {
	const store = new LiveStore({clock: systemClock({unref: true})});
	const stamp = store.nextStamp();
	const [nodes, services, tasks] = await Promise.all([
		readNodes(client, store, stamp).then((answer) => unlessForbidden(answer, undefined, onForbidden)),
		readServices(client, store, stamp).then((answer) => unlessForbidden(answer, undefined, onForbidden)),
		client.tasks(),
	]);
	if (!nodes.ok) return nodes;
	if (!services.ok) return services;
	if (!tasks.ok) return tasks;
	mergeTasks(store, tasks.value.map(toTaskRow), stamp);
	store.publishNow();
	return ok({cluster: store.getState(), raws: tasks.value});
}

type Done = Result<void, EngineError>;
const done: Done = ok(undefined);

async function readNodes(client: SwarmClient, store: LiveStore, stamp: number): Promise<Done> {
	const nodes = await client.nodes();
	if (nodes.ok) store.mergeNodes(nodes.value, stamp, 'all');
	return nodes.ok ? done : nodes;
}

async function readServices(client: SwarmClient, store: LiveStore, stamp: number): Promise<Done> {
	const services = await client.services({status: true});
	if (services.ok) store.mergeServices(services.value, stamp, 'all');
	return services.ok ? done : services;
}

async function readTasks(client: SwarmClient, store: LiveStore, stamp: number): Promise<Done> {
	const rows: TaskRow[] = [];
	const count = await client.taskRows((batch) => {
		for (const row of batch) rows.push(row);
	});
	if (count.ok) mergeTasks(store, rows, stamp);
	return count.ok ? done : count;
}

function mergeTasks(store: LiveStore, rows: readonly TaskRow[], stamp: number): void {
	store.mergeTaskRows(rows, stamp);
	const newest = rows.reduce((version, row) => Math.max(version, row.version), -1);
	store.completeTasks(newest, stamp, {kind: 'all'});
}
