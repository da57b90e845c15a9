import type {Clock} from '../../runtime/clock.ts';
import type {Healthcheck} from '../../wire/task.ts';
import type {Events} from '../contract.ts';
import type {HealthProbeResult} from '../inside-container.ts';
import {missingProgram} from '../programs/launch.ts';
import type {Outcome} from '../programs/run-now.ts';
import {type EventSubject, publishContainerEvent} from './container-events.ts';
import type {ContainerPlan} from './container-plan.ts';
import {probeCommand} from './health.ts';

/** A container as its health check sees it. */
type Patient = EventSubject & {
	exec(command: readonly string[]): Outcome;
	readonly clock: Clock;
	/** How long it has been running, in milliseconds. */
	elapsed(): number;
};

/** A check without a limit of its own fails after 30 s (moby daemon/health.go). */
const defaultTimeoutMs = 30_000;
/** What starting a program takes. */
const usualMs = 40;

/** What probes a container once and says whether it passed; the engine tells of it as of any exec. */
export function healthProbe(
	patient: Patient,
	plan: ContainerPlan,
	events: Events,
	check: Healthcheck,
): () => HealthProbeResult {
	const command = probeCommand(check);
	let count = 0;
	return () => {
		count++;
		const execID = plan.hex64(`probe/${count}`);
		publishContainerEvent(events, `exec_create: ${command.join(' ')}`, patient, {execID});
		publishContainerEvent(events, `exec_start: ${command.join(' ')}`, patient, {execID});
		const result = resultOf(patient, {plan, check, command, count});
		publishContainerEvent(events, 'exec_die', patient, {execID, exitCode: String(result.exitCode)});
		return result;
	};
}

/** Where the catalogue says how the image's own check fares, that counts; so it does for a program that is not known. */
function resultOf(
	patient: Patient,
	{
		plan,
		check,
		command,
		count,
	}: {
		readonly plan: ContainerPlan;
		readonly check: Healthcheck;
		readonly command: readonly string[];
		readonly count: number;
	},
): HealthProbeResult {
	const start = patient.clock.now();
	const ended = (exitCode: number, output: string, tookMs = usualMs): HealthProbeResult => ({
		start,
		end: start + tookMs,
		exitCode,
		output,
	});
	const {entry} = plan;
	const behaviour = entry.healthBehaviour;
	const isOwnCheck = check.Test?.join(' ') === entry.health?.Test?.join(' ');
	if (behaviour && (isOwnCheck || missingProgram(entry, command))) {
		const isWell =
			patient.elapsed() >= behaviour.healthyAfterMs && plan.fraction(`health/${count}`) >= behaviour.failureProbability;
		return isWell ? ended(0, '') : ended(1, 'not ready yet\n');
	}
	const {exitCode, tookMs, stdout, stderr} = patient.exec(command);
	const limitMs = check.Timeout ? check.Timeout / 1e6 : defaultTimeoutMs;
	if (tookMs > limitMs) return ended(-1, `Health check exceeded timeout (${limitMs / 1000}s)`, limitMs);
	return ended(exitCode, stdout + stderr, Math.max(usualMs, tookMs));
}
