// A long file: one container is one state machine.
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {Container, ContainerState, Events, LogCursor, LogQuery, Refusal} from '../contract.ts';
import type {ExecAround, HealthProbeResult, ShellSession, UsageNow} from '../inside-container.ts';
import {Files} from '../programs/files.ts';
import {
	beginCommand,
	beginTyping,
	type Environment,
	isEndless,
	missingProgram,
	startProgram,
	surroundingsOf,
	usageOf,
} from '../programs/launch.ts';
import {emptyTape, type Process, signalName, signalNumbers, type Tape} from '../programs/process.ts';
import {type Outcome, runNow} from '../programs/run-now.ts';
import type {Surroundings} from '../programs/shell/routine.ts';
import {outOfMemoryAt, type UsageBehaviour, type UsageSetting, usageAt} from '../programs/usage.ts';
import {publishContainerEvent, publishNetworkEvent} from './container-events.ts';
import type {AttachedNetwork, ContainerPlan} from './container-plan.ts';
import type {Endpoint, Fabric, Peer} from './fabric.ts';
import {HealthMonitor, type HealthStatus} from './health.ts';
import {healthProbe} from './health-probe.ts';
import {answerOf} from './http-answer.ts';
import {type LogSource, TapeCursor} from './log-cursor.ts';

/** What containers of all hosts need around them. */
type ContainerSite = {readonly clock: Clock; readonly events: Events; readonly fabric: Fabric};

/** What exec waits for at most: a program that runs longer is cut off there. */
const longestExecMs = 10_000;

/** Timers of the machine count in 32 bits of milliseconds: longer waits are taken in turns. */
const longestTimerMs = 1_000_000_000;

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
	#process: Process | undefined;
	#files: Files | undefined;
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
		return usageAt(this.#behaviour, this.#usageSetting, this.elapsed());
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
		this.#process = undefined;
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
		this.#scheduleMemoryEnd();
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

	exec(command: readonly string[], {input, ...around}: ExecAround = {}): Outcome {
		if (!this.isRunning) {
			return {stdout: '', stderr: `container ${this.id} is not running\n`, exitCode: 1, tookMs: 0};
		}
		const {environment, surroundings} = this.#forExec(around);
		const routine = beginCommand(environment, command, surroundings, input);
		if (routine) return runNow(routine, longestExecMs);
		return {stdout: `${execFailure(command[0] ?? '')}\r\n`, stderr: '', exitCode: 126, tookMs: 0};
	}

	openShell(command: readonly string[], around: ExecAround = {}): ShellSession | undefined {
		if (!this.isRunning) return undefined;
		const {environment, surroundings} = this.#forExec(around);
		return beginTyping(environment, command, surroundings);
	}

	/** The program's files as they are by now, and what the command finds besides. */
	#forExec({environment: variables = [], directory}: ExecAround): {
		environment: Environment;
		surroundings: Surroundings;
	} {
		this.#program.settle(this.elapsed());
		const own = this.#environment();
		const environment = {
			...own,
			variables: new Map([...own.variables, ...variables.map(splitPair)]),
			directory: directory || own.directory,
		};
		return {environment, surroundings: surroundingsOf(environment, this.files(), () => this.elapsed())};
	}

	openLog(query: LogQuery): LogCursor {
		return new TapeCursor(this, query);
	}

	answer(port: number, path: string): {status: number; body: string} | undefined {
		if (!this.isRunning) return undefined;
		this.#program.settle(this.elapsed());
		const {entry, command, task} = this.#plan;
		return answerOf({entry, command, timesForced: task?.spec.ForceUpdate ?? 0, files: this.files()}, port, path);
	}

	/** The container's files as they are now. */
	files(): Files {
		this.#files ??= this.#initialFiles();
		return this.#files;
	}

	// ---- the log's source

	get isTerminal(): boolean {
		return this.#plan.tty;
	}

	get tape(): Tape {
		return this.#plan.keepsLog && this.startedAt !== undefined ? this.#program.tape : emptyTape;
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

	#environment(): Environment {
		const {entry, env, directory, hostname, memoryBytes} = this.#plan;
		const {fabric} = this.#site;
		return {
			image: entry,
			variables: new Map(env.map((pair) => splitPair(pair))),
			directory,
			hostname,
			isInteractive: this.#plan.tty || this.#plan.hasOpenInput,
			startedAt: this.startedAt ?? this.createdAt,
			memoryBytes,
			fraction: (purpose) => this.#plan.fraction(purpose),
			resolve: (name) => (name === hostname ? this.endpoints.map(({address}) => address) : fabric.resolve(this, name)),
			fetch: (host, port, path) => fabric.fetch(this, host, port, path),
		};
	}

	#initialFiles(): Files {
		const files = new Files(Object.entries(this.#plan.entry.files));
		for (const [path, text] of this.#plan.files()) {
			files.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/', {parents: true});
			files.write(path, text);
		}
		return files;
	}

	/** The program, as far as it has been needed: a server that nobody reads from, signals or asks is never begun. */
	get #program(): Process {
		this.#process ??= startProgram(this.#environment(), this.#plan.command, {
			initialFiles: () => this.#initialFiles(),
			files: () => this.files(),
			isInit: !this.#plan.hasInit,
		});
		return this.#process;
	}

	#signal(name: string): void {
		const number = signalNumbers[name] ?? 15;
		publishContainerEvent(this.#site.events, 'kill', this, {signal: String(number)});
		if (name === 'KILL') {
			this.#finish(137, this.clock.now());
			return;
		}
		this.#program.signal(name, this.elapsed());
		this.#scheduleEnd();
	}

	/** Sets the one timer that waits for the program's end, or for the time up to which it can be told. */
	#scheduleEnd(): void {
		this.#endTimer?.cancel();
		const {entry, command} = this.#plan;
		if (!this.isRunning || (!this.#process && isEndless(entry, command))) return;
		const ending = this.#program.ending();
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

	get #behaviour(): UsageBehaviour {
		return usageOf(this.#plan.entry, this.command);
	}

	get #usageSetting(): UsageSetting {
		const limits = this.#plan.task?.spec.Resources?.Limits;
		return {
			fraction: (purpose) => this.#plan.fraction(purpose),
			memoryLimit: this.#plan.memoryBytes,
			cpuLimit: limits?.NanoCPUs ? limits.NanoCPUs / 1e9 : Number.POSITIVE_INFINITY,
		};
	}

	/** The kernel ends a program that wants more memory than its container may have. */
	#scheduleMemoryEnd(): void {
		this.#memoryTimer?.cancel();
		const at = outOfMemoryAt(this.#behaviour, this.#plan.memoryBytes);
		if (at === undefined) return;
		this.#memoryTimer = this.clock.after(Math.min(Math.max(0, at - this.elapsed()), longestTimerMs), () => {
			if (!this.isRunning) return;
			this.isOutOfMemory = true;
			publishContainerEvent(this.#site.events, 'oom', this);
			this.#finish(137, this.clock.now());
		});
	}

	#finish(exitCode: number, at: number): void {
		const {events, fabric} = this.#site;
		this.#memoryTimer?.cancel();
		this.#endTimer?.cancel();
		this.#killTimer?.cancel();
		this.#process?.settle(this.elapsed());
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

/** Between the engine's words (runc's) for a program that the image does not have. */
function execFailure(name: string): string {
	const reason = name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH';
	return `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${reason}: unknown`;
}

function splitPair(pair: string): readonly [string, string] {
	const equals = pair.indexOf('=');
	return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
