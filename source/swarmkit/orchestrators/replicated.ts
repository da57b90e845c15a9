import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {NodeObject, ServiceObject, TaskObject} from '../state/objects.ts';
import {modeName, replicasOf} from '../state/service-mode.ts';
import type {Change, Commit, Store, Transaction} from '../state/store.ts';
import {isTerminal} from '../state/task-state.ts';
import {advance, isWanted} from './desired-state.ts';
import {checkTasks} from './leader-start.ts';
import {Restarts} from './restarts.ts';
import {inOrderOfRemoval} from './scale-down.ts';
import {isInvalidNode, TaskTemplates} from './task-templates.ts';
import {Updates} from './updates.ts';

/**
 * Keeps as many slots of each replicated service alive as it asks for: makes tasks, takes surplus ones away, restarts the
 * dead, and hands what differs from the spec to the updater (swarmkit manager/orchestrator/replicated).
 */
export function startReplicated(surroundings: ControllerSurroundings): Controller {
	const orchestrator = new Replicated(surroundings);
	orchestrator.start();
	return orchestrator;
}

const isReplicated = (service: ServiceObject | undefined): service is ServiceObject =>
	service !== undefined && modeName(service.spec) === 'replicated';

class Replicated implements Controller {
	readonly #store: Store;
	readonly #templates: TaskTemplates;
	readonly #restarts: Restarts;
	readonly #updates: Updates;
	/** What a commit leaves to do, until it has been read to its end. */
	readonly #toReconcile = new Set<string>();
	readonly #toRestart = new Set<string>();
	#unwatch: () => void = () => undefined;

	constructor(surroundings: ControllerSurroundings) {
		this.#store = surroundings.store;
		this.#templates = new TaskTemplates(surroundings.seeded);
		this.#restarts = new Restarts(surroundings, this.#templates);
		this.#updates = new Updates({...surroundings, restarts: this.#restarts, templates: this.#templates});
	}

	start(): void {
		checkTasks(this.#store, this.#restarts, {isOurs: isReplicated, fix: (_tx, task) => this.#checkTask(task)});
		for (const service of this.#store.all('service')) {
			if (isReplicated(service)) this.#toReconcile.add(service.id);
		}
		this.#unwatch = this.#store.watch((commit) => this.#see(commit));
		this.#restartTasks();
		this.#reconcileServices();
	}

	stop(): void {
		this.#unwatch();
		this.#updates.stop();
		this.#restarts.stop();
	}

	#see(commit: Commit): void {
		for (const change of commit.changes) {
			this.#restarts.see(change);
			this.#seeChange(change);
		}
		this.#restartTasks();
		// The updater looks at what has failed beside this; its rollback finds, as it mostly does, that the task of the spec
		// which failed has been restarted already.
		for (const change of commit.changes) this.#updates.see(change);
		this.#reconcileServices();
	}

	#seeChange(change: Change): void {
		switch (change.kind) {
			case 'service':
				if (!isReplicated(change.object)) return;
				if (change.action === 'remove') this.#serviceRemoved(change.object.id);
				else this.#toReconcile.add(change.object.id);
				return;
			case 'node':
				this.#checkNode(change.object, change.action === 'remove');
				return;
			case 'task':
				if (change.action !== 'remove') this.#checkTask(change.object);
				else if (isWanted(change.object)) this.#toReconcile.add(change.object.serviceId);
				return;
			default:
				return;
		}
	}

	#checkNode(node: NodeObject, isRemoved: boolean): void {
		if (!isRemoved && !isInvalidNode(node)) return;
		for (const task of this.#store.tasksOfNode(node.id)) if (isWanted(task)) this.#toRestart.add(task.id);
	}

	#checkTask(task: TaskObject): void {
		if (!isWanted(task) || !isReplicated(this.#store.get('service', task.serviceId))) return;
		const hasLostNode = task.nodeId !== '' && isInvalidNode(this.#store.get('node', task.nodeId));
		if (isTerminal(task.status.state) || hasLostNode) this.#toRestart.add(task.id);
	}

	#restartTasks(): void {
		if (this.#toRestart.size === 0) return;
		const ids = [...this.#toRestart];
		this.#toRestart.clear();
		this.#store.update((tx) => {
			for (const id of ids) this.#restart(tx, id);
		});
	}

	/** After the restarts, so that a service is looked at with its dead tasks already replaced. */
	#reconcileServices(): void {
		const services = [...this.#toReconcile];
		this.#toReconcile.clear();
		for (const id of services) {
			const service = this.#store.get('service', id);
			if (isReplicated(service)) this.#reconcile(service);
		}
	}

	#restart(tx: Transaction, taskId: string): void {
		const task = tx.get('task', taskId);
		const service = task && tx.get('service', task.serviceId);
		if (task && isWanted(task) && isReplicated(service)) this.#restarts.restart(tx, service, task);
	}

	#serviceRemoved(serviceId: string): void {
		this.#toReconcile.delete(serviceId);
		this.#restarts.forgetService(serviceId);
		this.#store.update((tx) => {
			for (const task of tx.tasksOfService(serviceId)) advance(tx, task.id, 'remove');
		});
	}

	#reconcile(service: ServiceObject): void {
		const {occupied, dead} = this.#slots(service);
		const wanted = replicasOf(service.spec);
		const slots = inOrderOfRemoval([...occupied.values()], wanted);
		// The updater's first writes come before those of the scaling, but both start from the same slots.
		this.#updates.update(service, slots.slice(0, wanted));
		this.#store.update((tx) => {
			const filled = this.#addTasks(tx, service, occupied, wanted - slots.length);
			for (const slot of slots.slice(wanted)) {
				for (const task of slot) advance(tx, task.id, 'remove');
			}
			for (const [slot, tasks] of dead) {
				if (!filled.has(slot)) for (const task of tasks) tx.remove('task', task.id);
			}
		});
	}

	/** Slots that something lives in (or that stay dead by their restart policy), by number, and those of the past. */
	#slots(service: ServiceObject): {occupied: Map<number, TaskObject[]>; dead: Map<number, TaskObject[]>} {
		const occupied = new Map<number, TaskObject[]>();
		const dead = new Map<number, TaskObject[]>();
		const bySlot = Map.groupBy(this.#store.tasksOfService(service.id), (task) => task.slot);
		for (const number of [...bySlot.keys()].sort((a, b) => a - b)) {
			const tasks = bySlot.get(number) ?? [];
			const updatable = this.#restarts.updatable(service, tasks);
			if (updatable.length > 0) occupied.set(number, updatable);
			else dead.set(number, tasks);
		}
		return {occupied, dead};
	}

	/** Makes `count` tasks in the lowest free slots; gives back their numbers. */
	#addTasks(
		tx: Transaction,
		service: ServiceObject,
		occupied: ReadonlyMap<number, unknown>,
		count: number,
	): Set<number> {
		const filled = new Set<number>();
		for (let slot = 1; filled.size < count; slot++) {
			if (occupied.has(slot)) continue;
			this.#templates.create(tx, service, {slot, nodeId: '', desiredState: 'running'});
			filled.add(slot);
		}
		return filled;
	}
}
