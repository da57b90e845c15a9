import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import type {LogTarget} from '../logs/log-opener.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {Task} from '../wire/task.ts';
import {sentences} from './open-client.ts';

/**
 * Finds what `swarmtop logs` was asked for: services, tasks, nodes and stacks by name or ID. The engine is asked for each
 * by itself: whoever reads the log of one service does not wait for the list of all tasks.
 */

const stackLabel = 'com.docker.stack.namespace';
/** Shorter words are names, not the beginnings of IDs: some ID begins with them by chance. */
const shortestId = 4;

type Answer<T> = Promise<Result<T, EngineError>>;

/** What a word names, as far as logs go. */
export type Found = {
	/** The name or the whole ID was written, not the beginning of an ID. */
	readonly isExact: boolean;
	/** Whose logs are read for it, now: a node's tasks and a stack's services come and go. */
	readonly targets: () => Answer<readonly LogTarget[]>;
};

const kinds = ['service', 'task', 'node', 'stack'] as const;
type Kind = (typeof kinds)[number];
type Finder = (name: string, client: SwarmClient) => Answer<Found | undefined>;

/** Fails with one sentence when the word names nothing, or the engine does not say. */
export async function findTarget(word: string, client: SwarmClient): Promise<Result<Found, string>> {
	const [prefix = '', rest] = word.split(/\/(.*)/s);
	const asked = kinds.find((kind) => kind === prefix);
	const wanted = asked && rest !== undefined ? {kinds: [asked], name: rest} : {kinds, name: word};
	let begins: Found | undefined;
	for (const kind of wanted.kinds) {
		const found = await finders[kind](wanted.name, client);
		if (!found.ok) return failed(sentences(found.error));
		if (found.value?.isExact) return ok(found.value);
		begins ??= found.value;
	}
	if (begins) return ok(begins);
	return failed(`There is no ${asked ? `${asked} "${wanted.name}"` : `service, task, node or stack "${word}"`}.`);
}

const finders: Readonly<Record<Kind, Finder>> = {
	async service(name, client) {
		const service = await orNothing(client.service(name));
		if (!service.ok || !service.value) return service as Result<undefined, EngineError>;
		const {ID, Spec} = service.value;
		return ok(fits(name, ID, Spec.Name, fixed({kind: 'service', id: ID})));
	},
	async task(name, client) {
		const slots = await tasksInSlot(name, client);
		if (!slots.ok) return slots;
		const [newest] = slots.value.sort((a, b) => (a.CreatedAt < b.CreatedAt ? 1 : -1));
		if (newest) return ok({isExact: true, targets: fixed({kind: 'task', id: newest.ID})});
		if (name.length < shortestId) return ok(undefined);
		const task = await orNothing(client.task(name));
		if (!task.ok || !task.value) return task as Result<undefined, EngineError>;
		return ok(fits(name, task.value.ID, undefined, fixed({kind: 'task', id: task.value.ID})));
	},
	async node(name, client) {
		const node = await orNothing(client.node(name));
		if (!node.ok || !node.value) return node as Result<undefined, EngineError>;
		const {ID, Description} = node.value;
		return ok(fits(name, ID, Description.Hostname, () => tasksOn(ID, client)));
	},
	async stack(name, client) {
		const services = await servicesOf(name, client);
		if (!services.ok) return services;
		return ok(services.value.length > 0 ? {isExact: true, targets: () => servicesOf(name, client)} : undefined);
	},
};

/** Engines take the beginning of an ID for a name, however short. */
function fits(word: string, id: string, name: string | undefined, targets: Found['targets']): Found | undefined {
	if (word === id || word === name) return {isExact: true, targets};
	return word.length >= shortestId && id.startsWith(word) ? {isExact: false, targets} : undefined;
}

const fixed = (target: LogTarget) => async (): Answer<readonly LogTarget[]> => ok([target]);

/** `web.3`; of a global service `agent.NODE`, by the node's name or ID. */
async function tasksInSlot(name: string, client: SwarmClient): Answer<Task[]> {
	const [, serviceName, slot] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
	if (serviceName === undefined || slot === undefined) return ok([]);
	const service = await orNothing(client.service(serviceName));
	if (!service.ok) return service;
	if (service.value?.Spec.Name !== serviceName) return ok([]);
	const tasks = await client.tasks({filters: {service: [service.value.ID]}});
	if (!tasks.ok || /^\d+$/.test(slot)) {
		return tasks.ok ? ok(tasks.value.filter((task) => task.Slot === Number(slot))) : tasks;
	}
	const node = await orNothing(client.node(slot));
	if (!node.ok) return node;
	return ok(tasks.value.filter(({NodeID}) => NodeID !== undefined && NodeID === node.value?.ID));
}

async function tasksOn(nodeId: string, client: SwarmClient): Answer<LogTarget[]> {
	const tasks = await client.tasks({filters: {node: [nodeId], 'desired-state': ['running']}});
	return tasks.ok ? ok(tasks.value.map(({ID}) => ({kind: 'task', id: ID}))) : tasks;
}

async function servicesOf(stack: string, client: SwarmClient): Answer<LogTarget[]> {
	const services = await client.services({filters: {label: [`${stackLabel}=${stack}`]}});
	return services.ok ? ok(services.value.map(({ID}) => ({kind: 'service', id: ID}))) : services;
}

/** What is not there is no error here. */
async function orNothing<T>(answer: Answer<T>): Answer<T | undefined> {
	const result = await answer;
	return !result.ok && result.error.kind === 'not-found' ? ok(undefined) : result;
}
