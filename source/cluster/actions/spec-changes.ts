import type {NodeSpec} from '../../wire/node.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {withChanges} from '../edit/changes.ts';
import {replicasOf} from '../entities/service.ts';
import type {Intent} from '../intent.ts';
import {appliedTo} from '../stack/references.ts';

/** What intents change in specs: the same for the engine that is asked and for the forecast that foresees it. Pure. */

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

export type ServiceIntent = Extract<Intent, {readonly serviceId: string}>;
export type NodeIntent = Extract<Intent, {readonly nodeId: string}>;

/** Intents that write a spec of their own making: the engine swaps in the previous one by itself. */
export type SpecIntent = Exclude<ServiceIntent, {readonly action: 'service.remove' | 'service.rollback'}>;
export type NodeSpecIntent = Exclude<NodeIntent, {readonly action: 'node.remove'}>;

/** The spec that is sent. */
export function specAfter(intent: SpecIntent, spec: ServiceSpec): ServiceSpec {
	switch (intent.action) {
		case 'service.scale':
			return withReplicas(spec, intent.replicas);
		case 'service.step':
			return withReplicas(spec, Math.max(0, (replicasOf(spec) ?? 0) + intent.by));
		// What paused goes on for a new spec alone: one that changes nothing is taken, and nothing happens (20.10, 26.1).
		case 'service.continue':
		case 'service.restart':
			return withRestart(spec);
		case 'service.image':
			return withImage(spec, intent);
		case 'service.edit':
			return withChanges(spec, intent.changes);
		case 'service.deploy':
			return appliedTo(spec, intent.spec);
		default:
			return intent satisfies never;
	}
}

export function nodeSpecAfter(intent: NodeSpecIntent, spec: NodeSpec): NodeSpec {
	switch (intent.action) {
		case 'node.availability':
			return {...spec, Availability: intent.availability};
		case 'node.role':
			return {...spec, Role: intent.role};
		case 'node.labels':
			return {...spec, Labels: withLabels(spec.Labels ?? {}, intent)};
		default:
			return intent satisfies never;
	}
}

function withRestart(spec: ServiceSpec): ServiceSpec {
	const {TaskTemplate: template} = spec;
	return {...spec, TaskTemplate: {...template, ForceUpdate: (template.ForceUpdate ?? 0) + 1}};
}
