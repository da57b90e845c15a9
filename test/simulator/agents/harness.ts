import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {type AdoptingAgent, createAgent} from '../../../source/simulator/agents/agent.ts';
import {type Dependencies, noDependencies} from '../../../source/simulator/agents/dependencies.ts';
import {Fabric} from '../../../source/simulator/agents/fabric.ts';
import {Registry} from '../../../source/simulator/agents/images.ts';
import {Machine} from '../../../source/simulator/agents/machine.ts';
import type {Container, LogLine} from '../../../source/simulator/contract.ts';
import {builtinImages} from '../../../source/simulator/programs/builtin-images.ts';
import {Catalogue, type ImageEntry} from '../../../source/simulator/programs/catalogue.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {TaskObject, TaskStatusObject} from '../../../source/swarmkit/state/objects.ts';
import type {EngineEvent} from '../../../source/wire/event.ts';
import type {ContainerSpec, TaskSpec} from '../../../source/wire/task.ts';

/** One machine with an agent, a manager's part played by the test, and a clock that it moves. */
export class Bench {
	readonly clock = new ManualClock(Date.UTC(2026, 0, 5, 12));
	readonly events: EngineEvent[] = [];
	readonly registry: Registry;
	readonly machine: Machine;
	readonly reports: {taskId: string; status: TaskStatusObject}[] = [];
	readonly #tasks = new Map<string, TaskObject>();
	readonly #dependencies: Dependencies;
	agent: AdoptingAgent;

	constructor({
		seed = 1,
		images = [],
		dependencies = noDependencies,
	}: {seed?: number; images?: readonly ImageEntry[]; dependencies?: Dependencies} = {}) {
		const seeded = new Seeded(seed);
		const catalogue = new Catalogue([...builtinImages, ...images], seeded);
		this.registry = new Registry(catalogue);
		this.#dependencies = dependencies;
		const events = {
			publish: (event: EngineEvent) => this.events.push(event),
			recent: () => this.events,
			subscribe: () => () => undefined,
		};
		this.machine = new Machine({
			clock: this.clock,
			seeded,
			catalogue,
			registry: this.registry,
			fabric: new Fabric(),
			name: 'w1',
			events,
			memoryBytes: 8e9,
		});
		this.agent = this.#newAgent();
	}

	/** Assigns a task as the dispatcher would and gives its ID back. */
	run(spec: ContainerSpec, others: Partial<TaskObject> & {taskSpec?: Partial<TaskSpec>} = {}): string {
		const {taskSpec, ...fields} = others;
		const number = this.#tasks.size + 1;
		const task: TaskObject = {
			kind: 'task',
			id: `task${String(number).padStart(21, '0')}`,
			version: 10,
			createdAt: this.clock.now(),
			updatedAt: this.clock.now(),
			serviceId: 'service00000000000000001a',
			slot: number,
			nodeId: 'node0000000000000000001aa',
			spec: {ContainerSpec: {Image: 'busybox:latest', ...spec}, ...taskSpec},
			specVersion: 0,
			serviceName: 'web',
			serviceLabels: {},
			status: {state: 'assigned', timestamp: this.clock.now(), message: 'scheduler assigned task to node'},
			desiredState: 'running',
			attachments: [],
			...fields,
		};
		this.#tasks.set(task.id, task);
		this.#assign();
		return task.id;
	}

	shell(script: string, others: ContainerSpec = {}): string {
		return this.run({Command: ['sh', '-c', script], ...others});
	}

	desire(taskId: string, desiredState: TaskObject['desiredState']): void {
		const task = this.#tasks.get(taskId);
		if (task) this.#tasks.set(taskId, {...task, desiredState});
		this.#assign();
	}

	forget(taskId: string): void {
		this.#tasks.delete(taskId);
		this.#assign();
	}

	/** The engine ends and starts again; the managers know the tasks as they were reported. */
	restartEngine(): void {
		this.agent.shutdown();
		this.agent = this.#newAgent();
		this.#assign();
	}

	until(taskId: string, state: TaskStatusObject['state'], limitMs = 600_000): TaskStatusObject {
		const found = this.clock.runUntil(() => this.status(taskId)?.state === state, limitMs);
		const status = this.status(taskId);
		if (!found || !status) throw new Error(`${taskId} is ${JSON.stringify(status)}, not ${state}`);
		return status;
	}

	status(taskId: string): TaskStatusObject | undefined {
		return this.reports.findLast((report) => report.taskId === taskId)?.status;
	}

	states(taskId: string): string[] {
		return this.reports.filter((report) => report.taskId === taskId).map(({status}) => status.state);
	}

	container(taskId: string): Container {
		const container = this.machine.containers.ofTask(taskId);
		if (!container) throw new Error(`${taskId} has no container`);
		return container;
	}

	log(taskId: string, query: {tail?: number; since?: bigint} = {}): string[] {
		const cursor = this.container(taskId).openLog({stdout: true, stderr: true, ...query});
		return cursor.read(1_000_000).map(textOf);
	}

	#assign(): void {
		this.agent.assign([...this.#tasks.values()]);
	}

	#newAgent(): AdoptingAgent {
		return createAgent({
			machine: this.machine,
			dependencies: this.#dependencies,
			report: (taskId, status) => {
				this.reports.push({taskId, status});
				const task = this.#tasks.get(taskId);
				if (task) this.#tasks.set(taskId, {...task, status});
			},
		});
	}
}

export const textOf = (line: LogLine): string => Buffer.from(line.text).toString('utf8');
