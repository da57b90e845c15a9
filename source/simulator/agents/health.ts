import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Healthcheck} from '../../wire/task.ts';
import type {HealthProbeResult} from '../inside-container.ts';

/** A container's health, probed as moby's daemon/health.go does it. */

export type HealthStatus = 'none' | 'starting' | 'healthy' | 'unhealthy';

const ms = (nanoseconds: number | undefined, otherwise: number): number =>
	nanoseconds ? nanoseconds / 1e6 : otherwise;

/** The check in force: the image's, overridden field by field by the service's; undefined when there is none. */
export function effectiveHealthcheck(
	own: Healthcheck | undefined,
	ofImage: Healthcheck | undefined,
): Healthcheck | undefined {
	const test = own?.Test?.length ? own.Test : ofImage?.Test;
	if (!test?.length || test[0] === 'NONE') return undefined;
	return {...ofImage, ...own, Test: test};
}

/** The command of a probe: `CMD-SHELL` goes through the shell. */
export function probeCommand({Test = []}: Healthcheck): string[] {
	const [kind, ...rest] = Test;
	return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', rest[0] ?? ''] : rest;
}

/** As many as an engine remembers. */
const keptProbes = 5;

export class HealthMonitor {
	readonly #clock: Clock;
	readonly #check: Healthcheck;
	readonly #probe: () => HealthProbeResult;
	readonly #report: (status: 'healthy' | 'unhealthy') => void;
	readonly #startedAt: number;
	#status: Exclude<HealthStatus, 'none'> = 'starting';
	#failingStreak = 0;
	/** The newest ones, the oldest first. */
	probes: readonly HealthProbeResult[] = [];
	#timer: TimerHandle | undefined;
	#isStopped = false;

	/** `probe` runs the check's command and says whether it passed; `report` hears of every change. */
	constructor(
		clock: Clock,
		check: Healthcheck,
		probe: () => HealthProbeResult,
		report: (status: 'healthy' | 'unhealthy') => void,
	) {
		this.#clock = clock;
		this.#check = check;
		this.#probe = probe;
		this.#report = report;
		this.#startedAt = clock.now();
		this.#schedule();
	}

	get status(): HealthStatus {
		return this.#status;
	}

	get failingStreak(): number {
		return this.#failingStreak;
	}

	stop(): void {
		this.#isStopped = true;
		this.#timer?.cancel();
	}

	get #isInStartPeriod(): boolean {
		return this.#clock.now() - this.#startedAt < ms(this.#check.StartPeriod, 0);
	}

	#schedule(): void {
		if (this.#isStopped) return;
		const isStarting = this.#isInStartPeriod && this.#status === 'starting';
		const interval = isStarting ? ms(this.#check.StartInterval, 5000) : ms(this.#check.Interval, 30_000);
		this.#timer = this.#clock.after(interval, () => this.#run());
	}

	#run(): void {
		const result = this.#probe();
		this.probes = [...this.probes.slice(1 - keptProbes), result];
		if (result.exitCode === 0) {
			this.#failingStreak = 0;
			this.#become('healthy');
		} else if (!(this.#status === 'starting' && this.#isInStartPeriod)) {
			this.#failingStreak++;
			if (this.#failingStreak >= (this.#check.Retries || 3)) this.#become('unhealthy');
		}
		this.#schedule();
	}

	#become(status: 'healthy' | 'unhealthy'): void {
		if (this.#status === status) return;
		this.#status = status;
		this.#report(status);
	}
}
