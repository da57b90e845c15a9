import type {ServiceSpec} from '../../wire/service.ts';
import type {Intent} from '../intent.ts';

/** What intents change in specs: the same for the engine that is asked and for the forecast that foresees it. Pure. */

export const replicasOf = ({Mode}: ServiceSpec): number =>
	Mode.Replicated?.Replicas ?? Mode.ReplicatedJob?.TotalCompletions ?? 0;

/** Of a job the completions are what is scaled, not how many run at once, as docker service scale has it. */
export function withReplicas(spec: ServiceSpec, replicas: number): ServiceSpec {
	if (spec.Mode.ReplicatedJob) {
		return {...spec, Mode: {ReplicatedJob: {...spec.Mode.ReplicatedJob, TotalCompletions: replicas}}};
	}
	return {...spec, Mode: {Replicated: {Replicas: replicas}}};
}

/** With the platforms that its registry told; those of before stay where it told none, as docker has it. */
export function withImage(
	spec: ServiceSpec,
	{image, platforms}: Pick<Extract<Intent, {action: 'service.image'}>, 'image' | 'platforms'>,
): ServiceSpec {
	const {ContainerSpec: container, ...template} = spec.TaskTemplate;
	const placement = platforms && {Placement: {...template.Placement, Platforms: platforms}};
	return {...spec, TaskTemplate: {...template, ...placement, ContainerSpec: {...container, Image: image}}};
}

export function withLabels(
	labels: Readonly<Record<string, string>>,
	{set, remove}: Extract<Intent, {action: 'node.labels'}>,
) {
	const kept = Object.fromEntries(Object.entries(labels).filter(([key]) => !remove.includes(key)));
	return {...kept, ...set};
}
