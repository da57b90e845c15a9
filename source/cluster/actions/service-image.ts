import {parseImage, withoutDigest} from '../../engine/registry-reference.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {Placement} from '../../wire/task.ts';
import type {ServiceEntity} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {type Draft, plainPart} from './action.ts';
import {absentLines, loginLine, newerImageLine, unresolvedLine, image as words} from './messages.ts';
import {replacementLines} from './replacement.ts';
import {type SendsLogin, serviceAction} from './service-action.ts';

export type ImageIntent = SendsLogin & {
	readonly action: 'service.image';
	readonly serviceId: string;
	readonly image: string;
	/** Which nodes can run it, where its registry said. */
	readonly platforms?: Placement['Platforms'];
	/** Why its digest is not known. */
	readonly problem?: SafeText;
};

/** Another image for a service, or what its registry has come to call by the same name. */
export const serviceImage = serviceAction<ImageIntent>({
	settles: 'settings',
	verb: () => 'Change image',
	change: (intent, spec) => withImage(spec, intent),
	planFor: (intent, service) => draftOf(service, intent),
	partOf: (_, {Spec}) => plainPart(Spec.TaskTemplate.ContainerSpec?.Image ?? ''),
	wanted: ({image}) => toSafeText(image),
	imageOf: ({image}) => image,
	// docker looks the digest up by itself.
	lookedUp: ({image}) => withoutDigest(image),
});

/** With the platforms that its registry told; those of before stay where it told none, as docker has it. */
function withImage(spec: ServiceSpec, {image, platforms}: ImageIntent): ServiceSpec {
	const {ContainerSpec: container, ...template} = spec.TaskTemplate;
	const placement = platforms && {Placement: {...template.Placement, Platforms: platforms}};
	return {...spec, TaskTemplate: {...template, ...placement, ContainerSpec: {...container, Image: image}}};
}

function draftOf(service: ServiceEntity, intent: ImageIntent): Draft<ImageIntent> {
	const {id, name} = service;
	const {image} = intent;
	const {ContainerSpec: container, Placement: placement} = service.raw.Spec.TaskTemplate;
	const before = container?.Image ?? '';
	if (image.trim() === '') return {title: words.refusedTitle(name), refusal: words.missing};
	const isSameTag = withoutDigest(before) === withoutDigest(image) && before !== image;
	return {
		title: words.title(name, withoutDigest(image)),
		lines: [
			isSameTag ? newerImageLine(name, image) : words.change(service.image, image),
			...registryLines(image, intent),
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

/** What is to be said of an image that is named anew: its digest could not be had, its login is sent. */
export function registryLines(
	image: string,
	{problem, sendsLogin}: Pick<ImageIntent, 'problem' | 'sendsLogin'>,
): PlanLine[] {
	const domain = parseImage(image)?.domain;
	return [
		...(problem === undefined ? [] : [...absentLines(image, problem), unresolvedLine(image, problem, undefined)]),
		...(sendsLogin && domain !== undefined ? [loginLine([domain])] : []),
	];
}
