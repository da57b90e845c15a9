import type {SafeText} from '../../text/safe-text.ts';
import type {Service} from '../../wire/service.ts';
import {serviceWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ServiceEntity} from '../model.ts';
import type {Basis} from '../plan-line.ts';
import type {Draft, Target} from './action.ts';
import {rollback} from './messages.ts';
import {replacementLines} from './replacement.ts';
import {serviceAction, unseenMs} from './service-action.ts';
import {specDiff} from './spec-diff.ts';
import {retried, updateService} from './write.ts';

export type RollbackIntent = {readonly action: 'service.rollback'; readonly serviceId: string};

/** Brings back the settings that a service had before its last update: the engine has kept them. */
export const serviceRollback = serviceAction<RollbackIntent, never>({
	settles: 'settings',
	verb: () => 'Roll back',
	change: (_, spec) => spec,
	planFor: (_, service) => draftOf(service),
	command: ({serviceId}, state) =>
		wholeCommand('docker', 'service', 'rollback', ...operands(serviceWord(serviceId, state))),
	basis: (_, target) => basisOf(target),
	send: ({serviceId}, {client, basis}) =>
		retried(() => updateService(client, serviceId, (spec) => spec, {seen: basis, basisOf, isRollback: true})),
	steadyMs: () => unseenMs,
	rollback: 'purpose',
	forecast({serviceId}, {services}) {
		return services.get(serviceId)?.raw.PreviousSpec ? {kind: 'rollback', serviceId} : undefined;
	},
});

function basisOf({service}: Target): Basis | undefined {
	if (!service) return undefined;
	const {PreviousSpec} = service;
	return {
		version: service.Version.Index,
		key: JSON.stringify(PreviousSpec) ?? '',
		words: previousWords(PreviousSpec),
	};
}

/** Settings are too much for a sentence: what most people roll back for, and a hint where that is the same. */
function previousWords(spec: Service['PreviousSpec']): SafeText {
	const image = spec?.TaskTemplate.ContainerSpec?.Image;
	return spec ? rollback.to(image) : rollback.toNothing;
}

function draftOf(service: ServiceEntity): Draft<never> {
	const {name, hasPreviousSpec} = service;
	const title = rollback.title(name);
	if (!hasPreviousSpec)
		return {
			title,
			refusal: rollback.noPrevious(name),
		};
	const {Spec, PreviousSpec} = service.raw;
	const {UpdateConfig: _, ...settings} = PreviousSpec ?? Spec;
	// A rollback goes by the rollback settings of the spec that it restores (swarmkit manager/orchestrator/update).
	const rule = settings.RollbackConfig ? {UpdateConfig: settings.RollbackConfig} : {};
	const restored = {...service, raw: {...service.raw, Spec: {...settings, ...rule}}};
	return {
		title,
		lines: replacementLines(restored),
		diff: specDiff(Spec, PreviousSpec),
		consent: {kind: 'dialog'},
	};
}
