/** `deploy:` of a service, from its spec. */
import type {ServiceSpec, UpdateConfig} from '../../wire/service.ts';
import type {Placement, ResourceRequirements, RestartPolicy} from '../../wire/task.ts';
import {imageLabel, namespaceLabel} from '../convert/names.ts';
import {bytesText, cpusText, durationText, filledOnly, type Value} from './values.ts';

export function exportDeploy({
	Labels: labels,
	Mode: mode,
	TaskTemplate: task,
	...spec
}: ServiceSpec): Value | undefined {
	const own = Object.entries(labels ?? {}).filter(([key]) => key !== namespaceLabel && key !== imageLabel);
	return filledOnly({
		...exportMode(mode),
		labels: Object.fromEntries(own),
		endpoint_mode: spec.EndpointSpec?.Mode === 'vip' ? undefined : spec.EndpointSpec?.Mode,
		update_config: spec.UpdateConfig && exportUpdate(spec.UpdateConfig),
		rollback_config: spec.RollbackConfig && exportUpdate(spec.RollbackConfig),
		resources: task.Resources && exportResources(task.Resources),
		restart_policy: task.RestartPolicy && exportRestart(task.RestartPolicy),
		placement: task.Placement && exportPlacement(task.Placement),
	});
}

function exportMode({
	Global,
	GlobalJob,
	Replicated,
	ReplicatedJob,
}: ServiceSpec['Mode']): Record<string, Value | undefined> {
	if (Global) return {mode: 'global'};
	if (GlobalJob) return {mode: 'global-job'};
	if (ReplicatedJob)
		return {mode: 'replicated-job', replicas: ReplicatedJob.TotalCompletions ?? ReplicatedJob.MaxConcurrent};
	return {replicas: Replicated?.Replicas ?? undefined};
}

function exportUpdate({
	Parallelism,
	Delay,
	FailureAction,
	Monitor,
	MaxFailureRatio,
	Order,
}: UpdateConfig): Value | undefined {
	return filledOnly({
		parallelism: Parallelism,
		delay: Delay ? durationText(Delay) : undefined,
		failure_action: FailureAction || undefined,
		monitor: Monitor ? durationText(Monitor) : undefined,
		max_failure_ratio: MaxFailureRatio ? shortest(MaxFailureRatio) : undefined,
		order: Order || undefined,
	});
}

function exportResources({Limits: limits, Reservations: reservations}: ResourceRequirements): Value | undefined {
	const basics = (each: {NanoCPUs?: number; MemoryBytes?: number} | undefined) => ({
		cpus: each?.NanoCPUs ? cpusText(each.NanoCPUs) : undefined,
		memory: each?.MemoryBytes ? bytesText(each.MemoryBytes) : undefined,
	});
	const generic = (reservations?.GenericResources ?? []).flatMap(({DiscreteResourceSpec: discrete}) =>
		discrete ? [{discrete_resource_spec: {kind: discrete.Kind, value: discrete.Value}}] : [],
	);
	return filledOnly({
		limits: filledOnly({...basics(limits), pids: limits?.Pids || undefined}),
		reservations: filledOnly({...basics(reservations), generic_resources: generic}),
	});
}

function exportRestart({Condition, Delay, MaxAttempts, Window}: RestartPolicy): Value | undefined {
	return filledOnly({
		condition: Condition || undefined,
		delay: Delay === undefined ? undefined : durationText(Delay),
		max_attempts: MaxAttempts,
		window: Window === undefined ? undefined : durationText(Window),
	});
}

/** Which platforms the image is for is what its registry says, not the file. */
function exportPlacement({Constraints, Preferences, MaxReplicas}: Placement): Value | undefined {
	return filledOnly({
		constraints: Constraints,
		preferences: (Preferences ?? []).flatMap(({Spread: spread}) => (spread ? [{spread: spread.SpreadDescriptor}] : [])),
		max_replicas_per_node: MaxReplicas || undefined,
	});
}

/** The engine keeps a float of 32 bits: as few digits as mean the same one. */
function shortest(ratio: number): number {
	const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(
		(count) => Math.fround(Number(ratio.toPrecision(count))) === Math.fround(ratio),
	);
	return Number(ratio.toPrecision(digits ?? 9));
}
