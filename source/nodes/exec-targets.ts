import type {Answer, SwarmClient} from '../engine/client.ts';
import {engineError} from '../engine/error.ts';
import {failed, ok} from '../runtime/result.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import type {SwarmNode} from '../wire/node.ts';
import type {Task} from '../wire/task.ts';
import type {NodeEngines} from './node-engines.ts';
import {type NodeSubject, subjectOf} from './subject.ts';

/** A running container and the node that it is on. */
export type ExecTarget = {
	/** `web.3`, or the container's own name. */
	readonly name: SafeText;
	readonly node: NodeSubject;
	readonly containerId: string;
};

/** Shorter words are names, not the beginnings of IDs: some ID begins with them by chance. */
const shortestId = 4;
const prefixes = ['service', 'task', 'container'] as const;

/**
 * The running containers that a word means: those of a service in the order of their slots, one of `service.slot` or
 * `service.node`, a task by its ID, or a container by its ID or name on any node that can be reached.
 */
export async function findExecTargets(word: string, client: SwarmClient, engines: NodeEngines): Answer<ExecTarget[]> {
	const [first = '', rest] = word.split(/\/(.*)/s);
	const prefix = prefixes.find((each) => each === first);
	const name = prefix !== undefined && rest !== undefined ? rest : word;
	const kinds = prefix === undefined ? prefixes : [prefix];
	const nodes = await client.nodes();
	if (!nodes.ok) return nodes;
	const finder = new TargetFinder(client, engines, nodes.value);
	for (const kind of kinds) {
		const found = await finder[kind](name);
		if (!found.ok || found.value) return found.ok ? ok(found.value ?? []) : found;
	}
	return failed(
		engineError('not-found', `There is no ${prefix ?? 'service, task or container'} "${name}".`, finder.unasked()),
	);
}

type Found = Answer<ExecTarget[] | undefined>;

class TargetFinder {
	readonly #client: SwarmClient;
	readonly #engines: NodeEngines;
	readonly #nodes: readonly SwarmNode[];
	readonly #unasked: string[] = [];

	constructor(client: SwarmClient, engines: NodeEngines, nodes: readonly SwarmNode[]) {
		this.#client = client;
		this.#engines = engines;
		this.#nodes = nodes;
	}

	/** Where it may be all the same, in a sentence; '' where everybody was asked. */
	unasked(): string {
		return this.#unasked.length === 0
			? ''
			: `The engines of these nodes could not be asked: ${this.#unasked.join(', ')}.`;
	}

	async service(name: string): Found {
		const service = await orNothing(this.#client.service(name));
		if (!service.ok || !service.value) return service.ok ? ok(undefined) : service;
		const {ID, Spec} = service.value;
		const isMeant = name === ID || name === Spec.Name || (name.length >= shortestId && ID.startsWith(name));
		if (!isMeant) return ok(undefined);
		const tasks = await this.#client.tasks({filters: {service: [ID]}});
		if (!tasks.ok) return tasks;
		const running = tasks.value.filter(isRunning).sort((a, b) => (a.Slot ?? 0) - (b.Slot ?? 0));
		if (running.length === 0) return failed(engineError('not-found', `${Spec.Name} has no running task.`, ''));
		return ok(running.flatMap((task) => this.#target(task, Spec.Name)));
	}

	async task(name: string): Found {
		// As containers are called: web.3.8x1k…, or agent.NODEID.8x1k….
		const id = /^.+\.[^.]+\.([a-z0-9]{25})$/.exec(name)?.[1] ?? name;
		const bySlot = await this.#taskInSlot(name);
		if (!bySlot.ok || bySlot.value) return bySlot;
		if (id.length < shortestId) return ok(undefined);
		const task = await orNothing(this.#client.task(id));
		if (!task.ok || !task.value?.ID.startsWith(id)) return task.ok ? ok(undefined) : task;
		const service = await this.#client.service(task.value.ServiceID ?? '');
		return this.#one([task.value], service.ok ? service.value.Spec.Name : task.value.ID, name);
	}

	async container(name: string): Found {
		const tasks = await this.#client.tasks({filters: {'desired-state': ['running']}});
		if (!tasks.ok) return tasks;
		const ofTask = tasks.value.filter(({Status}) => {
			const id = Status.ContainerStatus?.ContainerID ?? '';
			return name.length >= shortestId && id.startsWith(name);
		});
		if (ofTask.length > 0) return ok(ofTask.filter(isRunning).flatMap((task) => this.#target(task, name)));
		const found = await Promise.all(
			this.#nodes.map(subjectOf).map(async (node): Promise<ExecTarget[]> => {
				if (!this.#engines.reachOf(node)) return [];
				const container = await this.#engines.ask(node, (engine) => engine.container(name));
				if (!container.ok) {
					if (container.error.kind !== 'not-found') this.#unasked.push(node.hostname);
					return [];
				}
				const {Id: containerId, Name} = container.value;
				const own = Name.slice(1);
				const isMeant = own === name || (name.length >= shortestId && containerId.startsWith(name));
				return isMeant ? [{name: toSafeText(own), node, containerId}] : [];
			}),
		);
		const all = found.flat();
		return ok(all.length === 0 ? undefined : all);
	}

	/** `web.3`; of a global service `agent.NODE`, by the node's name or ID. */
	async #taskInSlot(name: string): Found {
		const [, serviceName, slot] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
		if (serviceName === undefined || slot === undefined) return ok(undefined);
		const service = await orNothing(this.#client.service(serviceName));
		if (!service.ok || service.value?.Spec.Name !== serviceName) return service.ok ? ok(undefined) : service;
		const tasks = await this.#client.tasks({filters: {service: [service.value.ID]}});
		if (!tasks.ok) return tasks;
		const nodeId = this.#nodes.find(({ID, Description}) => ID === slot || Description.Hostname === slot)?.ID;
		const inSlot = tasks.value.filter((task) =>
			/^\d+$/.test(slot) ? task.Slot === Number(slot) : task.NodeID !== undefined && task.NodeID === nodeId,
		);
		return inSlot.length === 0 ? ok(undefined) : this.#one(inSlot, serviceName, name);
	}

	/** The one of several that runs. */
	async #one(tasks: readonly Task[], serviceName: string, name: string): Found {
		const running = tasks.filter(isRunning);
		if (running.length > 0) return ok(running.flatMap((task) => this.#target(task, serviceName)));
		const [newest] = tasks.toSorted((a, b) => (a.CreatedAt < b.CreatedAt ? 1 : -1));
		return failed(engineError('not-found', `${name} is not running: it is ${newest?.Status.State ?? 'gone'}.`, ''));
	}

	#target({ID, Slot, NodeID, Status}: Task, serviceName: string): ExecTarget[] {
		const node = this.#nodes.find((each) => each.ID === NodeID);
		const containerId = Status.ContainerStatus?.ContainerID;
		if (!node || !containerId) return [];
		const subject = subjectOf(node);
		const name = serviceName === ID ? ID : `${serviceName}.${Slot ? Slot : subject.hostname}`;
		return [{name: toSafeText(name), node: subject, containerId}];
	}
}

function isRunning({Status}: Task): boolean {
	return Status.State === 'running' && Boolean(Status.ContainerStatus?.ContainerID);
}

async function orNothing<T>(answer: Answer<T>): Answer<T | undefined> {
	const result = await answer;
	return !result.ok && result.error.kind === 'not-found' ? ok(undefined) : result;
}
