import type {
	Answer,
	CallOptions,
	EngineIdentity,
	EventOptions,
	StreamHandle,
	SwarmClient,
} from '../../../source/engine/client.ts';
import type {EngineError} from '../../../source/engine/error.ts';
import {toTaskRow} from '../../../source/engine/task-row.ts';
import type {Clock} from '../../../source/runtime/clock.ts';
import type {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {failed, ok} from '../../../source/runtime/result.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import type {SwarmNode} from '../../../source/wire/node.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {Task} from '../../../source/wire/task.ts';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';

/** A swarm in memory that counts what it is asked and how much it would send. */
export class FakeSwarm {
	nodes: SwarmNode[] = [];
	services: Service[] = [];
	tasks: Task[] = [];
	/** What every call fails with meanwhile. */
	trouble: EngineError | undefined;
	/** The leader is gone: what needs one hangs until the caller's patience is over; /_ping and /info answer. */
	isLeaderless = false;
	/** What each call takes. */
	slownessMs = 0;
	/** Slow calls that were ended before they were answered. */
	readonly aborted: string[] = [];
	/** Calls that the engine can't answer, for reasons of its own. */
	readonly failing = new Set<string>();
	/** Calls that a proxy before it lets not through. */
	readonly forbidden = new Set<string>();
	/** Stopped in its tracks: nothing is answered. */
	isFrozen = false;
	readonly #clock: Clock | undefined;
	bytes = 0;
	readonly calls: string[] = [];
	#events: {options: EventOptions; end: (error: EngineError | undefined) => void} | undefined;

	constructor(clock?: Clock) {
		this.#clock = clock;
	}

	emit(Type: 'service' | 'node', Action: 'create' | 'update' | 'remove', ID: string): void {
		this.#events?.options.onEvent({Type, Action, Actor: {ID, Attributes: {}}, time: 1, timeNano: 1e9});
	}

	/** The engine is gone: streams end, calls fail. */
	fail(error: EngineError): void {
		this.trouble = error;
		this.#events?.end(error);
	}

	/** The event stream ends, as when something between cuts idle connections. */
	cutEvents(): void {
		this.#events?.end(undefined);
	}

	/** The part of a client that sync uses. */
	client(): SwarmClient {
		const hung = (options: CallOptions | undefined): Answer<never> =>
			new Promise((resolve) => {
				const late = () => resolve(failed(error('timeout', 'The engine does not answer.')));
				this.#clock?.after(options?.timeoutMs ?? 10_000, late);
			});
		const sent = <T>(call: string, value: T, options?: CallOptions): Answer<T> => {
			this.calls.push(call);
			const needsLeader = call !== 'ping' && call !== 'connect';
			if (this.isFrozen || (this.isLeaderless && needsLeader)) return hung(options);
			if (this.trouble) return Promise.resolve(failed(this.trouble));
			if (this.failing.has(call)) return Promise.resolve(failed(error('engine-failed', 'Out of disk.')));
			if (this.forbidden.has(call)) return Promise.resolve(failed(error('forbidden', `The proxy forbids ${call}.`)));
			this.bytes += JSON.stringify(value)?.length ?? 0;
			if (this.slownessMs === 0) return Promise.resolve(ok(value));
			return new Promise((resolve) => {
				this.#clock?.after(this.slownessMs, () => resolve(ok(value)));
				options?.signal?.addEventListener('abort', () => {
					this.aborted.push(call);
					resolve(failed(error('aborted', 'aborted')));
				});
			});
		};
		const one = <T extends {ID: string}>(call: string, list: readonly T[], id: string) => {
			const found = list.find((each) => each.ID === id);
			if (found) return sent(`${call}/${id}`, found);
			return Promise.resolve(failed(error('not-found', `${call} ${id} not found`)));
		};
		const part: Partial<SwarmClient> = {
			endpoint: unixEndpoint('/run/fake.sock'),
			connect: (options) => sent('connect', identity, options),
			ping: (options) => sent('ping', undefined, options),
			nodes: ({filters, ...options} = {}) =>
				filters
					? sent(
							'managers',
							this.nodes.filter((node) => node.ManagerStatus),
							options,
						)
					: sent('nodes', this.nodes, options),
			node: (id) => one('node', this.nodes, id),
			services: ({filters, ...options} = {}) =>
				filters?.id
					? sent(
							`services(${filters.id.length})`,
							this.services.filter((each) => filters.id?.includes(each.ID)),
							options,
						)
					: sent('services', this.services, options),
			service: (id) => one('service', this.services, id),
			taskRows: async (onBatch, {filters, ...options} = {}) => {
				const wanted = this.tasks.filter(
					(task) =>
						(!filters?.id || filters.id.includes(task.ID)) &&
						(!filters?.service || filters.service.includes(task.ServiceID ?? '')) &&
						(!filters?.node || filters.node.includes(task.NodeID ?? '')),
				);
				const answer = await sent(
					filters?.service
						? `tasks(${filters.service.length})`
						: filters?.node
							? `tasks(${filters.node.length === 1 ? 'node' : `${filters.node.length} nodes`})`
							: filters?.id
								? `tasks(${filters.id.length} shown)`
								: 'tasks',
					wanted,
					options,
				);
				if (!answer.ok) return answer;
				onBatch(wanted.map(toTaskRow));
				return ok(wanted.length);
			},
			events: (options) => {
				this.calls.push('events');
				if (this.forbidden.has('events'))
					return Promise.resolve(failed(error('forbidden', 'The proxy forbids events.')));
				if (this.trouble) return Promise.resolve(failed(this.trouble));
				let end: (error: EngineError | undefined) => void = () => undefined;
				const ended = new Promise<EngineError | undefined>((resolve) => {
					end = resolve;
				});
				this.#events = {options, end};
				const handle: StreamHandle = {ended, close: () => end(error('aborted', 'closed'))};
				return Promise.resolve(ok(handle));
			},
			close: () => Promise.resolve(),
		};
		return part as SwarmClient;
	}
}

export const error = (kind: EngineError['kind'], message: string): EngineError => ({
	kind,
	message: toSafeText(message),
	nextStep: toSafeText('Do something.'),
});

const identity: EngineIdentity = {
	engineVersion: '26.1.5',
	apiVersion: '1.45',
	engineApiVersion: '1.45',
	name: 'm1',
	capabilities: {hasServiceStatus: true, hasJobs: true},
	info: {
		ID: 'engine',
		Name: 'm1',
		ServerVersion: '26.1.5',
		NCPU: 4,
		MemTotal: 8e9,
		Swarm: {
			NodeID: 'node0',
			NodeAddr: '10.0.0.1',
			LocalNodeState: 'active',
			ControlAvailable: true,
			Error: '',
			RemoteManagers: [],
		},
	},
};

const meta = (index: number) => ({
	Version: {Index: index},
	CreatedAt: '2026-01-01T00:00:00Z',
	UpdatedAt: '2026-01-01T00:00:00Z',
});

/** As much on the wire as usual objects are: padded with labels. */
const padding = (bytes: number) => ({padding: 'x'.repeat(bytes)});

export const fakeNode = (i: number, isManager = false): SwarmNode => ({
	ID: `node${i}`,
	...meta(1),
	Spec: {Labels: padding(1500), Role: isManager ? 'manager' : 'worker', Availability: 'active'},
	Description: {Hostname: `host${i}`, Resources: {NanoCPUs: 4e9, MemoryBytes: 8e9}},
	Status: {State: 'ready', Addr: '10.0.0.1'},
	...(isManager && {
		ManagerStatus: {Reachability: 'reachable' as const, Addr: '10.0.0.1:2377', ...(i === 0 && {Leader: true as const})},
	}),
});

export const fakeService = (i: number, replicas: number): Service => ({
	ID: `service${i}`,
	...meta(1),
	Spec: {
		Name: `web${i}`,
		Labels: padding(2000),
		TaskTemplate: {ContainerSpec: {Image: 'nginx:1'}},
		Mode: {Replicated: {Replicas: replicas}},
	},
	Endpoint: {},
	ServiceStatus: {RunningTasks: replicas, DesiredTasks: replicas, CompletedTasks: 0},
});

export const fakeTask = (service: number, slot: number, node: number): Task => ({
	ID: `task${service}x${slot}`,
	...meta(1),
	Labels: {},
	Spec: {ContainerSpec: {Image: 'nginx:1', Labels: padding(1300)}},
	ServiceID: `service${service}`,
	Slot: slot,
	NodeID: `node${node}`,
	Status: {State: 'running', Timestamp: '2026-01-01T00:00:00Z'},
	DesiredState: 'running',
});

/** The first three nodes are managers; tasks are spread over all nodes, one slot after the other. */
export function populate(
	swarm: FakeSwarm,
	{nodes, services, tasksEach}: {nodes: number; services: number; tasksEach: number},
): void {
	swarm.nodes = Array.from({length: nodes}, (_, i) => fakeNode(i, i < 3));
	swarm.services = Array.from({length: services}, (_, i) => fakeService(i, tasksEach));
	swarm.tasks = swarm.services.flatMap((_, s) =>
		Array.from({length: tasksEach}, (_, t) => fakeTask(s, t + 1, (s * tasksEach + t) % nodes)),
	);
}

/** Lets promises run, then the clock, in small steps. */
export async function pass(clock: ManualClock, ms: number): Promise<void> {
	const settle = async () => {
		for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
	};
	for (let gone = 0; gone < ms; gone += 50) {
		await settle();
		clock.advance(50);
	}
	await settle();
}
