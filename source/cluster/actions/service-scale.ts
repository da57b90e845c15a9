import {plural} from '../../text/format.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import {serviceWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import {replicasOf} from '../entities/service.ts';
import type {ServiceEntity} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import type {AnyIntent, Draft, Part} from './action.ts';
import {scale} from './messages.ts';
import {serviceName} from './names.ts';
import {serviceAction} from './service-action.ts';

export type ScaleIntent = {readonly action: 'service.scale'; readonly serviceId: string; readonly replicas: number};

/** Sets how many replicas a service has. */
export const serviceScale = serviceAction<ScaleIntent>({
	settles: 'replicas',
	verb: () => 'Scale',
	change: ({replicas}, spec) => withReplicas(spec, replicas),
	planFor: ({replicas}, service) => scaleDraft(service, replicas),
	partOf: (_, service) => replicasPart(service),
	wanted: ({replicas}) => plural(replicas, 'replica'),
	command: (intent, state) => {
		const {command, word} = scaleOperand(serviceWord(intent.serviceId, state), intent.replicas);
		return wholeCommand(...command, ...operands(word));
	},
	operand: ({serviceId, replicas}, state) => scaleOperand(serviceWord(serviceId, state), replicas),
	summary({serviceId, replicas}, state) {
		const now = state.services.get(serviceId)?.replicas ?? 0;
		return scale.summary(serviceName(serviceId, state), now, replicas);
	},
	stopsTasks: ({serviceId, replicas}, {services}) => replicas < (services.get(serviceId)?.replicas ?? 0),
	replicasAfter: ({replicas}) => replicas,
});

/** Of a job the completions are what is scaled, not how many run at once, as docker service scale has it. */
export function withReplicas(spec: ServiceSpec, replicas: number): ServiceSpec {
	if (spec.Mode.ReplicatedJob) {
		return {...spec, Mode: {ReplicatedJob: {...spec.Mode.ReplicatedJob, TotalCompletions: replicas}}};
	}
	return {...spec, Mode: {Replicated: {Replicas: replicas}}};
}

export const scaleOperand = (service: string, replicas: number) => ({
	command: ['docker', 'service', 'scale'],
	word: `${service}=${replicas}`,
});

export function replicasPart({Spec}: Service): Part {
	const replicas = replicasOf(Spec) ?? 0;
	return {key: String(replicas), words: plural(replicas, 'replica')};
}

export function scaleDraft(service: ServiceEntity, replicas: number): Draft<ScaleIntent> {
	const {id, name, mode} = service;
	const title = scale.title(name, service.replicas ?? 0, replicas);
	if (mode === 'global' || mode === 'global-job') {
		return {title: scale.refusedTitle(name), refusal: scale.isGlobal(name)};
	}
	if (!Number.isSafeInteger(replicas) || replicas < 0) {
		return {title: scale.refusedTitle(name), refusal: scale.badNumber};
	}
	const lines: PlanLine[] = [];
	if (replicas === 0) {
		lines.push(scale.toNone(name), scale.resume(service.replicas ?? 0));
	}
	if (mode === 'replicated-job') {
		// Nothing takes back a run of a job, so it isn't begun on a single key.
		lines.push(scale.jobAgain);
		return {title, lines, consent: {kind: 'dialog'}};
	}
	if (service.replicas === undefined) return {title, lines};
	return {title, lines, undo: {action: 'service.scale', serviceId: id, replicas: service.replicas}};
}

/**
 * What a service that is scaled to 0 had before, where anybody knows: the engine keeps the settings before the last update
 * (PreviousSpec), and they tell it as long as nothing else has been changed since; after that, what was scaled down in this
 * session is remembered. Undefined where neither tells: then whoever resumes it is asked.
 */
export function formerReplicas(
	{id, raw}: ServiceEntity,
	done: readonly {readonly undo: AnyIntent | undefined}[],
): number | undefined {
	const previous = raw.PreviousSpec ? (replicasOf(raw.PreviousSpec) ?? 0) : 0;
	if (previous > 0) return previous;
	for (const {undo} of done) {
		if (undo && isScale(undo) && undo.serviceId === id && undo.replicas > 0) return undo.replicas;
	}
	return undefined;
}

const isScale = (intent: AnyIntent): intent is ScaleIntent => intent.action === 'service.scale';
