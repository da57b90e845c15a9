/**
 * The swarm's objects as they were answered, merged by ID and version, grouped, and with a note of what changed since
 * entities were last derived from them. Everything here is synchronous; chunking and notifying are the store's.
 */
import type {TaskRow} from '../../engine/task-row.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {Service, ServiceStatus} from '../../wire/service.ts';
import {type NodeFacts, nodeFacts} from '../entities/node.ts';
import {type ServiceFacts, serviceFacts} from '../entities/service.ts';
import {Grouping} from './grouping.ts';
import type {LoadTally, NodeLoad} from './node-loads.ts';
import {loadOf} from './survey.ts';
import {type TaskRecord, taskRecorder} from './task-record.ts';
import {Stamps, VersionedTable} from './versioned-table.ts';

type NodeRecord = {readonly id: string; readonly version: number; readonly facts: NodeFacts};
export type ServiceRecord = {
	readonly id: string;
	readonly version: number;
	readonly facts: ServiceFacts;
	readonly status: ServiceStatus | undefined;
};

/** Which objects a list should have held, so that what it doesn't hold is gone. */
export type ListedTasks =
	| {readonly kind: 'all'}
	| {readonly kind: 'services'; readonly ids: readonly string[]}
	| {readonly kind: 'node'; readonly id: string}
	| {readonly kind: 'tasks'; readonly ids: readonly string[]};
export type Listed = 'all' | 'some';

const isSameNode = (a: NodeRecord, b: NodeRecord): boolean => {
	// Leader and reachability are computed as the engine answers: they change without a new version.
	const [one, other] = [a.facts.manager, b.facts.manager];
	return one?.isLeader === other?.isLeader && one?.reachability === other?.reachability;
};

const isSameService = ({status: one}: ServiceRecord, {status: other}: ServiceRecord): boolean =>
	other === one ||
	// An answer without counts (an inspection) tells nothing new about them.
	one === undefined ||
	(one.RunningTasks === other?.RunningTasks &&
		one.DesiredTasks === other.DesiredTasks &&
		one.CompletedTasks === other.CompletedTasks);

export class Tables {
	readonly stamps = new Stamps();
	readonly nodes = new VersionedTable<NodeRecord>(this.stamps, isSameNode);
	readonly services = new VersionedTable<ServiceRecord>(this.stamps, isSameService);
	readonly tasks = new VersionedTable<TaskRecord>(this.stamps, () => true);
	readonly tasksByService = new Grouping();
	readonly tasksByNode = new Grouping();
	readonly nodesByHostname = new Grouping();
	/** What nodes held when tasks were last passed over without keeping them. */
	readonly loads = new Map<string, NodeLoad>();
	/** What must be derived anew. IDs of removed objects are among them. */
	readonly dirty = {nodes: new Set<string>(), services: new Set<string>(), tasks: new Set<string>()};
	/** Of what all tasks are known. */
	known = {all: false, services: new Set<string>(), nodes: new Set<string>()};
	readonly #record = taskRecorder();
	/** Services that tasks name and nobody knows, with the stamp of when that was noticed. */
	readonly #strays = new Map<string, number>();
	#servicesListedAt = -1;

	knowsTasksOfService(id: string): boolean {
		return this.known.all || this.known.services.has(id);
	}

	knowsTasksOfNode(id: string): boolean {
		return this.known.all || this.known.nodes.has(id);
	}

	isNodeDown = (id: string): boolean => this.nodes.get(id)?.facts.state === 'down';

	/** Tasks by ID, for the groupings. */
	*tasksOf(ids: Iterable<string>): IterableIterator<TaskRecord> {
		for (const id of ids) {
			const task = this.tasks.get(id);
			if (task) yield task;
		}
	}

	mergeNodes(nodes: readonly SwarmNode[], stamp: number, listed: Listed): void {
		for (const raw of nodes) this.#mergeNode(raw, stamp);
		if (listed === 'some') return;
		const newest = newestOf(nodes);
		for (const gone of this.nodes.removeUnseen('all', stamp, newest)) this.#forgetNode(gone);
		this.nodes.completed(newest);
	}

	mergeServices(services: readonly Service[], stamp: number, listed: Listed): void {
		for (const raw of services) {
			const facts = serviceFacts(raw);
			const record = {id: facts.id, version: facts.version, facts, status: raw.ServiceStatus};
			if (this.services.merge(record, stamp)) this.dirty.services.add(facts.id);
		}
		if (listed === 'some') return;
		const newest = newestOf(services);
		for (const gone of this.services.removeUnseen('all', stamp, newest)) {
			this.dirty.services.add(gone.id);
			if (this.tasksByService.of(gone.id).size > 0) this.#strays.set(gone.id, this.stamps.next());
		}
		this.services.completed(newest);
		this.#servicesListedAt = Math.max(this.#servicesListedAt, stamp);
		for (const [id, strayedAt] of this.#strays) {
			if (this.services.get(id) || this.tasksByService.of(id).size === 0) this.#strays.delete(id);
			else if (strayedAt < stamp) for (const task of this.tasksByService.of(id)) this.dirty.tasks.add(task);
		}
	}

	/** That it is not there, and was not when all were listed after its tasks had come: a new one's tasks may come before it. */
	isServiceGone(id: string): boolean {
		const strayedAt = this.#strays.get(id);
		return strayedAt !== undefined && strayedAt < this.#servicesListedAt && !this.services.get(id);
	}

	mergeTask(row: TaskRow, stamp: number): void {
		// A container that was attached to a network by hand is a task without a service.
		if (row.serviceId === '' || this.tasks.knows(row.id, row.version, stamp)) return;
		const before = this.tasks.get(row.id);
		const record = this.#record(row);
		if (!this.tasks.merge(record, stamp)) return;
		if (before) this.#ungroup(before);
		this.#group(record);
		this.#touchTask(record);
		const {serviceId} = record.facts;
		if (!this.services.get(serviceId) && !this.#strays.has(serviceId)) this.#strays.set(serviceId, this.stamps.next());
	}

	/**
	 * After all rows of a list were merged, the newest of them with that version: forgets what the list should have held
	 * and did not.
	 */
	completeTasks(newestVersion: number, stamp: number, listed: ListedTasks): void {
		for (const gone of this.tasks.removeUnseen(this.#candidates(listed), stamp, newestVersion)) this.#forgetTask(gone);
		if (listed.kind === 'services') this.#learn(this.known.services, listed.ids, this.dirty.services);
		if (listed.kind === 'node') this.#learn(this.known.nodes, [listed.id], this.dirty.nodes);
		if (listed.kind !== 'all') return;
		this.tasks.completed(newestVersion);
		if (!this.known.all) this.#touchAll();
		this.known.all = true;
	}

	/** Sums of a list that held all tasks of these nodes. */
	mergeLoads(tally: LoadTally, nodeIds: Iterable<string>): void {
		for (const id of nodeIds) {
			this.loads.set(id, tally.of(id));
			this.dirty.nodes.add(id);
		}
	}

	removeNode(id: string): void {
		const record = this.nodes.get(id);
		this.nodes.remove(id);
		if (record) this.#forgetNode(record);
	}

	removeService(id: string): void {
		if (!this.services.remove(id)) return;
		this.dirty.services.add(id);
		if (this.tasksByService.of(id).size > 0) this.#strays.set(id, this.stamps.next());
	}

	/** See LiveStore.retainTasks. */
	retainTasks(nodeId: string | undefined, serviceIds: readonly string[]): void {
		const kept = new Set(serviceIds);
		const isKept = ({facts}: TaskRecord) => facts.nodeId === nodeId || kept.has(facts.serviceId);
		const others = [...this.tasks.values()].filter((task) => !isKept(task));
		if (others.length === 0 && !this.known.all) return;
		// What they add up to is still the best that is known.
		for (const id of this.nodes.ids()) {
			if (this.knowsTasksOfNode(id)) this.loads.set(id, loadOf(this.tasksOf(this.tasksByNode.of(id))));
		}
		for (const task of others) {
			this.tasks.forget(task.id);
			this.#forgetTask(task);
		}
		const {known} = this;
		const isServiceKnown = (id: string) => kept.has(id) && this.knowsTasksOfService(id);
		const isNodeKnown = nodeId !== undefined && this.knowsTasksOfNode(nodeId);
		known.services = new Set(serviceIds.filter(isServiceKnown));
		known.nodes = new Set(isNodeKnown ? [nodeId] : []);
		known.all = false;
		this.#touchAll();
	}

	/** Of a service that is gone: nobody can list them any more. */
	forgetTasksOfService(id: string): void {
		for (const task of [...this.tasksOf(this.tasksByService.of(id))]) {
			this.tasks.forget(task.id);
			this.#forgetTask(task);
		}
	}

	clear(): void {
		for (const task of [...this.tasks.values()]) this.#forgetTask(task);
		this.#touchAll();
		this.tasks.clear();
		this.nodes.clear();
		this.services.clear();
		this.nodesByHostname.clear();
		this.loads.clear();
		this.#strays.clear();
		this.#servicesListedAt = -1;
		this.known = {all: false, services: new Set(), nodes: new Set()};
	}

	#mergeNode(raw: SwarmNode, stamp: number): void {
		const facts = nodeFacts(raw);
		const before = this.nodes.get(facts.id)?.facts;
		if (!this.nodes.merge({id: facts.id, version: facts.version, facts}, stamp)) return;
		this.dirty.nodes.add(facts.id);
		if (before?.hostname === facts.hostname) return;
		if (before) this.nodesByHostname.delete(before.hostname, facts.id);
		this.nodesByHostname.add(facts.hostname, facts.id);
		this.#touchTwins(facts.hostname);
		if (before) this.#touchTwins(before.hostname);
	}

	#forgetNode({id, facts}: NodeRecord): void {
		this.loads.delete(id);
		this.dirty.nodes.add(id);
		this.nodesByHostname.delete(facts.hostname, id);
		this.#touchTwins(facts.hostname);
	}

	#touchTwins(hostname: string): void {
		for (const twin of this.nodesByHostname.of(hostname)) this.dirty.nodes.add(twin);
	}

	#group({id, facts}: TaskRecord): void {
		this.tasksByService.add(facts.serviceId, id);
		if (facts.nodeId !== '') this.tasksByNode.add(facts.nodeId, id);
	}

	#ungroup(record: TaskRecord): void {
		this.tasksByService.delete(record.facts.serviceId, record.id);
		this.tasksByNode.delete(record.facts.nodeId, record.id);
	}

	#forgetTask(record: TaskRecord): void {
		this.#ungroup(record);
		this.#touchTask(record);
	}

	#touchTask({id, facts}: TaskRecord): void {
		this.dirty.tasks.add(id);
		this.dirty.services.add(facts.serviceId);
		if (facts.nodeId !== '') this.dirty.nodes.add(facts.nodeId);
	}

	#touchAll(): void {
		for (const id of this.nodes.ids()) this.dirty.nodes.add(id);
		for (const id of this.services.ids()) this.dirty.services.add(id);
	}

	#learn(known: Set<string>, ids: readonly string[], dirty: Set<string>): void {
		for (const id of ids) {
			if (!known.has(id)) dirty.add(id);
			known.add(id);
		}
	}

	#candidates(listed: ListedTasks): Iterable<string> | 'all' {
		if (listed.kind === 'all') return 'all';
		if (listed.kind === 'node') return this.tasksByNode.of(listed.id);
		if (listed.kind === 'tasks') return listed.ids;
		return listed.ids.flatMap((id) => [...this.tasksByService.of(id)]);
	}
}

const newestOf = (objects: readonly {readonly Version: {readonly Index: number}}[]): number =>
	objects.reduce((newest, {Version: version}) => Math.max(newest, version.Index), -1);
