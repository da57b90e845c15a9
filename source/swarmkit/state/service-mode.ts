import type {ServiceMode, ServiceSpec} from '../../wire/service.ts';
import type {ServiceObject} from './objects.ts';

/**
 * Which of the four kinds a service is, and how many tasks each kind wants. Only the mode tells: the tasks of a replicated
 * job's first slot look like those of a global service.
 */

type ModeName = 'replicated' | 'global' | 'replicated-job' | 'global-job';

/** A spec without a mode is a replicated one. */
export function modeName(spec: Pick<ServiceSpec, 'Mode'>): ModeName {
	if (spec.Mode.Global) return 'global';
	if (spec.Mode.ReplicatedJob) return 'replicated-job';
	if (spec.Mode.GlobalJob) return 'global-job';
	return 'replicated';
}

export const isJob = (service: ServiceObject): boolean => modeName(service.spec).endsWith('-job');

/** Whether it runs on every node that may run it, so that its tasks have no slots. */
export const isPerNode = (spec: Pick<ServiceSpec, 'Mode'>): boolean => modeName(spec).startsWith('global');

/** How many slots a replicated service wants. */
export const replicasOf = (spec: Pick<ServiceSpec, 'Mode'>): number => spec.Mode.Replicated?.Replicas ?? 1;

/** How many tasks of a replicated job may run at once, and how many have to complete. */
export function jobSizeOf(spec: Pick<ServiceSpec, 'Mode'>): {maxConcurrent: number; totalCompletions: number} {
	const maxConcurrent = spec.Mode.ReplicatedJob?.MaxConcurrent ?? 1;
	return {maxConcurrent, totalCompletions: spec.Mode.ReplicatedJob?.TotalCompletions ?? maxConcurrent};
}

/** The mode with what the engine fills in: replicated with one replica, jobs that run one task at a time. */
export function withModeDefaults(mode: ServiceMode | undefined): ServiceMode {
	const given = mode ?? {};
	switch (modeName({Mode: given})) {
		case 'global':
			return {Global: {}};
		case 'global-job':
			return {GlobalJob: {}};
		case 'replicated-job': {
			const {maxConcurrent, totalCompletions} = jobSizeOf({Mode: given});
			return {ReplicatedJob: {MaxConcurrent: maxConcurrent, TotalCompletions: totalCompletions}};
		}
		case 'replicated':
			return {Replicated: {Replicas: replicasOf({Mode: given})}};
	}
}
