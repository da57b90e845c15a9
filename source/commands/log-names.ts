import type {SwarmClient} from '../engine/client.ts';
import type {LogNames} from '../logs/display.ts';
import type {LogLine} from '../logs/log-line.ts';
import {toSafeText} from '../text/safe-text.ts';

/**
 * Names for the IDs in log lines, asked of the engine as lines come: those of a service's tasks together, once. What the
 * engine no longer knows keeps its ID.
 */
export class EngineNames implements LogNames {
	readonly #client: SwarmClient;
	readonly #tasks = new Map<string, {readonly serviceId: string; readonly slot: number}>();
	readonly #services = new Map<string, string>();
	readonly #nodes = new Map<string, string>();
	/** Asked for, whatever the answer. */
	readonly #asked = new Set<string>();

	constructor(client: SwarmClient) {
		this.#client = client;
	}

	/** Slotless tasks print slot 0, as `docker service logs` has it. */
	readonly task = (taskId: string) => {
		const task = this.#tasks.get(taskId);
		if (!task) return undefined;
		const service = this.#services.get(task.serviceId) ?? task.serviceId;
		return {service: toSafeText(service), slot: toSafeText(String(task.slot))};
	};

	readonly node = (nodeId: string) => {
		const name = this.#nodes.get(nodeId);
		return name === undefined ? undefined : toSafeText(name);
	};

	/** Whether all that the lines need has been asked for: then there is nothing to wait for. */
	knows(lines: readonly LogLine[]): boolean {
		return lines.every(({origin}) => this.#asked.has(origin.taskId) && this.#asked.has(origin.nodeId));
	}

	/** Asks for what the lines need. What an engine does not answer now is asked with the next lines. */
	async learn(lines: readonly LogLine[]): Promise<void> {
		const origins = lines.map(({origin}) => origin);
		if (origins.some(({nodeId}) => !this.#asked.has(nodeId)) && (await this.#learnNodes())) {
			for (const {nodeId} of origins) this.#asked.add(nodeId);
		}
		const unknown = origins.filter(({taskId}) => !this.#asked.has(taskId));
		for (const id of new Set(unknown.map(({serviceId}) => serviceId))) {
			if (!(await this.#learnService(id))) continue;
			for (const {taskId, serviceId} of unknown) if (serviceId === id) this.#asked.add(taskId);
		}
	}

	/** Names for the IDs of nodes that have said nothing. */
	async nodeNames(ids: readonly string[]): Promise<string[]> {
		if (ids.some((id) => !this.#nodes.has(id))) await this.#learnNodes();
		return ids.map((id) => this.#nodes.get(id) ?? id);
	}

	/** Whether the engine has answered. */
	async #learnNodes(): Promise<boolean> {
		const nodes = await this.#client.nodes();
		for (const {ID, Description} of nodes.ok ? nodes.value : []) this.#nodes.set(ID, Description.Hostname ?? ID);
		return nodes.ok;
	}

	/** Whether the engine has answered. A service that is gone has taken its tasks with it. */
	async #learnService(id: string): Promise<boolean> {
		const [service, tasks] = await Promise.all([
			this.#client.service(id),
			this.#client.tasks({filters: {service: [id]}}),
		]);
		if (service.ok) this.#services.set(id, service.value.Spec.Name);
		for (const {ID, Slot} of tasks.ok ? tasks.value : []) this.#tasks.set(ID, {serviceId: id, slot: Slot ?? 0});
		return tasks.ok || tasks.error.kind === 'not-found';
	}
}
