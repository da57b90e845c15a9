import {ManualClock} from '../../runtime/manual-clock.ts';
import {unreachable} from '../../runtime/result.ts';
import {startManager} from '../orchestrators/manager.ts';
import {Seeded} from '../random.ts';
import {removeNode} from '../state/node-writes.ts';
import type {TaskObject} from '../state/objects.ts';
import {createService, removeService, rollbackService, updateService} from '../state/service-writes.ts';
import {Store, type Transaction} from '../state/store.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';
import type {Forecast, ForecastChange, ForecastInput, ForecastTask, Outage, Place, Unplaced} from './input.ts';
import {placeLiveState} from './live-state.ts';
import {Pace} from './pace.ts';
import {startSwiftAgents} from './swift-agents.ts';

/**
 * Says what a change to a live swarm will cause, by running the swarm's controllers forward from its present state on a
 * clock of their own. Ties between equal nodes may fall out differently on the real swarm; counts, and what can't be
 * placed, do not.
 */
export function forecast(input: ForecastInput, changes: readonly ForecastChange[]): Forecast {
	const clock = new ManualClock(input.now);
	const store = new Store(clock, {firstIndex: 100});
	store.update((tx) => placeLiveState(tx, input));
	const before = new Map(input.tasks.map((task) => [task.id, task]));
	const ballast = new Map(input.ballast.map((each) => [each.nodeId, each]));
	const manager = startManager({store, clock, seeded: new Seeded(ownSeed), ballast, isContinuing: true});
	const agents = startSwiftAgents(store, clock, new Pace(input));
	const watch = new RunningWatch(store, clock);
	clock.advance(0);
	const changedAt = clock.now();
	store.update((tx) => {
		for (const change of changes) apply(tx, change);
	});
	const {isSettled, lastMoveAt} = runUntilQuiet(clock, store);
	const outcome: Forecast = {
		...compare(store, before),
		outages: watch.outages(),
		fewest: watch.fewest(),
		updates: store
			.all('service')
			.flatMap(({id, updateStatus}) => (updateStatus ? [{serviceId: id, state: updateStatus.state}] : [])),
		tookMs: Math.max(0, lastMoveAt - changedAt),
		graceMs: agents.graceMs(),
		isSettled,
	};
	agents.stop();
	manager.stop();
	return outcome;
}

/** Apart from the seeds that people choose: a forecast of a simulated swarm must not draw that swarm's own IDs again. */
const ownSeed = 0x666f7265;

/** How far the forecast looks ahead at the most. */
const horizonMs = 24 * 3_600_000;
/** Nothing has changed for so long, and no timer is due: it is over. Restart delays and monitors are timers. */
const mostCommits = 200_000;

function runUntilQuiet(clock: ManualClock, store: Store): {isSettled: boolean; lastMoveAt: number} {
	let lastMoveAt = clock.now();
	let commits = 0;
	const unwatch = store.watch(() => {
		commits++;
		lastMoveAt = clock.now();
	});
	const end = clock.now() + horizonMs;
	for (;;) {
		const due = clock.nextDue();
		if (due === undefined) break;
		if (due > end || commits > mostCommits) {
			unwatch();
			return {isSettled: false, lastMoveAt};
		}
		clock.advance(due - clock.now());
	}
	unwatch();
	return {isSettled: true, lastMoveAt};
}

function apply(tx: Transaction, change: ForecastChange): void {
	switch (change.kind) {
		case 'availability':
			changeNode(tx, change.nodeId, (node) => ({...node, spec: {...node.spec, Availability: change.availability}}));
			break;
		case 'node-labels':
			changeNode(tx, change.nodeId, (node) => ({...node, spec: {...node.spec, Labels: {...change.labels}}}));
			break;
		case 'node-down':
			changeNode(tx, change.nodeId, (node) => ({...node, status: {...node.status, State: 'down'}}));
			break;
		case 'remove-node':
			if (tx.get('node', change.nodeId)) removeNode(tx, change.nodeId);
			break;
		case 'spec': {
			const service = tx.get('service', change.serviceId);
			if (service) updateService(tx, service, change.spec);
			break;
		}
		case 'rollback': {
			const service = tx.get('service', change.serviceId);
			if (service) rollbackService(tx, service);
			break;
		}
		case 'remove-service':
			removeService(tx, change.serviceId);
			break;
		case 'create-service':
			createService(tx, {id: change.serviceId, spec: change.spec});
			break;
		default:
			unreachable(change);
	}
}

type NodeChange = (node: NonNullable<ReturnType<typeof getNode>>) => NonNullable<ReturnType<typeof getNode>>;
const getNode = (tx: Transaction, id: string) => tx.get('node', id);

function changeNode(tx: Transaction, id: string, change: NodeChange): void {
	const node = getNode(tx, id);
	if (node) tx.put<'node'>(change(node));
}

const isLive = (task: Pick<TaskObject, 'desiredState' | 'status'>): boolean =>
	!isAtLeast(task.desiredState, 'shutdown') && !isTerminal(task.status.state);

function compare(store: Store, before: ReadonlyMap<string, ForecastTask>) {
	const starts: Place[] = [];
	const unplaced: Unplaced[] = [];
	const kept = new Set<string>();
	const heldNode = (id: string): boolean => {
		const task = before.get(id);
		return task !== undefined && holdsNode(task);
	};
	for (const task of store.all('task')) {
		if (!isLive(task)) continue;
		if (before.has(task.id)) kept.add(task.id);
		if (task.status.state === 'pending') {
			const {serviceId, slot, nodeId, status} = task;
			unplaced.push({serviceId, slot, nodeId, reason: status.err ?? ''});
		} else if (!heldNode(task.id)) starts.push(placeOf(task));
	}
	const stops = [...before.values()]
		.filter((task) => !kept.has(task.id) && holdsNode(task))
		.map(({id, serviceId, slot, nodeId}) => ({taskId: id, serviceId, slot, nodeId}));
	return {starts, stops, unplaced};
}

/** It runs on its node, or is on the way to. */
const holdsNode = ({nodeId, state, desired}: ForecastTask): boolean =>
	nodeId !== '' && isAtLeast(state, 'assigned') && !isTerminal(state) && !isAtLeast(desired, 'shutdown');

const placeOf = ({id, serviceId, slot, nodeId}: TaskObject): Place => ({taskId: id, serviceId, slot, nodeId});

/** Counts the running tasks of each service over the whole forecast. */
class RunningWatch {
	readonly #clock: ManualClock;
	readonly #running = new Map<string, Set<string>>();
	readonly #fewest = new Map<string, number>();
	readonly #downSince = new Map<string, number>();
	readonly #down = new Map<string, number>();

	constructor(store: Store, clock: ManualClock) {
		this.#clock = clock;
		for (const task of store.all('task')) this.#see(task);
		for (const [id, tasks] of this.#running) this.#fewest.set(id, tasks.size);
		store.watch((commit) => {
			const touched = new Set<string>();
			for (const change of commit.changes) {
				if (change.kind !== 'task') continue;
				if (change.action === 'remove') this.#drop(change.object);
				else this.#see(change.object);
				touched.add(change.object.serviceId);
			}
			for (const id of touched) this.#note(id);
		});
	}

	fewest(): Forecast['fewest'] {
		return [...this.#fewest].map(([serviceId, running]) => ({serviceId, running}));
	}

	outages(): Outage[] {
		const over = [...this.#down].filter(([id]) => !this.#downSince.has(id));
		return [
			...over.map(([serviceId, ms]) => ({serviceId, ms, isLasting: false})),
			...[...this.#downSince.keys()].map((serviceId) => ({
				serviceId,
				ms: this.#down.get(serviceId) ?? 0,
				isLasting: true,
			})),
		];
	}

	/** A task counts while it runs and is not told to stop: a task that is about to end serves nobody for long. */
	#see(task: TaskObject): void {
		if (task.status.state !== 'running' || isAtLeast(task.desiredState, 'shutdown')) {
			this.#drop(task);
			return;
		}
		const tasks = this.#running.get(task.serviceId);
		if (tasks) tasks.add(task.id);
		else this.#running.set(task.serviceId, new Set([task.id]));
	}

	#drop(task: TaskObject): void {
		this.#running.get(task.serviceId)?.delete(task.id);
	}

	#note(serviceId: string): void {
		const running = this.#running.get(serviceId)?.size ?? 0;
		const known = this.#fewest.get(serviceId);
		if (known === undefined) return;
		this.#fewest.set(serviceId, Math.min(known, running));
		const since = this.#downSince.get(serviceId);
		if (running === 0 && since === undefined) this.#downSince.set(serviceId, this.#clock.now());
		if (running > 0 && since !== undefined) {
			this.#downSince.delete(serviceId);
			this.#down.set(serviceId, (this.#down.get(serviceId) ?? 0) + this.#clock.now() - since);
		}
	}
}
