import type {GenericResource} from '../../wire/node.ts';
import type {PortConfig} from '../../wire/task.ts';
import type {NodeBallast} from '../state/controller.ts';
import type {NodeObject, TaskObject, Timestamp} from '../state/objects.ts';
import {compareStates} from '../state/task-state.ts';
import {FreeResources, reservationsOf} from './resources.ts';

/**
 * What the scheduler keeps of one node: the tasks that take something of it, how many of them are active, what is left of
 * its resources, and which services failed on it of late (swarmkit manager/scheduler/nodeinfo.go).
 */

/** How long a failure counts. */
const failureWindowMs = 5 * 60_000;

/** Tasks told to stop no longer count for spreading, though they hold their resources until they have stopped. */
const isActive = (task: TaskObject): boolean => compareStates(task.desiredState, 'complete') <= 0;

/** Failures count per service and spec version: a new spec starts with a clean record. */
export const failureKey = (task: TaskObject): string => `${task.serviceId}/${task.specVersion}`;

/** How many active tasks each service has on each node, where it has any: most services are on few nodes. */
export class ActiveTasks {
	readonly #byService = new Map<string, Map<NodeInfo, number>>();

	count(serviceId: string, node: NodeInfo): number {
		return this.#byService.get(serviceId)?.get(node) ?? 0;
	}

	add(serviceId: string, node: NodeInfo, change: number): void {
		let counts = this.#byService.get(serviceId);
		if (!counts) {
			counts = new Map();
			this.#byService.set(serviceId, counts);
		}
		addCount(counts, node, change);
		if (counts.size === 0) this.#byService.delete(serviceId);
	}
}

export class NodeInfo {
	node: NodeObject;
	/** An arbitrary number that belongs to the node, to break ties with. */
	readonly seed: number;
	readonly tasks = new Map<string, TaskObject>();
	activeTasks = 0;
	free: FreeResources;
	readonly #active: ActiveTasks;
	readonly #hostPorts = new Map<string, number>();
	readonly #failures = new Map<string, Timestamp[]>();
	#ballast: NodeBallast | undefined;

	constructor(node: NodeObject, seed: number, active: ActiveTasks) {
		this.node = node;
		this.seed = seed;
		this.#active = active;
		this.free = new FreeResources(node.description.Resources);
	}

	/** Takes the node's newest description; what its tasks hold is counted again. */
	update(node: NodeObject): void {
		const hasOtherResources = node.description.Resources !== this.node.description.Resources;
		this.node = node;
		if (!hasOtherResources) return;
		this.free = new FreeResources(node.description.Resources);
		for (const task of this.tasks.values()) this.free.hold(reservationsOf(task.spec), task.genericResources);
		this.#holdBallast();
	}

	/** Counts tasks of which only their number and what they hold is known. */
	addBallast(ballast: NodeBallast): void {
		this.#ballast = ballast;
		this.activeTasks += ballast.tasks;
		this.#holdBallast();
		for (const port of ballast.hostPorts ?? []) addCount(this.#hostPorts, hostPortKey(port), 1);
	}

	activeTasksOf(serviceId: string): number {
		return this.#active.count(serviceId, this);
	}

	usesHostPort(port: PortConfig): boolean {
		return this.#hostPorts.has(hostPortKey(port));
	}

	/** Counts a task that is on the node, or what changed about one that was counted. */
	addTask(task: TaskObject): void {
		const known = this.tasks.get(task.id);
		this.tasks.set(task.id, task);
		if (known) {
			this.#countActive(task.serviceId, Number(isActive(task)) - Number(isActive(known)));
			return;
		}
		this.free.hold(reservationsOf(task.spec), task.genericResources);
		this.#count(task);
	}

	/** Puts a task on the node: like addTask, but generic resources are chosen, and given back. */
	assign(task: TaskObject): readonly GenericResource[] {
		const given = this.free.take(reservationsOf(task.spec));
		this.tasks.set(task.id, given.length > 0 ? {...task, genericResources: given} : task);
		this.#count(task);
		return given;
	}

	/** Forgets a task; says whether that made room. */
	removeTask(taskId: string): boolean {
		const task = this.tasks.get(taskId);
		if (!task) return false;
		this.tasks.delete(taskId);
		this.free.release(reservationsOf(task.spec), task.genericResources);
		for (const port of hostPortsOf(task)) addCount(this.#hostPorts, hostPortKey(port), -1);
		if (isActive(task)) this.#countActive(task.serviceId, -1);
		return true;
	}

	recordFailure(task: TaskObject, now: Timestamp): void {
		const key = failureKey(task);
		const recent = (this.#failures.get(key) ?? []).filter((at) => now - at < failureWindowMs);
		this.#failures.set(key, [...recent, now]);
	}

	recentFailures(key: string, now: Timestamp): number {
		const failures = this.#failures.get(key);
		if (!failures) return 0;
		return failures.filter((at) => now - at <= failureWindowMs).length;
	}

	#holdBallast(): void {
		const {nanoCpus: NanoCPUs = 0, memoryBytes: MemoryBytes = 0, genericResources} = this.#ballast ?? {};
		this.free.hold({NanoCPUs, MemoryBytes}, genericResources);
	}

	#count(task: TaskObject): void {
		for (const port of hostPortsOf(task)) addCount(this.#hostPorts, hostPortKey(port), 1);
		if (isActive(task)) this.#countActive(task.serviceId, 1);
	}

	#countActive(serviceId: string, change: number): void {
		this.activeTasks += change;
		if (change !== 0) this.#active.add(serviceId, this, change);
	}
}

/** The ports that a task opens on its node itself, where they are numbered beforehand. */
export const hostPortsOf = ({endpointSpec}: Pick<TaskObject, 'endpointSpec'>): PortConfig[] =>
	(endpointSpec?.Ports ?? []).filter((port) => port.PublishMode === 'host' && (port.PublishedPort ?? 0) !== 0);

const hostPortKey = (port: PortConfig): string => `${port.Protocol ?? 'tcp'}/${port.PublishedPort}`;

function addCount<K>(counts: Map<K, number>, key: K, change: number): void {
	const count = (counts.get(key) ?? 0) + change;
	if (count === 0) counts.delete(key);
	else counts.set(key, count);
}
