import type {SafeText} from '../../text/safe-text.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import {networkWord, serviceWord} from '../docker-command/names.ts';
import {updateCommand, wholeCommand} from '../docker-command/service-command.ts';
import {droppedOfChange} from '../edit/newer-fields.ts';
import type {ClusterState, ServiceEntity} from '../model.ts';
import type {Basis} from '../plan-line.ts';
import type {Action, AnyIntent, Circumstances, Draft, Part, ServiceSubject} from './action.ts';
import {gone} from './messages.ts';
import {serviceName} from './names.ts';
import {judgeService, type RollbackMeaning} from './service-progress.ts';
import {loginFor, retried, updateService} from './write.ts';

/** What actions have in common that change a service's spec: one description of the change gives all the rest. */

export type ServiceIntent = {readonly action: string} & ServiceSubject & SendsLogin;

/** The person's login for an image's registry goes with it: which one that is, is looked up when it is sent. */
export type SendsLogin = {readonly sendsLogin?: boolean};

type Parts<I extends ServiceIntent, Undo extends AnyIntent> = Partial<Action<I, Undo>> & {
	verb(intent: I): string;
	/** The spec that is sent, made of the one that is there. */
	change(intent: I, spec: ServiceSpec): ServiceSpec;
	/** The plan for a service that is there. */
	planFor(intent: I, service: ServiceEntity, state: ClusterState, circumstances: Circumstances): Draft<Undo>;
	/** The part of the service that it changes. */
	partOf?(intent: I, service: Service): Part;
	/** What it wants that part to be, where that can be said shortly. */
	wanted?(intent: I): SafeText;
	/** The plan shows a conflict better than two lines could. */
	readonly planShowsConflict?: boolean;
	/** The image that the login is for. */
	imageOf?(intent: I): string;
	/** What docker is to look up in the image's registry. */
	lookedUp?(intent: I): string;
	/** What it means to it that the swarm rolls back; default: it has failed. */
	readonly rollback?: RollbackMeaning;
};

export function serviceAction<I extends ServiceIntent, Undo extends AnyIntent = I>(
	parts: Parts<I, Undo>,
): Action<I, Undo> {
	const {change, planFor, partOf, wanted, planShowsConflict, imageOf, lookedUp, rollback = 'failure', ...own} = parts;
	const basis = (intent: I, {service}: {readonly service?: Service | undefined}): Basis | undefined =>
		service && partOf && {version: service.Version.Index, ...partOf(intent, service)};
	return {
		plan(intent, state, circumstances) {
			const service = state.services.get(intent.serviceId);
			const name = serviceName(intent.serviceId, state);
			if (!service) return {title: name, refusal: gone.service(name)};
			return planFor(intent, service, state, circumstances);
		},
		command(intent, state) {
			const before = state.services.get(intent.serviceId)?.raw.Spec;
			if (!before) return wholeCommand();
			return updateCommand(serviceWord(intent.serviceId, state), before, change(intent, before), {
				networkWord: (target: string) => networkWord(target, state),
				sendsLogin: intent.sendsLogin,
				image: lookedUp?.(intent),
			});
		},
		basis,
		async send(intent, {client, basis: seen, logins}) {
			const login = await loginFor(intent, imageOf?.(intent) ?? '', logins);
			return retried(() =>
				updateService(client, intent.serviceId, (spec) => change(intent, spec), {
					seen,
					basisOf: (target) => basis(intent, target),
					wanted: wanted?.(intent),
					planShowsConflict,
					login,
				}),
			);
		},
		judge: (watched, state, tasks) => judgeService(watched, state, tasks, rollback),
		steadyMs: () => steadyMs,
		forecast(intent, {services}) {
			const service = services.get(intent.serviceId);
			return service && {kind: 'spec', serviceId: service.id, spec: change(intent, service.raw.Spec)};
		},
		dropped(intent, {services}, apiVersion) {
			const before = services.get(intent.serviceId)?.raw.Spec;
			return before ? droppedOfChange(apiVersion, before, change(intent, before)) : [];
		},
		...own,
	};
}

/** A converged service must stay so for this long: a task that starts may still fail at once. */
export const steadyMs = 1500;

/** Until the orchestrator has seen new settings, old tasks look as good as new ones: nothing in them tells. */
export const unseenMs = 4000;
