import {ManualClock} from '../../runtime/manual-clock.ts';
import {unreachable} from '../../runtime/result.ts';
import {startManager} from '../orchestrators/manager.ts';
import {Seeded} from '../random.ts';
import {removeNode} from '../state/node-writes.ts';
import type {TaskObject} from '../state/objects.ts';
import {isPerNode} from '../state/service-mode.ts';
import {createService, removeService, rollbackService, updateService} from '../state/service-writes.ts';
import {Store, type Transaction} from '../state/store.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';
import {Crashes} from './crashes.ts';
import {type Course, difference} from './difference.ts';
import {EqualNodes} from './equal-nodes.ts';
import type {Ballast, Forecast, ForecastChange, ForecastInput, ForecastTask, Place, Start, Unplaced} from './input.ts';
import {createNode, pastFailuresIn, placeLiveState} from './live-state.ts';
import {type Hurry, Pace} from './pace.ts';
import {RunningWatch} from './running-watch.ts';
import {startSwiftAgents} from './swift-agents.ts';

/**
 * Says what a change to a live swarm will cause: runs the swarm's controllers forward from its present state on a clock of
 * their own, with the change and without it, and tells the difference. Ties between equal nodes may fall out differently on
 * the real swarm, which is told; counts, and what can't be placed, do not.
 */
export function forecast(input: ForecastInput, changes: readonly ForecastChange[]): Forecast {
	const without = run(input, [], 'usual');
	const course = run(input, changes, 'usual');
	// How long it takes depends on how long each program takes; what happens does not.
	const isLong = course.commits > commitsTimedThrice;
	const quickest = isLong ? course : run(input, changes, 'least');
	const slowest = isLong ? course : run(input, changes, 'most');
	return difference({course, without, quickest, slowest, changed: new Set(changes.flatMap(serviceOf))});
}

/** What takes more than this to work out is told with one time instead of a range. */
const commitsTimedThrice = 3000;

const serviceOf = (change: ForecastChange): string[] => ('serviceId' in change ? [change.serviceId] : []);

function run(input: ForecastInput, changes: readonly ForecastChange[], hurry: Hurry): Course {
	const clock = new ManualClock(input.now);
	const store = new Store(clock, {firstIndex: 100});
	store.update((tx) => placeLiveState(tx, input));
	const before = new Map(input.tasks.map((task) => [task.id, task]));
	const ballast = new Map(ballastIn(input, hurry).map((each) => [each.nodeId, each]));
	const equals = new EqualNodes();
	const manager = startManager({
		store,
		clock,
		seeded: new Seeded(ownSeeds[hurry]),
		ballast,
		pastFailures: pastFailuresIn(store, input),
		isBackwards: hurry === 'least',
		whenPlaced: (choice) => equals.note(choice),
		isContinuing: true,
	});
	const crashes = new Crashes(input);
	const agents = startSwiftAgents(store, clock, new Pace(input, hurry), crashes);
	const watch = new RunningWatch(store, clock);
	clock.advance(0);
	const changedAt = clock.now();
	store.update((tx) => {
		for (const change of changes) apply(tx, change);
	});
	const {isSettled, commits} = runUntilQuiet(clock, store);
	const course: Course = {
		...compare(store, before, equals),
		outages: watch.outages(),
		fewest: watch.fewest(),
		updates: store
			.all('service')
			.flatMap(({id, updateStatus}) => (updateStatus ? [{serviceId: id, state: updateStatus.state}] : [])),
		movedAfter: new Map([...watch.movedAt()].map(([id, at]) => [id, Math.max(0, at - changedAt)])),
		failing: agents.failing(),
		untested: store.all('service').flatMap((service) => (crashes.isUntested(service) ? [service.id] : [])),
		graceMs: agents.graceMs(),
		isSettled,
		commits,
		perNode: new Set(store.all('service').flatMap(({id, spec}) => (isPerNode(spec) ? [id] : []))),
	};
	agents.stop();
	manager.stop();
	return course;
}

/**
 * Apart from the seeds that people choose: a forecast of a simulated swarm must not draw that swarm's own IDs again. Each
 * course chooses otherwise among equals, so that what depends on the choice is found to be open.
 */
const ownSeeds: Readonly<Record<Hurry, number>> = {least: 0x666f7266, usual: 0x666f7265, most: 0x666f7267};

/** Tasks in crash loops are now here and now there: in the other courses they are nowhere, or on the nodes that have none. */
function ballastIn({ballast}: ForecastInput, hurry: Hurry): readonly Ballast[] {
	const moving = ballast.reduce((sum, {restless = 0}) => sum + restless, 0);
	if (hurry === 'usual' || moving === 0) return ballast;
	return ballast.map(({restless = 0, ...each}) => {
		const elsewhere = hurry === 'most' && restless === 0 ? moving : 0;
		return {...each, tasks: Math.max(0, each.tasks - restless) + elsewhere};
	});
}

/** How far the forecast looks ahead at the most. */
const horizonMs = 24 * 3_600_000;
/** Nothing has changed for so long, and no timer is due: it is over. Restart delays and monitors are timers. */
const mostCommits = 200_000;

function runUntilQuiet(clock: ManualClock, store: Store): {isSettled: boolean; commits: number} {
	let commits = 0;
	const unwatch = store.watch(() => {
		commits++;
	});
	const end = clock.now() + horizonMs;
	let isSettled = true;
	for (let due = clock.nextDue(); due !== undefined && isSettled; due = clock.nextDue()) {
		isSettled = due <= end && commits <= mostCommits;
		if (isSettled) clock.advance(due - clock.now());
	}
	unwatch();
	return {isSettled, commits};
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
		case 'add-node':
			createNode(tx, change.node);
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

function compare(store: Store, before: ReadonlyMap<string, ForecastTask>, equals: EqualNodes) {
	const starts: Start[] = [];
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
		} else if (!heldNode(task.id)) starts.push({...placeOf(task), equals: equals.of(task.id)});
	}
	const stops = [...before.values()]
		.filter((task) => !kept.has(task.id) && holdsNode(task))
		.map(({id, serviceId, slot, nodeId}): Place => ({taskId: id, serviceId, slot, nodeId}));
	return {starts, stops, unplaced};
}

/** It runs on its node, or is on the way to. */
const holdsNode = ({nodeId, state, desired}: ForecastTask): boolean =>
	nodeId !== '' && isAtLeast(state, 'assigned') && !isTerminal(state) && !isAtLeast(desired, 'shutdown');

const placeOf = ({id, serviceId, slot, nodeId}: TaskObject): Place => ({taskId: id, serviceId, slot, nodeId});
