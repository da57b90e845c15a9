import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {Agent, ReportStatus} from '../contract.ts';
import type {Dependencies} from './dependencies.ts';
import type {Machine} from './machine.ts';
import {isAtRest} from './task-container.ts';
import {TaskRunner} from './task-runner.ts';

type AgentOptions = {
	readonly machine: Machine;
	readonly dependencies: Dependencies;
	readonly report: ReportStatus;
};

/** A node's agent that can also take over tasks that are said to be running: how a fixture begins in mid-life. */
export interface AdoptingAgent extends Agent {
	/** Makes containers for running tasks as if they had been started at the time of their status. Reports nothing. */
	adopt(tasks: readonly TaskObject[]): void;
}

/** Begins an engine's work for its node. What the machine's containers hold of earlier tasks is found again. */
export function createAgent(options: AgentOptions): AdoptingAgent {
	return new NodeAgent(options);
}

class NodeAgent implements AdoptingAgent {
	readonly #options: AgentOptions;
	readonly #runners = new Map<string, TaskRunner>();
	#tasks = new Map<string, TaskObject>();
	#isShutDown = false;

	constructor(options: AgentOptions) {
		this.#options = options;
	}

	assign(tasks: readonly TaskObject[]): void {
		if (this.#isShutDown) return;
		this.#options.machine.containers.makeOlder();
		const named = new Map(tasks.map((task) => [task.id, task]));
		for (const [id, runner] of this.#runners) {
			if (named.has(id)) continue;
			this.#runners.delete(id);
			runner.remove();
		}
		const before = this.#tasks;
		this.#tasks = named;
		for (const task of tasks) {
			const runner = this.#runners.get(task.id);
			if (!runner) this.#begin(task).go();
			else if (before.get(task.id)?.desiredState !== task.desiredState) runner.update(task);
		}
	}

	adopt(tasks: readonly TaskObject[]): void {
		const {machine} = this.#options;
		for (const task of tasks) this.#tasks.set(task.id, task);
		const adoptAll = () => {
			for (const task of tasks) this.#begin(task).adopt(task.status.timestamp);
		};
		if (tasks.every((task) => isAtRest(machine, task))) machine.containers.addWhenAsked(adoptAll);
		else adoptAll();
	}

	leave(): void {
		const {containers} = this.#options.machine;
		containers.makeOlder();
		this.#isShutDown = true;
		for (const runner of this.#runners.values()) runner.abandon();
		for (const container of containers.list()) if (container.taskId) containers.discard(container);
	}

	/** The engine stops and takes the containers of its tasks with it; they are found dead at the next start. */
	shutdown(): void {
		const containers = this.#options.machine.containers.list();
		this.#isShutDown = true;
		for (const runner of this.#runners.values()) runner.abandon();
		for (const container of containers) {
			container.kill('TERM');
			container.kill('KILL');
		}
	}

	#begin(task: TaskObject): TaskRunner {
		const {machine, dependencies, report} = this.#options;
		const runner = new TaskRunner(machine, task, dependencies, report);
		this.#runners.set(task.id, runner);
		return runner;
	}
}
