import {failed, ok, type Result} from '../../runtime/result.ts';
import type {ContainerRequest, Containers, Events, Refusal} from '../contract.ts';
import type {SimulatedContainer} from './container.ts';
import {publishContainerEvent, publishNetworkEvent} from './container-events.ts';

/** The containers of one host, newest first as `docker ps` lists them. */
export class ContainerHost implements Containers {
	readonly #events: Events;
	readonly #byId = new Map<string, SimulatedContainer>();
	readonly #byTask = new Map<string, SimulatedContainer>();
	/** Overlay networks that reach this host, with the number of containers on each. */
	readonly #networkUse = new Map<string, number>();

	readonly #make: (request: ContainerRequest) => Result<SimulatedContainer, Refusal>;
	/** Makes the containers that have been here for long and that nobody has asked for yet. */
	#makeOlder: (() => void) | undefined;

	/** `make` makes what somebody asks for by hand. */
	constructor(events: Events, make: (request: ContainerRequest) => Result<SimulatedContainer, Refusal>) {
		this.#events = events;
		this.#make = make;
	}

	create(request: ContainerRequest): Result<SimulatedContainer, Refusal> {
		const made = this.#make(request);
		if (made.ok) this.add(made.value);
		return made;
	}

	/**
	 * `make` adds containers that have been here before all others. It is called when any container is asked for, which on
	 * most of the hosts of a large swarm never happens.
	 */
	addWhenAsked(make: () => void): void {
		this.makeOlder();
		this.#makeOlder = make;
	}

	list(): readonly SimulatedContainer[] {
		this.makeOlder();
		return [...this.#byId.values()].reverse();
	}

	find(reference: string): SimulatedContainer | undefined {
		this.makeOlder();
		const exact = this.#byId.get(reference);
		if (exact) return exact;
		const name = reference.replace(/^\//, '');
		const all = [...this.#byId.values()];
		const named = all.find((container) => container.name === name);
		if (named) return named;
		const begun = all.filter(({id}) => id.startsWith(reference));
		return begun.length === 1 ? begun[0] : undefined;
	}

	ofTask(taskId: string): SimulatedContainer | undefined {
		this.makeOlder();
		return this.#byTask.get(taskId);
	}

	/** Takes a new container in and tells of it. `isQuiet` for those that are taken over as they are. */
	add(container: SimulatedContainer, {isQuiet = false}: {isQuiet?: boolean} = {}): void {
		this.makeOlder();
		this.#byId.set(container.id, container);
		if (container.taskId) this.#byTask.set(container.taskId, container);
		for (const network of container.networks) {
			const users = this.#networkUse.get(network.id) ?? 0;
			this.#networkUse.set(network.id, users + 1);
			if (users === 0 && comesAndGoes(network) && !isQuiet) publishNetworkEvent(this.#events, 'create', network);
		}
		if (!isQuiet) publishContainerEvent(this.#events, 'create', container);
	}

	remove(reference: string, {force}: {readonly force: boolean}): Promise<Result<void, Refusal>> {
		const container = this.find(reference);
		if (!container) return Promise.resolve(failed({status: 404, message: `No such container: ${reference}`}));
		if (container.isRunning && !force) {
			const message = `cannot remove container "/${container.name}": container is running: stop the container before removing or force remove`;
			return Promise.resolve(failed({status: 409, message}));
		}
		this.discard(container);
		return Promise.resolve(ok(undefined));
	}

	/** Removes a container at once, killing it if need be. */
	discard(container: SimulatedContainer): void {
		if (this.#byId.get(container.id) !== container) return;
		container.kill('KILL');
		this.#byId.delete(container.id);
		if (container.taskId && this.#byTask.get(container.taskId) === container) this.#byTask.delete(container.taskId);
		container.forget();
		publishContainerEvent(this.#events, 'destroy', container);
		for (const network of container.networks) {
			const users = (this.#networkUse.get(network.id) ?? 1) - 1;
			if (users > 0) this.#networkUse.set(network.id, users);
			else this.#networkUse.delete(network.id);
			if (users === 0 && comesAndGoes(network)) publishNetworkEvent(this.#events, 'destroy', network);
		}
	}

	/** Makes now what else would be made with the first question. */
	makeOlder(): void {
		const make = this.#makeOlder;
		this.#makeOlder = undefined;
		make?.();
	}
}

/** An overlay is made on a host with its first container there and unmade with the last; ingress always stays. */
const comesAndGoes = ({driver, name}: {driver: string; name: string}): boolean =>
	driver === 'overlay' && name !== 'ingress';
