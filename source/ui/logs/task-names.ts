/**
 * Names for who speaks in a log: as the cluster's state has them, and for tasks that no list on the screen holds as the
 * engine tells when it is asked. On a large swarm that is so for all that is marked together.
 */
import type {ClusterStore, TaskEntity} from '../../cluster/model.ts';
import type {LogNames} from '../../logs/display.ts';
import type {LogOrigin} from '../../logs/log-line.ts';
import type {LogOpener} from '../../logs/log-opener.ts';
import type {Clock} from '../../runtime/clock.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';

export type TaskNamesOptions = {
	readonly store: ClusterStore;
	readonly opener: Pick<LogOpener, 'tasksOf'>;
	readonly clock: Clock;
	/** Names have come that were not known. */
	readonly onLearned: () => void;
};

/** A service whose tasks were just listed is not asked again so soon: what it has new is on its way to the state. */
const pauseMs = 5000;

type Learned = {readonly serviceId: string; readonly nodeId: string; readonly slot: number | undefined};

export class TaskNames implements LogNames {
	readonly #options: TaskNamesOptions;
	readonly #abort = new AbortController();
	readonly #learned = new Map<string, Learned>();
	readonly #askedAt = new Map<string, number>();

	constructor(options: TaskNamesOptions) {
		this.#options = options;
	}

	readonly task = (taskId: string): {readonly service: SafeText; readonly slot: SafeText} | undefined => {
		const {tasks, services} = this.#options.store.getState();
		const known = tasks.get(taskId);
		if (known) return {service: known.serviceName, slot: slotOf(known)};
		const learned = this.#learned.get(taskId);
		const service = learned && services.get(learned.serviceId)?.name;
		if (!learned || service === undefined) return undefined;
		const slot = learned.slot === undefined ? this.node(learned.nodeId) : safe`${learned.slot}`;
		return slot && {service, slot};
	};

	readonly node = (nodeId: string): SafeText | undefined => this.#options.store.getState().nodes.get(nodeId)?.name;

	/** Asks for the names of those who speak, where nobody knows them. */
	meet(speakers: Iterable<LogOrigin>): void {
		const {tasks} = this.#options.store.getState();
		for (const {taskId, serviceId} of speakers) {
			if (serviceId !== '' && !tasks.has(taskId) && !this.#learned.has(taskId)) void this.#ask(serviceId);
		}
	}

	close(): void {
		this.#abort.abort();
	}

	async #ask(serviceId: string): Promise<void> {
		const {opener, clock, onLearned} = this.#options;
		const askedAt = this.#askedAt.get(serviceId);
		if (askedAt !== undefined && clock.now() - askedAt < pauseMs) return;
		this.#askedAt.set(serviceId, clock.now());
		const tasks = await opener.tasksOf(serviceId, this.#abort.signal);
		if (!tasks.ok || this.#abort.signal.aborted) return;
		for (const {id, nodeId, slot} of tasks.value) this.#learned.set(id, {serviceId, nodeId, slot});
		onLearned();
	}
}

/** A global task's slot is its node's name. */
const slotOf = ({name, nodeId, nodeName, slot}: TaskEntity): SafeText =>
	nodeId !== '' && name.endsWith(nodeId) ? nodeName : safe`${slot}`;
