// A long file: one task is one state machine.
import type {TimerHandle} from '../../runtime/clock.ts';
import type {TaskObject, TaskStatusObject} from '../../swarmkit/state/objects.ts';
import {isAtLeast, isTerminal} from '../../swarmkit/state/task-state.ts';
import type {PortConfig, TaskState} from '../../wire/task.ts';
import type {ReportStatus} from '../contract.ts';
import type {ImageEntry} from '../programs/catalogue.ts';
import {missingProgram} from '../programs/launch.ts';
import {SimulatedContainer} from './container.ts';
import type {Dependencies} from './dependencies.ts';
import {noSuchImage} from './images.ts';
import type {Machine} from './machine.ts';
import {invalidMount, missingSource} from './mounts.ts';
import {commandOf, TaskContainerPlan} from './task-container.ts';
import {taskName} from './templates.ts';

/** The grace period of a task whose spec names none: 10 s. */
const defaultGraceMs = 10_000;

/**
 * Takes one task through its states as swarmkit's agent does (swarmkit agent/exec/controller.go): each step of the state
 * machine is done, reported, and the next one begun, as far as the desired state allows.
 */
export class TaskRunner {
	readonly #machine: Machine;
	readonly #dependencies: Dependencies;
	readonly #report: ReportStatus;
	#task: TaskObject;
	#status: TaskStatusObject;
	#container: SimulatedContainer | undefined;
	/** What is under way in the present step: cancelled when the task is to be shut down. */
	#cancelStep: (() => void) | undefined;
	#isBusy = false;
	#isStopping = false;
	#isAbandoned = false;
	#wasUnhealthy = false;

	constructor(machine: Machine, task: TaskObject, dependencies: Dependencies, report: ReportStatus) {
		this.#machine = machine;
		this.#dependencies = dependencies;
		this.#report = report;
		this.#task = task;
		this.#status = task.status;
		this.#container = machine.containers.ofTask(task.id);
	}

	/** The managers' latest word on the task: only its desired state ever changes. */
	update(task: TaskObject): void {
		this.#task = task;
		this.go();
	}

	/** Goes on from the present state, if nothing is under way that has to end first. */
	go(): void {
		if (this.#isAbandoned || isTerminal(this.#status.state)) return;
		if (isAtLeast(this.#task.desiredState, 'shutdown')) this.#shutDown();
		else if (!this.#isBusy) this.#step();
	}

	/** A container that runs already, and whose task is known to: nothing is reported. */
	adopt(startedAt: number): void {
		const entry = this.#machine.options.catalogue.find(this.#image);
		if (!entry || missingProgram(entry, commandOf(this.#task, entry))) return;
		const container = this.#newContainer(entry, startedAt);
		this.#machine.containers.add(container, {isQuiet: true});
		container.start(startedAt);
		this.#container = container;
		this.#waitForEnd(container);
	}

	/** The managers no longer name the task: its container is stopped if need be, and removed. */
	remove(): void {
		this.#cancelStep?.();
		this.#isAbandoned = true;
		const container = this.#container;
		if (!container) return;
		const discard = () => this.#machine.containers.discard(container);
		if (!container.isRunning) discard();
		else container.stopThen(this.#graceMs, discard);
	}

	/** The engine is gone: nothing more happens and nothing is reported. */
	abandon(): void {
		this.#isAbandoned = true;
		this.#cancelStep?.();
	}

	get #image(): string {
		return this.#task.spec.ContainerSpec?.Image ?? '';
	}

	get #graceMs(): number {
		const period = this.#task.spec.ContainerSpec?.StopGracePeriod;
		return period === undefined ? defaultGraceMs : period / 1e6;
	}

	#step(): void {
		switch (this.#status.state) {
			case 'assigned':
				this.#after(this.#some('accept', 2, 8), () => this.#accept());
				return;
			case 'accepted':
				this.#after(this.#some('prepare', 1, 3), () => this.#become('preparing', 'preparing'));
				return;
			case 'preparing':
				this.#prepare();
				return;
			case 'ready':
				if (this.#task.desiredState !== 'ready') this.#become('starting', 'starting');
				return;
			case 'starting':
				this.#start();
				return;
			case 'running':
				this.#wait();
		}
	}

	/** Does something a while from now, unless the task is shut down meanwhile. */
	#after(ms: number, run: () => void): void {
		this.#isBusy = true;
		const timer: TimerHandle = this.#machine.options.clock.after(ms, () => this.#done(run));
		this.#cancelStep = () => timer.cancel();
	}

	#done(run: () => void): void {
		this.#isBusy = false;
		this.#cancelStep = undefined;
		if (!this.#isAbandoned) run();
	}

	/** A duration between two bounds that belongs to this task. */
	#some(purpose: string, least: number, most: number): number {
		return least + this.#machine.options.seeded.fraction(`${this.#task.id}/${purpose}`) * (most - least);
	}

	#accept(): void {
		const problem = invalidMount(this.#task.spec.ContainerSpec?.Mounts ?? []);
		if (problem) this.#set({state: 'rejected', message: 'resolving controller failed', err: problem});
		else this.#become('accepted', 'accepted');
	}

	#prepare(): void {
		this.#isBusy = true;
		const fraction = this.#machine.options.seeded.fraction(`${this.#task.id}/pull`);
		this.#cancelStep = this.#machine.images.pull(this.#image, fraction, () => this.#done(() => this.#create()));
	}

	#create(): void {
		const entry = this.#machine.images.entry(this.#image);
		if (!entry) {
			this.#fail(noSuchImage(this.#image), {});
			return;
		}
		const problem = missingSource(this.#task.spec.ContainerSpec?.Mounts ?? [], this.#machine.hasPath);
		if (problem) {
			this.#fail(problem, {});
			return;
		}
		this.#container = this.#newContainer(entry);
		this.#machine.containers.add(this.#container);
		this.#become('ready', 'prepared');
	}

	#newContainer(entry: ImageEntry, createdAt?: number): SimulatedContainer {
		const plan = new TaskContainerPlan(this.#machine, this.#task, entry, this.#dependencies);
		return new SimulatedContainer(this.#machine.options, plan, createdAt);
	}

	#start(): void {
		const container = this.#container;
		// a task that an engine found again, whose container somebody removed
		if (!container) {
			this.#fail(`No such container: ${taskName(this.#task)}`, {});
			return;
		}
		if (container.state !== 'created') {
			this.#started(container);
			return;
		}
		const startMs = this.#machine.options.catalogue.find(this.#image)?.startMs ?? 0;
		this.#after(this.#some('start', 60, 220) + startMs, () => this.#startProgram(container));
	}

	#startProgram(container: SimulatedContainer): void {
		const entry = this.#machine.options.catalogue.find(this.#image);
		const problem = entry && missingProgram(entry, container.command);
		if (!problem) {
			if (container.isRemoved) {
				this.#fail(`No such container: ${container.id}`, {});
				return;
			}
			container.start();
			this.#started(container);
			return;
		}
		container.failToStart(127);
		this.#fail(
			`starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${problem}: unknown`,
			{ContainerID: container.id, PID: 0, ExitCode: 127},
		);
	}

	/**
	 * The program runs; with a health check the task is running only when that has passed once, or when the program has
	 * ended well.
	 */
	#started(container: SimulatedContainer): void {
		this.#isBusy = true;
		const look = () => {
			const {health, exitCode} = container;
			const hasEnded = !container.isRunning || container.isRemoved;
			if (health === 'healthy' || health === 'none' || (hasEnded && exitCode === 0)) {
				this.#watched(stopWatching, () => this.#become('running', 'started'));
			} else if (hasEnded) this.#watched(stopWatching, () => this.#ended(container));
			else this.#stopUnhealthy(container);
		};
		const stopWatching = container.onChange(look);
		this.#cancelStep = stopWatching;
		look();
	}

	#watched(stopWatching: () => void, run: () => void): void {
		stopWatching();
		this.#done(run);
	}

	#wait(): void {
		const container = this.#container;
		if (!container) {
			this.#fail(`No such container: ${taskName(this.#task)}`, {});
			return;
		}
		this.#waitForEnd(container);
	}

	/**
	 * The engine clears a container away before it tells that it has ended, which takes longer than the managers gather
	 * reports: they hear that even the shortest program has been running.
	 */
	#waitForEnd(container: SimulatedContainer): void {
		this.#isBusy = true;
		const look = () => {
			if (container.isRunning && !container.isRemoved) this.#stopUnhealthy(container);
			else this.#watched(stopWatching, () => this.#after(this.#some('end', 120, 280), () => this.#ended(container)));
		};
		const stopWatching = container.onChange(look);
		this.#cancelStep = stopWatching;
		look();
	}

	#stopUnhealthy(container: SimulatedContainer): void {
		if (container.health !== 'unhealthy' || this.#wasUnhealthy) return;
		this.#wasUnhealthy = true;
		container.beginStop(this.#graceMs);
	}

	#ended(container: SimulatedContainer): void {
		const {exitCode} = container;
		const status = {ContainerID: container.id, PID: 0, ExitCode: exitCode};
		if (exitCode === 0) {
			this.#set({state: 'complete', message: 'finished', container: status});
			return;
		}
		const cause = this.#wasUnhealthy ? ': dockerexec: unhealthy container' : '';
		this.#fail(`task: non-zero exit (${exitCode})${cause}`, status);
	}

	#shutDown(): void {
		if (this.#isStopping) return;
		this.#isStopping = true;
		this.#cancelStep?.();
		this.#cancelStep = undefined;
		const container = this.#container;
		if (container?.isRunning) {
			container.stopThen(this.#graceMs, () => this.#wasShutDown());
		} else {
			this.#after(this.#some('shutdown', 1, 4), () => this.#wasShutDown());
		}
	}

	#wasShutDown(): void {
		if (this.#isAbandoned) return;
		this.#set({state: 'shutdown', message: 'shutdown', container: this.#containerStatus()});
	}

	/** Before the program has started a task is rejected, afterwards it has failed. */
	#fail(err: string, container: TaskStatusObject['container'] & object): void {
		const state = isAtLeast(this.#status.state, 'starting') ? 'failed' : 'rejected';
		this.#set({state, message: this.#status.message, err, container: {PID: 0, ExitCode: 0, ...container}});
	}

	#become(state: TaskState, message: string): void {
		this.#set({state, message, ...(isAtLeast(state, 'starting') ? {container: this.#containerStatus()} : {})});
	}

	#containerStatus(): {ContainerID?: string; PID: number; ExitCode: number} {
		const container = this.#container;
		if (!container) return {PID: 0, ExitCode: 0};
		return {ContainerID: container.id, PID: container.pid, ExitCode: container.exitCode};
	}

	#set(status: Omit<TaskStatusObject, 'timestamp'>): void {
		const timestamp = this.#machine.options.clock.now();
		const ports = status.state === 'running' ? this.#hostPorts() : undefined;
		this.#status = {...status, timestamp, ...(ports ? {ports} : {})};
		this.#report(this.#task.id, this.#status);
		this.go();
	}

	/** Host-mode ports as the engine reports them: once for each of the two internet protocols. */
	#hostPorts(): PortConfig[] | undefined {
		const published = (this.#task.endpointSpec?.Ports ?? []).filter(({PublishMode}) => PublishMode === 'host');
		if (published.length === 0) return undefined;
		return published.flatMap(({Protocol = 'tcp', TargetPort = 0, PublishedPort = 0}) => {
			const port: PortConfig = {
				Protocol,
				TargetPort,
				PublishedPort: PublishedPort || this.#ephemeralPort(TargetPort),
				PublishMode: 'host',
			};
			return [port, port];
		});
	}

	/** What the host publishes a port at that names none: one of the kernel's own range. */
	#ephemeralPort(targetPort: number): number {
		return Math.floor(this.#some(`port/${targetPort}`, 32_768, 61_000));
	}
}
