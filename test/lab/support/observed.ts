import type {SwarmClient} from '../../../source/engine/client.ts';
import type {TaskRow} from '../../../source/engine/task-row.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {TaskState} from '../../../source/wire/task.ts';

/** Watches a few services of a real swarm through one change, by asking for their tasks again and again. */

export type Observed = {
	readonly stops: readonly TaskRow[];
	readonly starts: readonly TaskRow[];
	/** The tasks that wait for a place in the end, with the scheduler's words. */
	readonly waiting: readonly TaskRow[];
	/** The services none of whose tasks ran for a while, and for how long. */
	readonly down: ReadonlyMap<string, number>;
	/** Until the last of it moved. */
	readonly tookMs: number | undefined;
};

export type Reading = {readonly at: number; readonly tasks: readonly TaskRow[]; readonly services: readonly Service[]};

const everyMs = 120;
/** So long nothing has changed: it is over. */
const quietMs = 2500;
/** What has begun by then is not waited for any longer: an update that hangs. */
const patienceMs = 60_000;

const order: readonly TaskState[] = [
	'new',
	'allocated',
	'pending',
	'assigned',
	'accepted',
	'preparing',
	'ready',
	'starting',
	'running',
];

const isLive = ({state, desired}: TaskRow): boolean =>
	order.includes(state) && (order.includes(desired) || desired === 'complete');

export const holdsNode = (task: TaskRow): boolean =>
	isLive(task) && task.nodeId !== '' && order.indexOf(task.state) >= order.indexOf('assigned');

export async function read(client: SwarmClient, isOurs: (serviceId: string) => boolean): Promise<Reading> {
	const tasks: TaskRow[] = [];
	const [rows, services] = await Promise.all([
		client.taskRows((batch) => {
			tasks.push(...batch.filter(({serviceId}) => isOurs(serviceId)));
		}),
		client.services({status: false}),
	]);
	if (!rows.ok) throw new Error(rows.error.message);
	if (!services.ok) throw new Error(services.error.message);
	return {at: Date.now(), tasks, services: services.value.filter(({ID}) => isOurs(ID))};
}

/**
 * @param looping services whose tasks are not waited for
 * @param leastMs for so long it is watched at the least
 */
export async function observe(
	client: SwarmClient,
	before: Reading,
	{
		isOurs,
		looping,
		leastMs,
		isSent = () => true,
	}: {
		readonly isOurs: (serviceId: string) => boolean;
		readonly looping: ReadonlySet<string>;
		readonly leastMs: number;
		/** Whether the engine has answered to what was asked of it. */
		readonly isSent?: () => boolean;
	},
): Promise<Observed> {
	let began = Date.now();
	const ran = new Set(before.tasks.filter(isRunning).map(({serviceId}) => serviceId));
	const downSince = new Map<string, number>();
	const down = new Map<string, number>();
	let last = before;
	let movedAt = began;
	let key = keyOf(before, looping);
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, everyMs));
		last = await read(client, isOurs);
		const now = keyOf(last, looping);
		if (now !== key) movedAt = last.at;
		key = now;
		const running = new Set(last.tasks.filter(isRunning).map(({serviceId}) => serviceId));
		for (const id of ran) {
			const since = downSince.get(id);
			if (!running.has(id) && since === undefined) downSince.set(id, last.at);
			if (running.has(id) && since !== undefined) {
				downSince.delete(id);
				down.set(id, (down.get(id) ?? 0) + last.at - since);
			}
		}
		if (!isSent()) {
			movedAt = last.at;
			began = last.at;
		}
		const isOver = last.at - movedAt > quietMs && !isBusy(last, looping) && last.at - began > leastMs;
		if (isOver || last.at - began > patienceMs) break;
	}
	for (const [id, since] of downSince) down.set(id, (down.get(id) ?? 0) + last.at - since);
	const held = new Set(before.tasks.filter(holdsNode).map(({id}) => id));
	const holds = new Set(last.tasks.filter(holdsNode).map(({id}) => id));
	return {
		stops: before.tasks.filter(({id}) => held.has(id) && !holds.has(id)),
		starts: last.tasks.filter(({id}) => holds.has(id) && !held.has(id)),
		waiting: last.tasks.filter((task) => isLive(task) && task.state === 'pending' && task.error !== ''),
		down,
		tookMs: movedAt > began ? movedAt - began : undefined,
	};
}

const isRunning = (task: TaskRow): boolean => isLive(task) && task.state === 'running';

/** The same as long as nothing moves: what waits says so with other words from time to time. */
function keyOf({tasks, services}: Reading, looping: ReadonlySet<string>): string {
	const moving = tasks.filter(({serviceId}) => !looping.has(serviceId));
	const states = moving.map(({id, state, desired, nodeId}) => `${id} ${state} ${desired} ${nodeId}`);
	const updates = services
		.filter(({ID}) => !looping.has(ID))
		.map(({ID, UpdateStatus}) => `${ID} ${UpdateStatus?.State ?? ''}`);
	return [...states, ...updates].sort().join();
}

/** Something is on its way, other than what waits for a place. */
function isBusy({tasks, services}: Reading, looping: ReadonlySet<string>): boolean {
	const isOnItsWay = (task: TaskRow): boolean =>
		!looping.has(task.serviceId) &&
		((isLive(task) && task.state !== 'running' && !(task.state === 'pending' && task.error !== '')) ||
			(!isLive(task) && task.state === 'running'));
	const isWaiting = new Set(
		tasks.filter(({state, error}) => state === 'pending' && error !== '').map(({serviceId}) => serviceId),
	);
	const isUpdating = services.some(
		({ID, UpdateStatus}) =>
			!looping.has(ID) &&
			!isWaiting.has(ID) &&
			(UpdateStatus?.State === 'updating' || UpdateStatus?.State === 'rollback_started'),
	);
	return isUpdating || tasks.some(isOnItsWay);
}
