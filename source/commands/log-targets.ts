import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import type {LogNames} from '../logs/display.ts';
import type {LogTarget} from '../logs/log-opener.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {SwarmNode} from '../wire/node.ts';
import type {Service} from '../wire/service.ts';
import type {Task} from '../wire/task.ts';

/** Finds what `swarmtop logs` was asked for: services, tasks, nodes and stacks by name or ID. */

const stackLabel = 'com.docker.stack.namespace';

/** What the swarm holds, by the ways in which people name it. */
export type Directory = {
	readonly nodes: readonly SwarmNode[];
	readonly services: readonly Service[];
	readonly tasks: readonly Task[];
};

export async function readDirectory(client: SwarmClient): Promise<Result<Directory, EngineError>> {
	const [nodes, services, tasks] = await Promise.all([client.nodes(), client.services(), client.tasks()]);
	if (!nodes.ok) return nodes;
	if (!services.ok) return services;
	return tasks.ok ? ok({nodes: nodes.value, services: services.value, tasks: tasks.value}) : tasks;
}

type Kind = 'service' | 'task' | 'node' | 'stack';
const kinds: readonly Kind[] = ['service', 'task', 'node', 'stack'];

/** Fails with one sentence when the word names nothing, or more than one thing. */
export function findTargets(word: string, directory: Directory): Result<LogTarget[], string> {
	const [prefix = '', rest] = word.split(/\/(.*)/s);
	const asked = kinds.find((kind) => kind === prefix);
	const wanted = asked && rest !== undefined ? {kinds: [asked], name: rest} : {kinds, name: word};
	for (const kind of wanted.kinds) {
		const found = finders[kind](wanted.name, directory);
		if (found.length > 1 && kind !== 'node' && kind !== 'stack') {
			return failed(`"${word}" fits ${found.length} ${kind}s; write more of the ID.`);
		}
		if (found.length > 0) return ok(found);
	}
	const what = asked ? `${asked} "${wanted.name}"` : `service, task, node or stack "${word}"`;
	return failed(`There is no ${what}.`);
}

const finders: Readonly<Record<Kind, (name: string, directory: Directory) => LogTarget[]>> = {
	service: (name, {services}) =>
		matching(services, name, (service) => service.Spec.Name).map(({ID}) => ({kind: 'service', id: ID})),
	task: (name, directory) =>
		matching(directory.tasks, name, (task) => taskName(task, directory)).map(({ID}) => ({kind: 'task', id: ID})),
	node: (name, {nodes, tasks}) => {
		const ids = new Set(matching(nodes, name, (node) => node.Description.Hostname ?? '').map(({ID}) => ID));
		return tasks
			.filter((task) => ids.has(task.NodeID ?? '') && task.DesiredState === 'running')
			.map(({ID}) => ({kind: 'task', id: ID}));
	},
	stack: (name, {services}) =>
		services.filter(({Spec}) => Spec.Labels[stackLabel] === name).map(({ID}) => ({kind: 'service', id: ID})),
};

/** The object of that ID or name; else those whose ID begins so. Of equal task names the newest counts. */
function matching<T extends {ID: string; CreatedAt: string}>(
	all: readonly T[],
	text: string,
	nameOf: (each: T) => string,
): T[] {
	const exact = all.filter((each) => each.ID === text);
	if (exact.length > 0) return exact;
	const named = all.filter((each) => nameOf(each) === text);
	if (named.length > 0) return named.sort((a, b) => (a.CreatedAt < b.CreatedAt ? 1 : -1)).slice(0, 1);
	return text.length >= 4 ? all.filter((each) => each.ID.startsWith(text)) : [];
}

/** `web.3`, `agent.NODE`. */
function taskName(task: Task, {services}: Directory): string {
	const service = services.find(({ID}) => ID === task.ServiceID);
	return `${service?.Spec.Name ?? task.ServiceID}.${task.Slot ?? task.NodeID ?? 0}`;
}

/** Names for the IDs in log lines; what is not known yet is looked up in the background for the lines to come. */
export class DirectoryNames implements LogNames {
	#directory: Directory;
	readonly #services = new Map<string, string>();
	readonly #tasks = new Map<string, Task>();
	readonly #nodes = new Map<string, string>();
	readonly #client: SwarmClient;
	#isLooking = false;

	constructor(directory: Directory, client: SwarmClient) {
		this.#directory = directory;
		this.#client = client;
		this.#learn(directory);
	}

	/** Slotless tasks print slot 0, as `docker service logs` has it. */
	readonly task = (taskId: string) => {
		const task = this.#tasks.get(taskId);
		if (!task) {
			void this.#lookUp();
			return undefined;
		}
		const service = this.#services.get(task.ServiceID ?? '') ?? task.ServiceID ?? '';
		return {service: toSafeText(service), slot: toSafeText(String(task.Slot ?? 0))};
	};

	readonly node = (nodeId: string) => {
		const name = this.#nodes.get(nodeId);
		return name === undefined ? undefined : toSafeText(name);
	};

	#learn({nodes, services, tasks}: Directory): void {
		for (const node of nodes) this.#nodes.set(node.ID, node.Description.Hostname ?? node.ID);
		for (const service of services) this.#services.set(service.ID, service.Spec.Name);
		for (const task of tasks) this.#tasks.set(task.ID, task);
	}

	async #lookUp(): Promise<void> {
		if (this.#isLooking) return;
		this.#isLooking = true;
		const directory = await readDirectory(this.#client);
		if (directory.ok) {
			this.#directory = directory.value;
			this.#learn(this.#directory);
		}
		this.#isLooking = false;
	}
}
