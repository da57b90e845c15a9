/** A service of the wire as the screens see it. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {ServiceEntity, ServiceMode, UpdateEntity} from '../model.ts';
import {cleanWord, labelsOf, portsOf, splitImage, timeOf} from './common.ts';
import {type SlotEvidence, serviceHealth} from './health.ts';
import type {Restarts} from './restarts.ts';

/** docker stack writes the stack's name into this label of everything it makes. */
export const stackLabel = 'com.docker.stack.namespace';

/** What belongs to the service's object alone. */
export type ServiceFacts = Omit<ServiceEntity, 'counts' | 'stuck' | 'restarts' | 'health'>;

type ServiceJoins = {
	readonly counts: ServiceEntity['counts'];
	/** Undefined while its tasks are not known. */
	readonly slots: SlotEvidence | undefined;
	readonly restarts: Restarts | undefined;
	/** For how long fewer have been running than desired. */
	readonly shortForMs: number;
};

function modeOf(spec: ServiceSpec): ServiceMode {
	const {Mode: mode} = spec;
	if (mode.Global) return 'global';
	if (mode.ReplicatedJob) return 'replicated-job';
	return mode.GlobalJob ? 'global-job' : 'replicated';
}

/** Replicas, or the total completions of a job; undefined for global modes. The engine's defaults fill what is left out. */
export function replicasOf(spec: ServiceSpec): number | undefined {
	const {Mode: mode} = spec;
	if (mode.Global || mode.GlobalJob) return undefined;
	if (mode.ReplicatedJob) return mode.ReplicatedJob.TotalCompletions ?? mode.ReplicatedJob.MaxConcurrent ?? 1;
	return mode.Replicated?.Replicas ?? 1;
}

function updateOf(raw: Service): UpdateEntity | undefined {
	const {UpdateStatus: status} = raw;
	// An engine before 18 sends an empty status for a service that was never updated.
	if (!status?.State) return undefined;
	return {
		state: cleanWord(status.State),
		message: toSafeText(status.Message ?? ''),
		startedAt: timeOf(status.StartedAt) || undefined,
		completedAt: timeOf(status.CompletedAt) || undefined,
	};
}

function stackOf(raw: Service): SafeText | undefined {
	const name = raw.Spec.Labels?.[stackLabel];
	return name ? toSafeText(name) : undefined;
}

/** Cleans and reshapes; everything that does not depend on other objects. */
export function serviceFacts(raw: Service): ServiceFacts {
	const {Spec: spec} = raw;
	const {ContainerSpec: container} = spec.TaskTemplate;
	return {
		id: cleanWord(raw.ID),
		version: raw.Version.Index,
		name: toSafeText(spec.Name),
		stack: stackOf(raw),
		mode: modeOf(spec),
		replicas: replicasOf(spec),
		...splitImage(container?.Image),
		ports: portsOf(raw.Endpoint?.Ports ?? spec.EndpointSpec?.Ports),
		update: updateOf(raw),
		labels: labelsOf(spec.Labels),
		forceUpdate: spec.TaskTemplate.ForceUpdate ?? 0,
		hasPreviousSpec: raw.PreviousSpec !== undefined,
		isTty: container?.TTY === true,
		createdAt: timeOf(raw.CreatedAt),
		updatedAt: timeOf(raw.UpdatedAt),
		raw,
	};
}

export function serviceEntity(facts: ServiceFacts, joins: ServiceJoins): ServiceEntity {
	return {
		...facts,
		counts: joins.counts,
		stuck: joins.slots?.stuck,
		restarts: joins.restarts,
		health: serviceHealth({
			mode: facts.mode,
			replicas: facts.replicas,
			update: facts.update?.state,
			counts: joins.counts,
			slots: joins.slots,
			isLooping: joins.restarts?.isLoop ?? false,
			shortForMs: joins.shortForMs,
		}),
	};
}
