// A long file: one case for each action.
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {withChanges} from '../edit/changes.ts';
import {type Dropped, droppedBy, droppedOfChange} from '../edit/newer-fields.ts';
import type {Foreseen} from '../forecast/foresight.ts';
import {type Intent, nameOfNew, type Plan, type PlanLine} from '../intent.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from '../model.ts';
import {clusterNameOf} from '../quorum.ts';
import {dockerCommand, objectName, serviceName, shownNodeName, steppedReplicas} from './command.ts';
import {type Draft, line} from './draft.ts';
import {planDrain} from './plan-drain.ts';
import {planEdit, specDiff} from './plan-edit.ts';
import {imageDraft, imageLines} from './plan-image.ts';
import {planDemotion, planNodeRemoval, planPromotion} from './plan-membership.ts';
import {planCreation, planObject, planRedeployment} from './plan-stack.ts';
import {replacementLines} from './replacement.ts';

export type PlanOptions = {
	readonly isReadOnly: boolean;
	/** Everything dangerous asks for a typed word. */
	readonly isProtected?: boolean | undefined;
	/** What the forecast says, where one was made; `pending` while it is being made. */
	readonly foreseen?: Foreseen | 'pending' | undefined;
	/** Of the docker context in use, where there is one. */
	readonly contextName?: SafeText | undefined;
	/** It is one of several under one plan, which says by itself what all of them move and what that does to the quorum. */
	readonly isPart?: boolean;
};

/** What an intent will do, computed from the present state, before anybody is asked. Pure. */
export function planFor(intent: Intent, state: ClusterState, options: PlanOptions): Plan {
	const {isReadOnly, isProtected = false, foreseen, isPart} = options;
	const draft = draftOf(intent, state, options);
	const ready = foreseen === 'pending' ? undefined : foreseen;
	const readOnly = isReadOnly ? toSafeText('swarmtop runs read-only (--read-only): nothing is changed.') : undefined;
	const lines = [
		...(isPart ? [] : (draft.quorum?.() ?? [])),
		...(ready?.lines ?? (isPart ? [] : (draft.moving?.() ?? []))),
		...(ready ? underWayLines(intent, state) : []),
		...droppedLines(intent, state),
		...(draft.lines ?? []),
	];
	const consent = draft.consent ?? {kind: 'none'};
	const {line: command, note: commandNote} = dockerCommand(intent, state);
	return {
		intent,
		title: draft.title,
		lines,
		diff: draft.diff,
		forecast: foreseen === undefined ? 'none' : foreseen === 'pending' ? 'pending' : 'ready',
		consent: isProtected ? protectedConsent(consent, lines, objectName(intent, state)) : consent,
		refusal: readOnly ?? draft.refusal,
		command,
		commandNote,
		undo: draft.undo,
		moves: ready?.moves,
	};
}

/** A forecast takes every task for one of the present settings: which an update has still to replace, tasks don't tell. */
function underWayLines(intent: Intent, {services}: ClusterState): PlanLine[] {
	if (!('serviceId' in intent) || intent.action === 'service.remove') return [];
	const state = services.get(intent.serviceId)?.update?.state;
	if (state !== 'updating' && state !== 'rollback_started') return [];
	return [line('plain', safe`An update is under way: the tasks it has yet to replace come on top of this.`)];
}

/** An engine takes what it doesn't know and says nothing. */
function droppedLines(intent: Intent, {services, engine}: ClusterState): PlanLine[] {
	if (!engine || engine.apiVersion === '') return [];
	const {apiVersion} = engine;
	return droppedOf(intent, services, apiVersion).map(({setting, since}) =>
		line(
			'warning',
			safe`This engine drops ${toSafeText(setting)}: it speaks API ${toSafeText(apiVersion)}, which is too old for it (${toSafeText(since)}).`,
		),
	);
}

function droppedOf(intent: Intent, services: ClusterState['services'], apiVersion: string): readonly Dropped[] {
	const before = 'serviceId' in intent ? services.get(intent.serviceId)?.raw.Spec : undefined;
	switch (intent.action) {
		case 'service.deploy':
			return before ? droppedOfChange(apiVersion, before, intent.spec) : droppedBy(apiVersion, intent.spec);
		case 'service.edit':
			return before ? droppedOfChange(apiVersion, before, withChanges(before, intent.changes)) : [];
		default:
			// The others set nothing that is newer than swarms are.
			return [];
	}
}

/** Where nothing must happen by habit: what asks, or warns, wants the object's name typed. */
function protectedConsent(consent: Plan['consent'], lines: readonly PlanLine[], word: SafeText): Plan['consent'] {
	const isDangerous = consent.kind === 'dialog' || lines.some(({tone}) => tone === 'warning' || tone === 'danger');
	return consent.kind !== 'typed' && isDangerous ? {kind: 'typed', word} : consent;
}

function draftOf(intent: Intent, state: ClusterState, options: PlanOptions): Draft {
	if ('serviceId' in intent) return serviceDraft(intent, state, options);
	return 'nodeId' in intent ? nodeDraft(intent, state, options) : planObject(intent, state);
}

type ServiceIntent = Extract<Intent, {readonly serviceId: string}>;
type NodeIntent = Extract<Intent, {readonly nodeId: string}>;

function serviceDraft(intent: ServiceIntent, state: ClusterState, {isPart = false}: PlanOptions): Draft {
	const name = serviceName(intent.serviceId, state);
	const service = state.services.get(intent.serviceId);
	if (intent.action === 'service.deploy' && !service && nameOfNew(intent.serviceId) !== undefined)
		return planCreation(intent.spec);
	if (!service) return {title: name, refusal: safe`The service ${name} is gone.`};
	switch (intent.action) {
		case 'service.scale':
			return scaleDraft(service, intent.replicas);
		case 'service.step':
			return scaleDraft(service, steppedReplicas(intent, state));
		case 'service.remove':
			return removeDraft(service, isPart);
		case 'service.restart':
			return restartDraft(service);
		case 'service.rollback':
			return rollbackDraft(service);
		case 'service.continue':
			return continueDraft(service);
		case 'service.image':
			return imageDraft(service, intent);
		case 'service.deploy':
			return planRedeployment(service, intent.spec);
		case 'service.edit':
			return planEdit(service, intent.changes, imageLines(intent));
		default:
			return intent satisfies never;
	}
}

function scaleDraft(service: ServiceEntity, replicas: number): Draft {
	const {id, name, mode} = service;
	const title = safe`Scale ${name} from ${service.replicas ?? 0} to ${replicas}`;
	if (mode === 'global' || mode === 'global-job') {
		const rule = safe`${name} is a global service: it runs once on every node that its constraints allow, so it can't be scaled.`;
		return {title: safe`Scale ${name}`, refusal: rule};
	}
	if (!Number.isSafeInteger(replicas) || replicas < 0) {
		return {title: safe`Scale ${name}`, refusal: toSafeText('A number of replicas is 0 or more.')};
	}
	const lines: PlanLine[] = [];
	if (replicas === 0) {
		lines.push(line('warning', safe`${name} will not run at all; its tasks are removed with their logs.`));
		lines.push(line('plain', safe`Resume brings its ${plural(service.replicas ?? 0, 'replica')} back.`));
	}
	if (mode === 'replicated-job') {
		// Nothing takes back a run of a job, so it isn't begun on a single key.
		lines.push(line('warning', safe`The job runs again from the start: every update does that.`));
		return {title, lines, consent: {kind: 'dialog'}};
	}
	const undo: Intent | undefined =
		service.replicas === undefined ? undefined : {action: 'service.scale', serviceId: id, replicas: service.replicas};
	return {title, lines, undo};
}

/** @param isPart what stays is then for the whole to say */
function removeDraft({name, counts, ports}: ServiceEntity, isPart: boolean): Draft {
	const running = counts?.running ?? 0;
	const published = ports
		.filter(({publishedPort}) => publishedPort > 0)
		.map(({publishedPort}) => toSafeText(`${publishedPort}`));
	return {
		title: safe`Remove service ${name}`,
		lines: [
			...(running > 0
				? [line('danger', safe`${plural(running, 'running task')} will stop, and their logs are lost.`)]
				: []),
			...(published.length > 0
				? [line('warning', safe`Nothing answers on port ${joinSafe(published, ', ')} any more.`)]
				: []),
			...(isPart ? [] : [line('plain', safe`Volumes, networks, secrets and configs stay.`)]),
			line('warning', safe`This can't be undone: the service's settings are gone with it.`),
		],
		consent: {kind: 'dialog'},
	};
}

function restartDraft(service: ServiceEntity): Draft {
	return {
		title: safe`Restart every task of ${service.name}`,
		lines: replacementLines(service),
		consent: {kind: 'dialog'},
	};
}

function rollbackDraft(service: ServiceEntity): Draft {
	const {name, hasPreviousSpec} = service;
	const title = safe`Roll ${name} back to its previous settings`;
	if (!hasPreviousSpec)
		return {
			title,
			refusal: safe`${name} has no previous settings: it was never updated, or was rolled back by itself.`,
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

function continueDraft(service: ServiceEntity): Draft {
	const {name, update} = service;
	const title = safe`Continue the update of ${name}`;
	if (update?.state !== 'paused' && update?.state !== 'rollback_paused')
		return {title, refusal: safe`${name} has no update that is paused.`};
	return {
		title,
		lines: [
			line('warning', safe`It was paused: ${update.message}`),
			line(
				'plain',
				safe`It starts over and also replaces tasks that are up to date: a paused update can only continue that way.`,
			),
			line('warning', safe`A rollback after that returns to these settings, not to the ones before.`),
			...replacementLines(service),
		],
		consent: {kind: 'dialog'},
	};
}

function nodeDraft(intent: NodeIntent, state: ClusterState, {contextName}: PlanOptions): Draft {
	const name = shownNodeName(intent.nodeId, state);
	const node = state.nodes.get(intent.nodeId);
	if (!node) return {title: name, refusal: safe`The node ${name} is gone.`};
	switch (intent.action) {
		case 'node.availability':
			return availabilityDraft(intent, node, name, state);
		case 'node.role':
			return intent.role === 'manager'
				? planPromotion(node, name, state)
				: planDemotion(node, name, state, clusterNameOf(state, contextName));
		case 'node.remove':
			return planNodeRemoval(intent, node, name, state);
		case 'node.labels':
			return labelsDraft(intent, node, name);
		default:
			return intent satisfies never;
	}
}

function availabilityDraft(
	{availability}: Extract<Intent, {action: 'node.availability'}>,
	node: NodeEntity,
	name: SafeText,
	state: ClusterState,
): Draft {
	const undo: Intent = {action: 'node.availability', nodeId: node.id, availability: node.availability};
	if (node.availability === availability) {
		return {title: safe`${name}`, refusal: safe`${name} is ${toSafeText(availability)} already.`};
	}
	switch (availability) {
		case 'drain':
			return {...planDrain(node, name, state), undo};
		case 'pause':
			return {
				title: safe`Pause node ${name}`,
				lines: [line('plain', safe`Its tasks stay; it takes no new ones.`)],
				undo,
			};
		case 'active':
			return {
				title: safe`Activate node ${name}`,
				lines: [line('plain', safe`It takes new tasks again; nothing moves back by itself, except global services.`)],
				undo,
			};
		default:
			return availability satisfies never;
	}
}

function labelsDraft({set, remove}: Extract<Intent, {action: 'node.labels'}>, node: NodeEntity, name: SafeText): Draft {
	const before = new Map(Object.entries(node.raw.Spec.Labels ?? {}));
	const added = Object.entries(set).map(([key, value]) =>
		line('plain', safe`+ ${toSafeText(key)}=${toSafeText(value)}`),
	);
	const removed = remove.map((key) => line('plain', safe`- ${toSafeText(key)}=${toSafeText(before.get(key) ?? '')}`));
	const touched = [...Object.keys(set), ...remove];
	const restore = Object.fromEntries(
		touched.filter((key) => before.has(key)).map((key) => [key, before.get(key) ?? '']),
	);
	return {
		title: safe`Change the labels of node ${name}`,
		lines: [...added, ...removed, line('warning', safe`Tasks whose constraints no longer hold are moved away.`)],
		consent: {kind: 'dialog'},
		undo: {action: 'node.labels', nodeId: node.id, set: restore, remove: touched.filter((key) => !before.has(key))},
	};
}
