/**
 * Entities out of tables: joins names, counts, judges health. Only what is dirty is derived, and an entity that comes out
 * as it was keeps its identity, so that a row on the screen is drawn again only when something about it changed.
 */

import type {SlotEvidence} from '../entities/health.ts';
import {nodeEntity} from '../entities/node.ts';
import {stuckAt} from '../entities/patience.ts';
import {serviceEntity} from '../entities/service.ts';
import {taskEntity} from '../entities/task.ts';
import type {NodeEntity, ServiceEntity, ServiceMode, TaskEntity} from '../model.ts';
import {RestartLog} from './restart-log.ts';
import {countsOf, loadOf, slotEvidence, slotsOf} from './survey.ts';
import type {ServiceRecord, Tables} from './tables.ts';

export class Derivation {
	readonly nodes = new Map<string, NodeEntity>();
	readonly services = new Map<string, ServiceEntity>();
	readonly tasks = new Map<string, TaskEntity>();
	/** Which maps have changed since the flags were last taken. */
	readonly changed = {nodes: false, services: false, tasks: false};
	readonly #tables: Tables;
	readonly #now: () => number;
	/** The newest tasks of their slots. */
	readonly #current = new Set<string>();
	/** Since when a service has had fewer tasks running than desired. */
	readonly #shortSince = new Map<string, number>();
	readonly #restarts = new RestartLog();
	/** Services whose health may change by mere passing of time. */
	readonly #restless = new Set<string>();
	/** When a task is stuck unless something about it changes. */
	readonly #stuckAt = new Map<string, number>();

	constructor(tables: Tables, now: () => number) {
		this.#tables = tables;
		this.#now = now;
	}

	/** Works on what is dirty until `isTimeUp` says so. True when nothing is left. */
	run(isTimeUp: () => boolean): boolean {
		const {dirty} = this.#tables;
		return (
			this.#each(dirty.nodes, isTimeUp, (id) => this.#deriveNode(id)) &&
			this.#each(dirty.services, isTimeUp, (id) => this.#deriveService(id)) &&
			this.#each(dirty.tasks, isTimeUp, (id) => this.#deriveTask(id))
		);
	}

	/** Has those services and tasks judged again whose health depends on how long something has lasted. */
	reassess(): void {
		const {dirty, tasks} = this.#tables;
		for (const id of this.#restless) dirty.services.add(id);
		const now = this.#now();
		for (const [id, at] of this.#stuckAt) {
			if (now < at) continue;
			this.#stuckAt.delete(id);
			const record = tasks.get(id);
			if (!record) continue;
			dirty.tasks.add(id);
			dirty.services.add(record.facts.serviceId);
		}
	}

	#each(ids: Set<string>, isTimeUp: () => boolean, derive: (id: string) => void): boolean {
		for (const id of ids) {
			if (isTimeUp()) return false;
			ids.delete(id);
			derive(id);
		}
		return true;
	}

	#deriveNode(id: string): void {
		const {nodes, nodesByHostname, tasksByNode, loads} = this.#tables;
		const facts = nodes.get(id)?.facts;
		const before = this.nodes.get(id);
		if (!facts) {
			this.#touchTasksOn(id);
			if (this.nodes.delete(id)) this.changed.nodes = true;
			return;
		}
		const isKnown = this.#tables.knowsTasksOfNode(id);
		const load = isKnown ? loadOf(this.#tables.tasksOf(tasksByNode.of(id))) : loads.get(id);
		// On a node that is down nothing is known to run.
		const tasks = load && {running: facts.state === 'down' ? 0 : load.running, desired: load.desired};
		const entity = nodeEntity(facts, {
			isDuplicate: nodesByHostname.of(facts.hostname).size > 1,
			reserved: reused(before?.reserved, load?.reserved),
			tasks: reused(before?.tasks, tasks),
			...(load && !isKnown && {isTallied: true}),
		});
		if (before && isSame(before, entity)) return;
		this.nodes.set(id, entity);
		this.changed.nodes = true;
		if (before?.name !== entity.name || (before.state === 'down') !== (entity.state === 'down')) this.#touchTasksOn(id);
	}

	/** They bear the node's name, and how they stand depends on whether it is down. */
	#touchTasksOn(nodeId: string): void {
		const {dirty, tasksByNode} = this.#tables;
		for (const {id, facts} of this.#tables.tasksOf(tasksByNode.of(nodeId))) {
			dirty.tasks.add(id);
			dirty.services.add(facts.serviceId);
		}
	}

	#deriveService(id: string): void {
		const record = this.#tables.services.get(id);
		const before = this.services.get(id);
		if (before?.name !== record?.facts.name || before?.mode !== record?.facts.mode) {
			for (const taskId of this.#tables.tasksByService.of(id)) this.#tables.dirty.tasks.add(taskId);
		}
		const slots = this.#markCurrent(id, record);
		if (!record) {
			this.#shortSince.delete(id);
			this.#restless.delete(id);
			this.#restarts.forget(id);
			if (this.services.delete(id)) this.changed.services = true;
			return;
		}
		const entity = this.#judge(record, slots, before);
		if (before && isSame(before, entity)) return;
		this.services.set(id, entity);
		this.changed.services = true;
	}

	#judge(record: ServiceRecord, slots: ReturnType<typeof slotsOf>, before: ServiceEntity | undefined): ServiceEntity {
		const {id, facts} = record;
		const {tasksByService, isNodeDown} = this.#tables;
		const tasks = [...this.#tables.tasksOf(tasksByService.of(id))];
		const isKnown = this.#tables.knowsTasksOfService(id);
		const evidence = isKnown ? slotEvidence(slots.values(), tasks, isNodeDown, facts, this.#now()) : undefined;
		const counts = record.status
			? countsOfStatus(record.status, facts.mode, evidence)
			: isKnown
				? countsOf(facts, tasks, isNodeDown)
				: undefined;
		const shortForMs = this.#shortFor(id, counts, before ? this.#now() : facts.updatedAt);
		const restarts = isKnown ? this.#restarts.observe(facts, tasks, slots.values(), this.#now()) : undefined;
		if (shortForMs > 0 || evidence?.recovering || restarts) this.#restless.add(id);
		else this.#restless.delete(id);
		return serviceEntity(facts, {
			counts: reused(before?.counts, counts),
			slots: evidence,
			restarts: reused(before?.restarts, restarts),
			shortForMs,
		});
	}

	/** `firstSeen`: a service that is short when it is seen for the first time has been so since its last change. */
	#shortFor(id: string, counts: ServiceEntity['counts'], firstSeen: number): number {
		if (!counts || counts.running >= counts.desired) {
			this.#shortSince.delete(id);
			return 0;
		}
		const since = this.#shortSince.get(id) ?? firstSeen;
		this.#shortSince.set(id, since);
		return Math.max(1, this.#now() - since);
	}

	#markCurrent(id: string, record: ServiceRecord | undefined): ReturnType<typeof slotsOf> {
		const ids = this.#tables.tasksByService.of(id);
		const slots = slotsOf(this.#tables.tasksOf(ids), record?.facts.mode);
		const newest = new Set<string>();
		for (const slot of slots.values()) newest.add(slot.newest.id);
		for (const taskId of ids) {
			const isCurrent = newest.has(taskId);
			if (isCurrent === this.#current.has(taskId)) continue;
			if (isCurrent) this.#current.add(taskId);
			else this.#current.delete(taskId);
			this.#tables.dirty.tasks.add(taskId);
		}
		return slots;
	}

	#deriveTask(id: string): void {
		const record = this.#tables.tasks.get(id);
		if (!record) {
			this.#current.delete(id);
			this.#stuckAt.delete(id);
			if (this.tasks.delete(id)) this.changed.tasks = true;
			return;
		}
		const {facts} = record;
		const service = this.#tables.services.get(facts.serviceId)?.facts;
		const node = this.nodes.get(facts.nodeId);
		const at = stuckAt(facts, service);
		const isStuck = this.#now() >= at;
		if (isStuck || at === Infinity) this.#stuckAt.delete(id);
		else this.#stuckAt.set(id, at);
		const entity = taskEntity(facts, {
			service,
			node: node && {name: node.name, isDown: node.state === 'down'},
			isCurrent: this.#current.has(id),
			isServiceGone: this.#tables.isServiceGone(facts.serviceId),
			isStuck,
		});
		const before = this.tasks.get(id);
		if (before && isSame(before, entity)) {
			record.facts = before;
			return;
		}
		record.facts = entity;
		this.tasks.set(id, entity);
		this.changed.tasks = true;
	}
}

/**
 * As the engine counts. Of a global job it leaves out the tasks that wait to be started again, so that the number of a
 * failing one changes all the time: its slots are as many as its nodes.
 */
function countsOfStatus(
	{RunningTasks: running, DesiredTasks: desired, CompletedTasks: completed}: NonNullable<ServiceRecord['status']>,
	mode: ServiceMode,
	slots: SlotEvidence | undefined,
): NonNullable<ServiceEntity['counts']> {
	const isUnderWay = mode === 'global-job' && slots && slots.failing + slots.recovering + slots.starting > 0;
	return {running, desired: isUnderWay ? Math.max(desired, slots.wanted) : desired, completed};
}

/** The same fields with the same values, one level deep. */
function isSame<T extends object>(a: T, b: T): boolean {
	const keys = Object.keys(a) as (keyof T)[];
	return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

/** The previous object when the new one says the same. */
function reused<T extends object>(previous: T | undefined, next: T | undefined): T | undefined {
	return previous && next && isSame(previous, next) ? previous : next;
}
