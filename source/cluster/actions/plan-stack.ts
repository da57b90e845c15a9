import {safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {replicasOf} from '../entities/service.ts';
import type {Intent} from '../intent.ts';
import type {ClusterState, ServiceEntity} from '../model.ts';
import {appliedTo, comparable, isReplacing} from '../stack/references.ts';
import {objectName} from './command.ts';
import {type Draft, line} from './draft.ts';
import {specDiff} from './plan-edit.ts';
import {replacementLines} from './replacement.ts';

/** What becomes of the parts of a stack that is deployed or removed. */

/** A service that a stack file describes and the swarm has: what of it changes, and whether that replaces its tasks. */
export function planRedeployment(service: ServiceEntity, spec: ServiceSpec): Draft {
	const after = appliedTo(service.raw.Spec, spec);
	const before = service.raw.Spec;
	return {
		title: safe`Update ${service.name}`,
		lines: isReplacing(before, spec)
			? replacementLines({...service, raw: {...service.raw, Spec: after}})
			: [line('plain', safe`No task of ${service.name} is replaced.`)],
		diff: specDiff(comparable(before), comparable(after)),
		consent: {kind: 'dialog'},
	};
}

/** A service that a stack file describes and the swarm does not have yet. */
export function planCreation(spec: ServiceSpec): Draft {
	const image = spec.TaskTemplate.ContainerSpec?.Image ?? '';
	const replicas = replicasOf(spec);
	const count = replicas === undefined ? safe`` : safe`, ${replicas} of it`;
	return {
		title: safe`Create service ${toSafeText(spec.Name)}`,
		lines: [line('plain', safe`${toSafeText(spec.Name)} is new: ${toSafeText(image)}${count}.`)],
		consent: {kind: 'dialog'},
	};
}

/** A network, a secret or a config. */
export function planObject(intent: Extract<Intent, {readonly objectId: string}>, state: ClusterState): Draft {
	const name = objectName(intent, state);
	if (intent.action === 'object.labels') return {title: safe`Change the labels of ${name}`, consent: {kind: 'dialog'}};
	const verb = intent.action === 'object.create' ? 'Create' : 'Remove';
	return {
		title: safe`${toSafeText(verb)} ${name}`,
		...(verb === 'Remove' && {lines: [line('warning', safe`The ${name} is gone afterwards, with what it holds.`)]}),
		consent: {kind: 'dialog'},
	};
}
