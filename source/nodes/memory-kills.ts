import type {MemoryKill} from '../cluster/entities/inside.ts';
import type {TaskEntity} from '../cluster/model.ts';
import {Semaphore} from '../runtime/semaphore.ts';
import type {NodeEngines} from './node-engines.ts';
import type {NodeSubject} from './subject.ts';

/** What a program is ended with by the kernel, and by `docker kill`. */
const killedStatus = 137;
const atATime = 4;
/** An engine that did not answer is asked again with a later change; one that never does is left alone. */
const mostTries = 3;

/** Asks the nodes' engines how programs ended that were killed: each container once, and only of those that failed so. */
export class MemoryKills {
	readonly #engines: NodeEngines;
	readonly #publish: (kills: ReadonlyMap<string, MemoryKill>) => void;
	readonly #turns = new Semaphore(atATime);
	/** Containers that nobody has to be asked about: answered, or being asked about. */
	readonly #settled = new Set<string>();
	/** How often no engine answered, by container. */
	readonly #tries = new Map<string, number>();
	readonly #kills = new Map<string, MemoryKill>();

	constructor(engines: NodeEngines, publish: (kills: ReadonlyMap<string, MemoryKill>) => void) {
		this.#engines = engines;
		this.#publish = publish;
	}

	/** @param nodeOf the node of that ID, where there is a way to it */
	look(tasks: Iterable<TaskEntity>, nodeOf: (nodeId: string) => NodeSubject | undefined): void {
		const killed: {readonly task: TaskEntity; readonly node: NodeSubject}[] = [];
		for (const task of tasks) {
			const isKilled = task.state === 'failed' && task.exitCode === killedStatus && task.containerId !== '';
			const node = isKilled && !this.#settled.has(task.containerId) ? nodeOf(task.nodeId) : undefined;
			if (node) killed.push({task, node});
		}
		// The newest first.
		killed.sort((a, b) => b.task.since - a.task.since);
		for (const {task, node} of killed) {
			this.#settled.add(task.containerId);
			void this.#turns.run(() => this.#ask(task.containerId, node));
		}
	}

	async #ask(containerId: string, node: NodeSubject): Promise<void> {
		const container = await this.#engines.ask(node, (engine) => engine.container(containerId));
		if (!container.ok) {
			const tries = (this.#tries.get(containerId) ?? 0) + 1;
			this.#tries.set(containerId, tries);
			if (container.error.kind !== 'not-found' && tries < mostTries) this.#settled.delete(containerId);
			return;
		}
		if (container.value.State.OOMKilled !== true) return;
		const {State: state, HostConfig: host} = container.value;
		const at = Date.parse(state.FinishedAt ?? '');
		if (Number.isNaN(at)) return;
		this.#kills.set(containerId, {at, limitBytes: host?.Memory || undefined});
		this.#publish(new Map(this.#kills));
	}
}
