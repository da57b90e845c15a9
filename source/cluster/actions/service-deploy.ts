import type {SafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {networkWord} from '../docker-command/names.ts';
import {createCommand} from '../docker-command/service-command.ts';
import {appliedTo, comparable, isReplacing} from '../edit/described-spec.ts';
import {droppedBy, droppedOfChange} from '../edit/newer-fields.ts';
import {replicasOf} from '../entities/service.ts';
import type {ClusterState, ServiceEntity} from '../model.ts';
import {type Action, type Circumstances, type Draft, verdict} from './action.ts';
import {deploy} from './messages.ts';
import {nameOfNew} from './new-object.ts';
import {resolved} from './references.ts';
import {replacementLines} from './replacement.ts';
import {type SendsLogin, serviceAction, steadyMs} from './service-action.ts';
import {registryLines} from './service-image.ts';
import type {RemoveServiceIntent} from './service-remove.ts';
import {specDiff} from './spec-diff.ts';
import {loginFor, retried, updateService} from './write.ts';

/** A service as a stack file describes it: made under a `newId`, or brought to it. What it names need not be there yet. */
export type DeployIntent = SendsLogin & {
	readonly action: 'service.deploy';
	readonly serviceId: string;
	readonly spec: ServiceSpec;
	/** The image as it was asked for, where docker finds the same digest and platforms by itself. */
	readonly asked?: string;
	/** Why the digest of its image is not known, where its registry was asked. */
	readonly problem?: SafeText;
};

const isNew = ({serviceId}: DeployIntent): boolean => nameOfNew(serviceId) !== undefined;

const redeploy = serviceAction<DeployIntent, never>({
	settles: 'settings',
	verb: (intent) => (isNew(intent) ? 'Create' : 'Deploy'),
	change: ({spec}, before) => appliedTo(before, spec),
	planFor: ({spec}, service) => planRedeployment(service, spec),
	async send(intent, {client, logins}) {
		const login = await loginFor(intent, imageOf(intent), logins);
		const known = await resolved(client, intent.spec);
		if (!known.ok) return known;
		const spec = known.value;
		if (!isNew(intent)) {
			const noGuard = {seen: undefined, basisOf: () => undefined};
			return retried(() =>
				updateService(client, intent.serviceId, (present) => appliedTo(present, spec), {...noGuard, login}),
			);
		}
		const answer = await client.createService(spec, login);
		return answer.ok ? {ok: true, value: {version: 0, createdId: answer.value.ID}} : answer;
	},
	steadyMs({spec}) {
		const monitor = spec.UpdateConfig?.Monitor ?? 0;
		return monitor === 0 ? verifyMs : Math.max(steadyMs, Number(monitor) / 1e6);
	},
	dropped(intent, {services}, apiVersion) {
		const before = services.get(intent.serviceId)?.raw.Spec;
		return before ? droppedOfChange(apiVersion, before, intent.spec) : droppedBy(apiVersion, intent.spec);
	},
});

/** Brings a service to what a stack file says, or makes it. */
export const serviceDeploy: Action<DeployIntent, RemoveServiceIntent> = {
	...redeploy,
	plan(intent, state, circumstances) {
		const isThere = state.services.has(intent.serviceId);
		return isNew(intent) && !isThere
			? planCreation(intent, state, circumstances)
			: redeploy.plan(intent, state, circumstances);
	},
	command(intent, state) {
		if (!isNew(intent)) return redeploy.command(intent, state);
		const {sendsLogin} = intent;
		return createCommand(asAsked(intent), {networkWord: (target) => networkWord(target, state), sendsLogin});
	},
	judge(watched, state, tasks) {
		// Of what was made a moment ago the store has not heard yet.
		const isToCome = watched.versionBefore === 0 && !state.services.has(watched.intent.serviceId);
		return isToCome ? verdict('running', 0, 0, deploy.created) : redeploy.judge(watched, state, tasks);
	},
	forecast(intent, state) {
		if (!isNew(intent)) return redeploy.forecast?.(intent, state);
		return {kind: 'create-service', serviceId: intent.serviceId, spec: withoutNetworks(intent.spec)};
	},
};

/** What a stack brings is verified as long as docker does, unless its monitor says otherwise. */
const verifyMs = 5000;

const imageOf = ({spec}: DeployIntent): string => spec.TaskTemplate.ContainerSpec?.Image ?? '';

/** Without what docker adds to it when it asks the registry. */
function asAsked({spec, asked}: DeployIntent): ServiceSpec {
	if (asked === undefined) return spec;
	const {ContainerSpec: container, Placement: {Platforms: _, ...placement} = {}, ...template} = spec.TaskTemplate;
	const placed = Object.keys(placement).length > 0 && {Placement: placement};
	return {...spec, TaskTemplate: {...template, ...placed, ContainerSpec: {...container, Image: asked}}};
}

/** What it is attached to has no say in where it goes, and need not be there yet. */
function withoutNetworks(spec: ServiceSpec): ServiceSpec {
	const {Networks: _, ...template} = spec.TaskTemplate;
	return {...spec, TaskTemplate: template};
}

/** A service that the swarm has: what of it changes, and whether that replaces its tasks. */
function planRedeployment(service: ServiceEntity, spec: ServiceSpec): Draft<never> {
	const after = appliedTo(service.raw.Spec, spec);
	const before = service.raw.Spec;
	return {
		title: deploy.update(service.name),
		lines: isReplacing(before, spec)
			? replacementLines({...service, raw: {...service.raw, Spec: after}})
			: [deploy.replacesNone(service.name)],
		diff: specDiff(comparable(before), comparable(after)),
		consent: {kind: 'dialog'},
	};
}

/** A service that the swarm does not have yet. */
function planCreation(
	intent: DeployIntent,
	{services}: ClusterState,
	{isPart = false}: Circumstances,
): Draft<RemoveServiceIntent> {
	const {spec, serviceId} = intent;
	const title = deploy.create(spec.Name);
	// A stack's are told apart by their labels before.
	const isTaken = !isPart && [...services.values()].some(({raw}) => raw.Spec.Name === spec.Name);
	if (isTaken) return {title, refusal: deploy.taken(spec.Name)};
	const image = spec.TaskTemplate.ContainerSpec?.Image ?? '';
	return {
		title,
		lines: [deploy.isNew(spec.Name, image, replicasOf(spec)), ...registryLines(image, intent)],
		consent: {kind: 'dialog'},
		undo: isPart ? undefined : {action: 'service.remove', serviceId},
	};
}
