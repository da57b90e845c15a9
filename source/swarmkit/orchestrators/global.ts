import {type Constraint, constraintsOf, meetsConstraints} from '../scheduler/constraints.ts';
import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {NodeObject, ServiceObject, TaskObject} from '../state/objects.ts';
import {modeName} from '../state/service-mode.ts';
import type {Change, Commit, Store, Transaction} from '../state/store.ts';
import {isTerminal} from '../state/task-state.ts';
import {advance, isWanted} from './desired-state.ts';
import {checkTasks} from './leader-start.ts';
import {Restarts} from './restarts.ts';
import {isInvalidNode, TaskTemplates} from './task-templates.ts';
import {Updates} from './updates.ts';

/**
 * Keeps one task of each global service on every node that is neither drained nor down and meets the constraints
 * (swarmkit manager/orchestrator/global). Tasks are made for their node; paused nodes get none.
 */
export function startGlobal(surroundings: ControllerSurroundings): Controller {
	const orchestrator = new Global(surroundings);
	orchestrator.start();
	return orchestrator;
}

type GlobalService = {readonly service: ServiceObject; readonly constraints: readonly Constraint[]};

const isGlobal = (service: ServiceObject): boolean => modeName(service.spec) === 'global';

class Global implements Controller {
	readonly #store: Store;
	readonly #templates: TaskTemplates;
	readonly #restarts: Restarts;
	readonly #updates: Updates;
	/** The nodes that can run something: neither drained nor down. */
	readonly #nodes = new Map<string, NodeObject>();
	readonly #services = new Map<string, GlobalService>();
	#unwatch: () => void = () => undefined;

	constructor(surroundings: ControllerSurroundings) {
		this.#store = surroundings.store;
		this.#templates = new TaskTemplates(surroundings.seeded);
		this.#restarts = new Restarts(surroundings, this.#templates);
		this.#updates = new Updates({...surroundings, restarts: this.#restarts, templates: this.#templates});
	}

	start(): void {
		for (const node of this.#store.all('node')) this.#keepNode(node);
		for (const service of this.#store.all('service')) if (isGlobal(service)) this.#keepService(service);
		const ended = new Set<string>();
		checkTasks(this.#store, this.#restarts, {isOurs: isGlobal, fix: (tx, task) => this.#fix(tx, task, ended)});
		this.#unwatch = this.#store.watch((commit) => this.#see(commit));
		this.#restartAll(ended);
		for (const known of this.#services.values()) this.#reconcile(known);
	}

	stop(): void {
		this.#unwatch();
		this.#updates.stop();
		this.#restarts.stop();
	}

	#see(commit: Commit): void {
		const ended = new Set<string>();
		for (const change of commit.changes) {
			this.#restarts.see(change);
			this.#seeChange(change, ended);
		}
		this.#restartAll(ended);
		// Restarts come before a rollback here as well: see replicated.ts.
		for (const change of commit.changes) this.#updates.see(change);
	}

	#seeChange(change: Change, ended: Set<string>): void {
		switch (change.kind) {
			case 'service':
				if (!isGlobal(change.object)) return;
				if (change.action === 'remove') this.#serviceRemoved(change.object.id);
				else this.#reconcile(this.#keepService(change.object));
				return;
			case 'node':
				if (change.action === 'remove') this.#nodeRemoved(change.object.id);
				else this.#nodeChanged(change.object);
				return;
			case 'task':
				if (change.action === 'update' && this.#hasEnded(change.object)) ended.add(change.object.id);
				return;
			default:
				return;
		}
	}

	#keepNode(node: NodeObject): void {
		if (isInvalidNode(node)) this.#nodes.delete(node.id);
		else this.#nodes.set(node.id, node);
	}

	#keepService(service: ServiceObject): GlobalService {
		const constraints = constraintsOf(service.spec.TaskTemplate.Placement?.Constraints);
		const known = {service, constraints};
		this.#services.set(service.id, known);
		return known;
	}

	#hasEnded(task: TaskObject): boolean {
		return this.#services.has(task.serviceId) && isWanted(task) && isTerminal(task.status.state);
	}

	#fix(tx: Transaction, task: TaskObject, ended: Set<string>): void {
		if (!isWanted(task)) return;
		if (!this.#nodes.has(task.nodeId)) advance(tx, task.id, 'shutdown');
		else if (isTerminal(task.status.state)) ended.add(task.id);
	}

	#serviceRemoved(serviceId: string): void {
		this.#services.delete(serviceId);
		this.#restarts.forgetService(serviceId);
		this.#store.update((tx) => {
			for (const task of tx.tasksOfService(serviceId)) advance(tx, task.id, 'remove');
		});
	}

	/** A removed node leaves no trace of its global tasks, not even a history. */
	#nodeRemoved(nodeId: string): void {
		this.#nodes.delete(nodeId);
		this.#store.update((tx) => {
			for (const task of tx.tasksOfNode(nodeId)) if (this.#services.has(task.serviceId)) tx.remove('task', task.id);
		});
	}

	#nodeChanged(node: NodeObject): void {
		this.#keepNode(node);
		if (isInvalidNode(node)) {
			this.#store.update((tx) => {
				for (const task of tx.tasksOfNode(node.id)) {
					if (this.#services.has(task.serviceId)) advance(tx, task.id, 'shutdown');
				}
			});
		} else if (node.spec.Availability === 'active') {
			this.#reconcileNode(node);
		}
	}

	/** Brings what runs on one node up to date at once: this is no rolling update, and shows in no update status. */
	#reconcileNode(node: NodeObject): void {
		const byService = Map.groupBy(this.#store.tasksOfNode(node.id), (task) => task.serviceId);
		this.#store.update((tx) => {
			for (const {service, constraints} of this.#services.values()) {
				if (!meetsConstraints(constraints, node) || !tx.get('service', service.id)) continue;
				const tasks = this.#restarts.updatable(service, byService.get(service.id) ?? []);
				const isClean = (task: TaskObject): boolean => !this.#templates.isDirty(service, task, node);
				const kept = tasks.find(isClean);
				if (!kept) this.#addTask(tx, service, node.id);
				for (const task of tasks) if (task !== kept) advance(tx, task.id, 'shutdown');
			}
		});
	}

	#reconcile({service, constraints}: GlobalService): void {
		const byNode = Map.groupBy(this.#store.tasksOfService(service.id), (task) => task.nodeId);
		const slots: TaskObject[][] = [];
		this.#store.update((tx) => {
			if (!tx.get('service', service.id)) return;
			for (const node of this.#nodes.values()) {
				const tasks = this.#restarts.updatable(service, byNode.get(node.id) ?? []);
				byNode.delete(node.id);
				if (!meetsConstraints(constraints, node)) {
					for (const task of tasks) advance(tx, task.id, 'shutdown');
				} else if (node.spec.Availability !== 'pause') {
					if (tasks.length === 0) this.#addTask(tx, service, node.id);
					else slots.push(tasks);
				}
			}
			// What is left is on nodes that are drained, down or gone.
			for (const tasks of byNode.values()) {
				for (const task of this.#restarts.updatable(service, tasks)) advance(tx, task.id, 'shutdown');
			}
		});
		if (slots.length > 0) this.#updates.update(service, slots);
	}

	#addTask(tx: Transaction, service: ServiceObject, nodeId: string): void {
		this.#templates.create(tx, service, {slot: 0, nodeId, desiredState: 'running'});
	}

	#restartAll(ended: ReadonlySet<string>): void {
		if (ended.size === 0) return;
		this.#store.update((tx) => {
			for (const id of ended) this.#restart(tx, id);
		});
	}

	#restart(tx: Transaction, taskId: string): void {
		const task = tx.get('task', taskId);
		const service = task && tx.get('service', task.serviceId);
		const known = task && this.#services.get(task.serviceId);
		const node = task && this.#nodes.get(task.nodeId);
		if (!task || !service || !known || !node || !isWanted(task)) return;
		if (node.spec.Availability === 'pause' || !meetsConstraints(known.constraints, node)) {
			advance(tx, task.id, 'shutdown');
		} else {
			this.#restarts.restart(tx, service, task);
		}
	}
}
