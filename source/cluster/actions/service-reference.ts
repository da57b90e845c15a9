import {engineError} from '../../engine/error.ts';
import {failed} from '../../runtime/result.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {ClusterState, ServiceEntity} from '../model.ts';
import type {Action, Draft} from './action.ts';
import {rotation} from './messages.ts';
import {replacementLines} from './replacement.ts';
import {serviceAction, unseenMs} from './service-action.ts';
import {retried, updateService} from './write.ts';

/** A secret or a config that a service takes in place of another: the files in its containers stay what they were called. */
export type ReferenceIntent = {
	readonly action: 'service.reference';
	readonly serviceId: string;
	readonly kind: 'secret' | 'config';
	/** Both by their names: the new one may be made a moment before, and no two have the same. */
	readonly from: string;
	readonly to: string;
};

const parts = serviceAction<ReferenceIntent>({
	settles: 'settings',
	verb: () => 'Rotate',
	// What has not been made has no ID yet.
	change: (intent, spec) => changed(intent, spec, ''),
	planFor: (intent, service) => draftOf(service, intent),
	partOf({kind, from}, {Spec}) {
		const isUsed = isUsedBy(Spec, kind, from);
		return {key: String(isUsed), words: isUsed ? rotation.uses(from) : rotation.usesNot(from)};
	},
	wanted: ({to}) => rotation.uses(to),
	steadyMs: () => unseenMs,
});

/** Gives a service another secret or config under the same file. */
export const serviceReference: Action<ReferenceIntent, ReferenceIntent> = {
	...parts,
	async send(intent, {client, basis: seen}) {
		const {kind, to, serviceId} = intent;
		const listed = kind === 'secret' ? await client.secrets() : await client.configs();
		if (!listed.ok) return listed;
		const id = listed.value.find(({Spec}) => Spec.Name === to)?.ID;
		if (id === undefined) return failed(engineError('not-found', rotation.gone(kind, to), rotation.nextStep));
		return retried(() =>
			updateService(client, serviceId, (spec) => changed(intent, spec, id), {
				seen,
				basisOf: (target) => parts.basis?.(intent, target),
				wanted: rotation.uses(to),
			}),
		);
	},
	after(intent, state) {
		const service = state.services.get(intent.serviceId);
		if (!service) return state;
		const raw = {...service.raw, Spec: changed(intent, service.raw.Spec, '')};
		return {...state, services: new Map(state.services).set(service.id, {...service, raw})};
	},
};

function changed({kind, from, to}: ReferenceIntent, spec: ServiceSpec, id: string): ServiceSpec {
	const {ContainerSpec: container = {}} = spec.TaskTemplate;
	const part =
		kind === 'secret'
			? {
					Secrets: (container.Secrets ?? []).map((each) =>
						each.SecretName === from ? {...each, SecretID: id, SecretName: to} : each,
					),
				}
			: {
					Configs: (container.Configs ?? []).map((each) =>
						each.ConfigName === from ? {...each, ConfigID: id, ConfigName: to} : each,
					),
				};
	return {...spec, TaskTemplate: {...spec.TaskTemplate, ContainerSpec: {...container, ...part}}};
}

function isUsedBy(
	{TaskTemplate: {ContainerSpec: container}}: ServiceSpec,
	kind: ReferenceIntent['kind'],
	name: string,
): boolean {
	return kind === 'secret'
		? (container?.Secrets ?? []).some(({SecretName}) => SecretName === name)
		: (container?.Configs ?? []).some(({ConfigName}) => ConfigName === name);
}

function draftOf(service: ServiceEntity, intent: ReferenceIntent): Draft<ReferenceIntent> {
	const {name, raw} = service;
	const {kind, from, to} = intent;
	const title = rotation.of(name, kind, from, to);
	if (!isUsedBy(raw.Spec, kind, from)) return {title, refusal: rotation.isNotUsed(name, kind, from)};
	return {
		title,
		lines: replacementLines({...service, raw: {...raw, Spec: changed(intent, raw.Spec, '')}}),
		consent: {kind: 'dialog'},
		undo: {...intent, from: to, to: from},
	};
}

/** The services that take it. */
export const referringTo = (
	kind: ReferenceIntent['kind'],
	name: string,
	{services}: Pick<ClusterState, 'services'>,
): ServiceEntity[] => [...services.values()].filter(({raw}) => isUsedBy(raw.Spec, kind, name));
