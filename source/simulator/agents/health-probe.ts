import type {Healthcheck} from '../../wire/task.ts';
import type {Events} from '../contract.ts';
import {missingProgram} from '../programs/launch.ts';
import type {Outcome} from '../programs/run-now.ts';
import {type EventSubject, publishContainerEvent} from './container-events.ts';
import type {ContainerPlan} from './container-plan.ts';
import {probeCommand} from './health.ts';

/** A container as its health check sees it. */
type Patient = EventSubject & {
	exec(command: readonly string[]): Outcome;
	/** How long it has been running, in milliseconds. */
	elapsed(): number;
};

/** A check without a limit of its own fails after 30 s (moby daemon/health.go). */
const defaultTimeoutMs = 30_000;

/** What probes a container once and says whether it passed; the engine tells of it as of any exec. */
export function healthProbe(patient: Patient, plan: ContainerPlan, events: Events, check: Healthcheck): () => boolean {
	const command = probeCommand(check);
	let count = 0;
	return () => {
		count++;
		const execID = plan.hex64(`probe/${count}`);
		publishContainerEvent(events, `exec_create: ${command.join(' ')}`, patient, {execID});
		publishContainerEvent(events, `exec_start: ${command.join(' ')}`, patient, {execID});
		const hasPassed = passes(patient, plan, check, command, count);
		publishContainerEvent(events, 'exec_die', patient, {execID, exitCode: hasPassed ? '0' : '1'});
		return hasPassed;
	};
}

/** Where the catalogue says how the image's own check fares, that counts; so it does for a program that is not known. */
function passes(
	patient: Patient,
	plan: ContainerPlan,
	check: Healthcheck,
	command: readonly string[],
	count: number,
): boolean {
	const {entry} = plan;
	const behaviour = entry.healthBehaviour;
	const isOwnCheck = check.Test?.join(' ') === entry.health?.Test?.join(' ');
	if (behaviour && (isOwnCheck || missingProgram(entry, command))) {
		if (patient.elapsed() < behaviour.healthyAfterMs) return false;
		return plan.fraction(`health/${count}`) >= behaviour.failureProbability;
	}
	const {exitCode, tookMs} = patient.exec(command);
	return exitCode === 0 && tookMs <= (check.Timeout ? check.Timeout / 1e6 : defaultTimeoutMs);
}
