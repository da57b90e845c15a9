// A long file: one container is one state machine.
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {Container, ContainerState, Events, LogCursor, LogQuery, Refusal} from '../contract.ts';
import type {ExecAround, HealthProbeResult, ShellSession, UsageNow} from '../inside-container.ts';
import type {Files} from '../programs/files.ts';
import {isEndless, missingProgram} from '../programs/launch.ts';
import {emptyTape, signalName, signalNumbers, type Tape} from '../programs/process.ts';
import type {Outcome} from '../programs/run-now.ts';
import {publishContainerEvent, publishNetworkEvent} from './container-events.ts';
import type {AttachedNetwork, ContainerPlan} from './container-plan.ts';
import {ContainerProgram} from './container-program.ts';
import {longestTimerMs, onceOutOfMemory, usageAfter} from './container-usage.ts';
import type {Endpoint, Fabric, Peer} from './fabric.ts';
import {HealthMonitor, type HealthStatus} from './health.ts';
import {healthProbe} from './health-probe.ts';
import {answerOf} from './http-answer.ts';
import {type LogSource, TapeCursor} from './log-cursor.ts';

/** What containers of all hosts need around them. */
type ContainerSite = {readonly clock: Clock; readonly events: Events; readonly fabric: Fabric};

/** A container of a simulated host. */
export class SimulatedContainer implements Container, Peer, LogSource {
	readonly #site: ContainerSite;
	readonly #plan: ContainerPlan;
	readonly createdAt: number;
	startedAt: number | undefined;
	finishedAt: number | undefined;
	state: ContainerState = 'created';
	exitCode = 0;
	pid = 0;
	#program: ContainerProgram | undefined;
	#endTimer: TimerHandle | undefined;
	#killTimer: TimerHandle | undefined;
	#monitor: HealthMonitor | undefined;
	#isStopping = false;
	#listeners: readonly (() => void)[] = noListeners;
	isRemoved = false;
	isOutOfMemory = false;
	#memoryTimer: TimerHandle | undefined;

	/** `createdAt` lies before now for a container that is taken over as it is. */
	constructor(site: ContainerSite, plan: ContainerPlan, createdAt = site.clock.now()) {
		this.#site = site;
		this.#plan = plan;
		this.createdAt = createdAt;
	}

	get id(): string {
		return this.#plan.id;
	}
	get name(): string {
		return this.#plan.name;
	}
	get task(): TaskObject | undefined {
		return this.#plan.task;
	}
	get taskId(): string | undefined {
		return this.#plan.task?.id;
	}
	get image(): string {
		return this.#plan.image;
	}
	get imageId(): string {
		return this.#plan.imageId;
	}
	get command(): readonly string[] {
		return this.#plan.command;
	}
	get labels(): Readonly<Record<string, string>> {
		return this.#plan.labels;
	}
	get env(): readonly string[] {
		return this.#plan.env;
	}
	get hostname(): string {
		return this.#plan.hostname;
	}
	get tty(): boolean {
		return this.#plan.tty;
	}
	get clock(): Clock {
		return this.#site.clock;
	}
	get networks(): readonly AttachedNetwork[] {
		return this.#plan.networks;
	}
	get mounts(): ContainerPlan['mounts'] {
		return this.#plan.mounts;
	}
	get endpoints(): readonly Endpoint[] {
		return this.#plan.networks.flatMap(({endpoint}) => endpoint ?? []);
	}

	get health(): HealthStatus {
		return this.#monitor?.status ?? 'none';
	}

	get probes(): readonly HealthProbeResult[] {
		return this.#monitor?.probes ?? [];
	}

	get failingStreak(): number {
		return this.#monitor?.failingStreak ?? 0;
	}

	get memoryLimit(): number | undefined {
		return this.#plan.task?.spec.Resources?.Limits?.MemoryBytes || undefined;
	}

	usage(): UsageNow {
		return usageAfter(this.#plan, this.elapsed());
	}

	get isRunning(): boolean {
		return this.state === 'running';
	}

	/** Its program begins; `at` lies before now for a container that is taken over as it is. */
	start(at = this.clock.now()): void {
		const {clock, events, fabric} = this.#site;
		const {healthcheck} = this.#plan;
		this.state = 'running';
		this.isOutOfMemory = false;
		this.startedAt = at;
		this.pid = 1000 + Math.floor(this.#plan.fraction('pid') * 60_000);
		fabric.attach(this);
		this.#program?.restart();
		if (at >= clock.now()) {
			for (const network of this.networks) publishNetworkEvent(events, 'connect', network, this.id);
			publishContainerEvent(events, 'start', this);
		}
		if (healthcheck) {
			const report = (status: 'healthy' | 'unhealthy') => this.#healthChanged(status);
			const probe = healthProbe(this, this.#plan, events, healthcheck);
			this.#monitor = new HealthMonitor(clock, healthcheck, probe, report);
		}
		this.#scheduleEnd();
		this.#memoryTimer?.cancel();
		this.#memoryTimer = onceOutOfMemory(
			clock,
			this.#plan,
			() => this.elapsed(),
			() => this.#outOfMemory(),
		);
		this.#tell();
	}

	startByHand(): Result<void, Refusal> {
		if (this.state !== 'created' && this.state !== 'exited') return ok(undefined);
		const missing = missingProgram(this.#plan.entry, this.command);
		if (missing) {
			this.failToStart(127);
			const message = `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${missing}: unknown`;
			return failed({status: 400, message});
		}
		this.finishedAt = undefined;
		this.#isStopping = false;
		this.start();
		return ok(undefined);
	}

	/** The program could not be started: the container stays as it was made, with the code of the failure. */
	failToStart(exitCode: number): void {
		this.exitCode = exitCode;
		this.finishedAt = this.clock.now();
		this.#tell();
	}

	stop(graceMs: number): Promise<void> {
		return new Promise((resolve) => this.stopThen(graceMs, resolve));
	}

	/** The same for a caller on the simulation's clock, who must not wait for a promise. */
	stopThen(graceMs: number, ended: () => void): void {
		if (!this.isRunning) {
			ended();
			return;
		}
		const stopWatching = this.onChange(() => {
			if (this.isRunning) return;
			stopWatching();
			ended();
		});
		this.beginStop(graceMs);
	}

	/** SIGTERM (or the image's own signal) now, SIGKILL after the grace period. */
	beginStop(graceMs: number): void {
		if (!this.isRunning) return;
		this.#isStopping = true;
		this.#signal(signalName(this.#plan.stopSignal) ?? 'TERM');
		if (!this.isRunning) return;
		this.#killTimer?.cancel();
		this.#killTimer = this.clock.after(graceMs, () => this.kill('KILL'));
	}

	kill(signal: string): void {
		if (this.isRunning) this.#signal(signalName(signal) ?? 'KILL');
	}

	/** The engine's own end, or `rm -f`: nothing is waited for. */
	forget(): void {
		this.isRemoved = true;
		this.#memoryTimer?.cancel();
		this.#endTimer?.cancel();
		this.#killTimer?.cancel();
		this.#monitor?.stop();
		this.#tell();
	}

	exec(command: readonly string[], around: ExecAround = {}): Outcome {
		if (this.isRunning) return this.#inside.exec(command, around);
		return {stdout: '', stderr: `container ${this.id} is not running\n`, exitCode: 1, tookMs: 0};
	}

	openShell(command: readonly string[], around: ExecAround = {}): ShellSession | undefined {
		return this.isRunning ? this.#inside.openShell(command, around) : undefined;
	}

	openLog(query: LogQuery): LogCursor {
		return new TapeCursor(this, query);
	}

	answer(port: number, path: string): {status: number; body: string} | undefined {
		if (!this.isRunning) return undefined;
		this.#inside.process.settle(this.elapsed());
		const {entry, command, task} = this.#plan;
		return answerOf({entry, command, timesForced: task?.spec.ForceUpdate ?? 0, files: this.files()}, port, path);
	}

	/** The container's files as they are now. */
	files(): Files {
		return this.#inside.files();
	}

	changes(): ReturnType<Files['changesSince']> {
		return this.startedAt === undefined ? [] : this.#inside.changes();
	}

	// ---- the log's source

	get isTerminal(): boolean {
		return this.#plan.tty;
	}

	get tape(): Tape {
		return this.#plan.keepsLog && this.startedAt !== undefined ? this.#inside.process.tape : emptyTape;
	}

	get begunAt(): bigint | undefined {
		if (this.startedAt === undefined) return undefined;
		const whole = Math.floor(this.startedAt);
		return BigInt(whole) * 1_000_000n + BigInt(Math.round((this.startedAt - whole) * 1e6));
	}

	get endedAt(): number | undefined {
		if (this.finishedAt === undefined) return undefined;
		return this.finishedAt - (this.startedAt ?? this.finishedAt);
	}

	elapsed(): number {
		return this.endedAt ?? this.clock.now() - (this.startedAt ?? this.clock.now());
	}

	onChange(call: () => void): () => void {
		this.#listeners = [...this.#listeners, call];
		return () => {
			this.#listeners = this.#listeners.filter((listener) => listener !== call);
		};
	}

	// ---- inside

	#tell(): void {
		for (const call of this.#listeners) call();
	}

	/** Made when something is asked of it. */
	get #inside(): ContainerProgram {
		this.#program ??= new ContainerProgram(this, this.#plan, this.#site.fabric);
		return this.#program;
	}

	#signal(name: string): void {
		const number = signalNumbers[name] ?? 15;
		publishContainerEvent(this.#site.events, 'kill', this, {signal: String(number)});
		if (name === 'KILL') {
			this.#finish(137, this.clock.now());
			return;
		}
		this.#inside.process.signal(name, this.elapsed());
		this.#scheduleEnd();
	}

	/** Sets the one timer that waits for the program's end, or for the time up to which it can be told. */
	#scheduleEnd(): void {
		this.#endTimer?.cancel();
		const {entry, command} = this.#plan;
		if (!this.isRunning || (!this.#program?.begun && isEndless(entry, command))) return;
		const ending = this.#inside.process.ending();
		if (ending.kind === 'never') return;
		const wait = (ending.kind === 'exit' ? ending.at : ending.until) - this.elapsed();
		// a program that ends at once still takes the time to be seen running
		const least = ending.kind === 'exit' ? shortestRunMs - this.elapsed() : 0;
		this.#endTimer = this.clock.after(Math.min(Math.max(wait, least, 0), longestTimerMs), () => {
			const isOver = ending.kind === 'exit' && this.elapsed() >= ending.at - timerSlackMs;
			if (isOver) this.#finish(ending.exitCode, (this.startedAt ?? 0) + Math.max(ending.at, shortestRunMs));
			else this.#scheduleEnd();
		});
	}

	/** The kernel ends it. */
	#outOfMemory(): void {
		if (!this.isRunning) return;
		this.isOutOfMemory = true;
		publishContainerEvent(this.#site.events, 'oom', this);
		this.#finish(137, this.clock.now());
	}

	#finish(exitCode: number, at: number): void {
		const {events, fabric} = this.#site;
		this.#memoryTimer?.cancel();
		this.#endTimer?.cancel();
		this.#killTimer?.cancel();
		this.#program?.begun?.settle(this.elapsed());
		this.finishedAt = Math.min(at, this.clock.now());
		this.state = 'exited';
		this.exitCode = exitCode;
		this.pid = 0;
		this.#monitor?.stop();
		fabric.detach(this);
		for (const network of this.networks) publishNetworkEvent(events, 'disconnect', network, this.id);
		if (this.#isStopping) publishContainerEvent(events, 'stop', this);
		const execDuration = String(Math.floor((this.finishedAt - (this.startedAt ?? this.finishedAt)) / 1000));
		publishContainerEvent(events, 'die', this, {execDuration, exitCode: String(exitCode)});
		this.#tell();
	}

	#healthChanged(status: 'healthy' | 'unhealthy'): void {
		publishContainerEvent(this.#site.events, `health_status: ${status}`, this);
		this.#tell();
	}
}

const noListeners: readonly (() => void)[] = [];

/** Between a program's start and its end lie some milliseconds, however little it does. */
const shortestRunMs = 8;

/** Timers may fire a little early. */
const timerSlackMs = 0.5;
