import {parseImage, withoutDigest} from '../../engine/registry-reference.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import {editedImage} from '../edit/changes.ts';
import type {Intent, PlanLine} from '../intent.ts';
import type {ServiceEntity} from '../model.ts';
import {loginLine, newerImageLine, unresolvedLine} from '../stack/messages.ts';
import {type Draft, line} from './draft.ts';
import {replacementLines} from './replacement.ts';

/** What is to be said of an image that an edit names anew: its digest could not be had, its login is sent. */
export function imageLines({changes, problem, sendsLogin}: Extract<Intent, {action: 'service.edit'}>): PlanLine[] {
	const image = editedImage(changes);
	if (image === undefined) return [];
	const domain = parseImage(image)?.domain;
	return [
		...(problem === undefined ? [] : [unresolvedLine(image, problem, undefined)]),
		...(sendsLogin && domain !== undefined ? [loginLine([domain])] : []),
	];
}

/** Another image for a service, or what its registry has come to call by the same name. */
export function imageDraft(service: ServiceEntity, intent: Extract<Intent, {action: 'service.image'}>): Draft {
	const {id, name} = service;
	const {image, problem, sendsLogin} = intent;
	const {ContainerSpec: container, Placement: placement} = service.raw.Spec.TaskTemplate;
	const before = container?.Image ?? '';
	if (image.trim() === '') return {title: safe`Change the image of ${name}`, refusal: toSafeText('Name an image.')};
	const isSameTag = withoutDigest(before) === withoutDigest(image) && before !== image;
	const domain = parseImage(image)?.domain;
	return {
		title: safe`Change the image of ${name} to ${toSafeText(withoutDigest(image))}`,
		lines: [
			isSameTag ? newerImageLine(name, image) : line('plain', safe`from ${service.image} to ${toSafeText(image)}`),
			...(problem === undefined ? [] : [unresolvedLine(image, problem, undefined)]),
			...(sendsLogin && domain !== undefined ? [loginLine([domain])] : []),
			...replacementLines(service),
		],
		consent: {kind: 'dialog'},
		undo: {
			action: 'service.image',
			serviceId: id,
			image: before,
			...(placement?.Platforms && {platforms: placement.Platforms}),
		},
	};
}
