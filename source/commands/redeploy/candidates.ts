/** Which services are to follow their tag, and which of those can. Pure. */
import type {ServiceEntity} from '../../cluster/model.ts';
import {parseImage, withoutDigest} from '../../engine/registry-reference.ts';
import {isJob, pinned, underWay} from './messages.ts';

export type LabelRule = {
	/** As people write it. */
	readonly text: string;
	readonly key: string;
	/** Undefined: any but an empty one and `false`. */
	readonly value: string | undefined;
};

const rule = (text: string, key: string, value: string | undefined): LabelRule => ({text, key, value});

/** Our own, and Swarmpit's. */
export const usualLabels: readonly LabelRule[] = [
	rule('swarmtop.autoredeploy=true', 'swarmtop.autoredeploy', 'true'),
	rule('swarmpit.service.deployment.autoredeploy=true', 'swarmpit.service.deployment.autoredeploy', 'true'),
];

/** `KEY` or `KEY=VALUE`. */
export function parseLabelRule(text: string): LabelRule | undefined {
	const at = text.indexOf('=');
	const key = at === -1 ? text : text.slice(0, at);
	return key.trim() === '' ? undefined : rule(text, key, at === -1 ? undefined : text.slice(at + 1));
}

/** The labelled services, by name. */
export function labelled(services: Iterable<ServiceEntity>, rules: readonly LabelRule[]): ServiceEntity[] {
	const isMeant = ({raw}: ServiceEntity): boolean => {
		const {Labels: labels} = raw.Spec;
		return rules.some(({key, value}) => {
			const given = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
			if (given === undefined) return false;
			return value === undefined ? !/^(?:|0|false|no|off)$/i.test(given) : given === value;
		});
	};
	return [...services].filter(isMeant).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export const imageOf = ({raw}: ServiceEntity): string => raw.Spec.TaskTemplate.ContainerSpec?.Image ?? '';

/** The tag that it follows. */
export const tagOf = (service: ServiceEntity): string => withoutDigest(imageOf(service));

export const digestOf = (image: string): string | undefined => parseImage(image)?.digest;

/** Why a labelled service is left alone; undefined where it can follow its tag. */
export function whyNot(service: ServiceEntity): string | undefined {
	const image = parseImage(imageOf(service));
	if (service.mode === 'replicated-job' || service.mode === 'global-job') return isJob;
	if (image?.digest !== undefined && image.tag === undefined) return pinned;
	const state = service.update?.state ?? '';
	return /^(?:updating|paused|rollback_started|rollback_paused)$/.test(state) ? underWay(state) : undefined;
}
