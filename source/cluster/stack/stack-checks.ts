/** What stands in the way of deploying a stack, found before anything is done. Pure. */
import type {StackNetwork} from '../../compose/stack.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Network} from '../../wire/network.ts';
import {isPredefined} from '../actions/references.ts';
import type {References} from '../edit/described-spec.ts';
import {stackLabel} from '../entities/service.ts';
import type {PlanLine} from '../intent.ts';
import type {ServiceEntity} from '../model.ts';
import type {StackFile, StoreContent} from '../stack-file.ts';
import {belongsToOthers, networkKept, networkNotSwarm, networkNotThere, otherData, storeNotThere} from './messages.ts';

/** The image as the file names it, whatever the service came to run. */
export const imageLabel = 'com.docker.stack.image';

export type StoreKind = 'secret' | 'config';

/** The sentences that say what of it can't be done, as docker would come to say one by one. */
export function obstaclesTo(
	stack: StackFile,
	references: References,
	services: Iterable<ServiceEntity>,
	withOtherData: ReadonlySet<string>,
): SafeText[] {
	return [
		...stack.networks.flatMap((network) => networkObstacle(network, stack.name, references.networks)),
		...storeObstacles('secret', stack, references, withOtherData),
		...storeObstacles('config', stack, references, withOtherData),
		...serviceObstacles(stack, services),
	];
}

function networkObstacle({name, isExternal}: StackNetwork, stack: string, networks: readonly Network[]): SafeText[] {
	if (isExternal) {
		if (isPredefined(name)) return [];
		const called = networks.filter(({Name, Id}) => Name === name || Id === name);
		const [found] = called;
		if (!found) return [networkNotThere(name)];
		return called.some(({Scope}) => Scope === 'swarm') ? [] : [networkNotSwarm(name, found.Scope)];
	}
	const isTaken = networks.some(
		({Name, Scope, Labels}) => Name === name && Scope === 'swarm' && Labels?.[stackLabel] !== stack,
	);
	return isTaken ? [belongsToOthers('network', name, stack)] : [];
}

/** docker looks for the external ones that a service uses; the rest may be missing. */
function storeObstacles(
	kind: StoreKind,
	stack: StackFile,
	references: References,
	withOtherData: ReadonlySet<string>,
): SafeText[] {
	const used = usedNames(kind, stack);
	const known = new Set((kind === 'secret' ? references.secrets : references.configs).map(({Spec}) => Spec.Name));
	return storesOf(kind, stack).flatMap(({name, isExternal}) => {
		if (isExternal) return used.has(name) && !known.has(name) ? [storeNotThere(kind, name)] : [];
		return withOtherData.has(storeKey(kind, name)) ? [otherData(kind, name)] : [];
	});
}

function serviceObstacles(stack: StackFile, services: Iterable<ServiceEntity>): SafeText[] {
	const wanted = new Set(stack.services.map(({Name}) => Name));
	return [...services].flatMap(({raw: {Spec}}) =>
		wanted.has(Spec.Name) && Spec.Labels?.[stackLabel] !== stack.name
			? [belongsToOthers('service', Spec.Name, stack.name)]
			: [],
	);
}

/** Tells a secret from a config of the same name. */
export const storeKey = (kind: StoreKind, name: string): string => `${kind} ${name}`;

export const storesOf = (kind: StoreKind, stack: StackFile): readonly StoreContent[] =>
	kind === 'secret' ? stack.secrets : stack.configs;

function usedNames(kind: StoreKind, {services}: StackFile): ReadonlySet<string> {
	return new Set(
		services.flatMap(({TaskTemplate: {ContainerSpec: container}}) =>
			kind === 'secret'
				? (container?.Secrets ?? []).map(({SecretName}) => SecretName)
				: (container?.Configs ?? []).map(({ConfigName}) => ConfigName),
		),
	);
}

/** docker leaves networks that are there alone, and doesn't say so where the file has come to say otherwise. */
export function keptNetworks(stack: StackFile, {networks}: References): PlanLine[] {
	return stack.networks.flatMap((wanted) => {
		const present = wanted.isExternal ? undefined : networks.find(({Name}) => Name === wanted.name);
		const settings = present ? otherSettings(present, wanted) : [];
		return settings.length > 0 ? [networkKept(wanted.name, settings)] : [];
	});
}

function otherSettings({Driver, Internal, Attachable, Options, Labels}: Network, wanted: StackNetwork): string[] {
	return [
		...(Driver === (wanted.driver || 'overlay') ? [] : ['driver']),
		...(Internal === wanted.isInternal ? [] : ['internal']),
		...(Attachable === wanted.isAttachable ? [] : ['attachable']),
		...(isWithin(wanted.options, Options) ? [] : ['options']),
		...(isWithin(wanted.labels, Labels) ? [] : ['labels']),
	];
}

/** The engine adds entries of its own. */
const isWithin = (
	wanted: Readonly<Record<string, string>>,
	present: Readonly<Record<string, string>> | null | undefined,
): boolean => Object.entries(wanted).every(([key, value]) => present?.[key] === value);
