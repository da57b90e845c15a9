/** Deploying a stack, as the batch of intents that it comes down to. Pure. */
import type {NetworkCreateRequest} from '../../engine/client.ts';
import {parseImage, taggedImage, withoutDigest} from '../../engine/registry-reference.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {joinSafe, type SafeText, toSafeText} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {Placement} from '../../wire/task.ts';
import {absentLines, loginLine, newerImageLine, unresolvedLine} from '../actions/messages.ts';
import {newId} from '../actions/new-object.ts';
import {operands} from '../docker-command/service-command.ts';
import {isSame} from '../edit/changes.ts';
import {appliedTo, isAsDescribed, isReplacing, type References, withIds} from '../edit/described-spec.ts';
import {droppedBy, droppedOfChange} from '../edit/newer-fields.ts';
import {stackLabel} from '../entities/service.ts';
import type {Batch, DeployOptions, DeployProblem, Intent, PlanLine} from '../intent.ts';
import type {ServiceEntity} from '../model.ts';
import type {StackFile, StoreContent} from '../stack-file.ts';
import {asKeptBy} from './engine-knowledge.ts';
import type {ResolvedImages} from './images.ts';
import {deployTitle, droppedLine, loginHint, newerUnknown, nothingToDeploy, notInFile, unchanged} from './messages.ts';
import {imageLabel, keptNetworks, obstaclesTo, type StoreKind, storesOf} from './stack-checks.ts';

/** What is known of the swarm and of registries before a stack is deployed. */
export type Knowledge = {
	readonly services: ReadonlyMap<string, ServiceEntity>;
	readonly references: References;
	/** By the image as the file has it; none for those that were not asked for. */
	readonly images: ResolvedImages;
	/** Images whose registry docker is logged in to. */
	readonly withLogin: ReadonlySet<string>;
	/** Secrets and configs that hold other than the file says: see `storeKey`. */
	readonly withOtherData: ReadonlySet<string>;
	/** What the engine speaks: it leaves out of a spec what is newer. */
	readonly apiVersion: string;
	readonly notes: readonly PlanLine[];
};

/**
 * What `docker stack deploy` does with a file, as far as it changes anything: first networks, secrets and configs that are
 * missing, then services that are missing or differ. An error says what of it can't be done.
 */
export function deployRequest(
	stack: StackFile,
	known: Knowledge,
	options: DeployOptions,
): Result<Batch, DeployProblem> {
	const {services, references, withOtherData} = known;
	const obstacles = obstaclesTo(stack, references, services.values(), withOtherData);
	if (obstacles.length > 0) return failed({kind: 'obstacle', message: joinSafe(obstacles, ' ')});
	const own = ownServices(stack, services);
	const pruned = options.isPruning ? left(stack, own) : [];
	const first: Intent[] = [
		...pruned.map(({id}): Intent => ({action: 'service.remove', serviceId: id})),
		...newNetworks(stack, references),
		...stores('secret', stack, references),
		...stores('config', stack, references),
	];
	const changes = stack.services.flatMap((spec) => changeOf(spec, own.get(spec.Name), known, options) ?? []);
	const count = first.length + changes.length;
	const name = toSafeText(stack.name);
	if (count === 0) return failed({kind: 'nothing', message: nothing(stack, known)});
	return ok({
		action: 'batch',
		title: deployTitle(name, count),
		verb: 'Deploy',
		stages: [first, changes.map(({intent}) => intent)].filter((stage) => stage.length > 0),
		command: deployCommand(stack, changes, options),
		notes: deployNotes(stack, changes, own, known, options),
	});
}

/** A service that is made or changed, and what that is about. */
type ServiceChange = {
	readonly intent: Extract<Intent, {readonly action: 'service.deploy'}>;
	/** As the file has it. */
	readonly written: ServiceSpec;
	readonly image: string;
	readonly present: ServiceEntity | undefined;
	/** What it will run. */
	readonly runs: string;
};

function nothing({name, files}: StackFile, {images}: Knowledge): SafeText {
	const message = nothingToDeploy(toSafeText(name), joinSafe(files.map(toSafeText), ', '));
	const unknown = [...images.values()].find(({problem}) => problem !== undefined)?.problem;
	return unknown === undefined ? message : newerUnknown(message, unknown);
}

function deployCommand(
	{files, name}: StackFile,
	changes: readonly ServiceChange[],
	{resolveImage, isPruning}: DeployOptions,
): SafeText {
	const keepsDigest = changes.some(
		({intent: {spec}, present, runs}) =>
			present && runs.includes('@') && !(spec.TaskTemplate.ContainerSpec?.Image ?? '').includes('@'),
	);
	const mode = keepsDigest && resolveImage === 'always' ? 'changed' : resolveImage;
	return shellLine([
		...['docker', 'stack', 'deploy'],
		...files.flatMap((file) => ['-c', file]),
		...(mode === 'always' ? [] : ['--resolve-image', mode]),
		...(changes.some(({intent}) => intent.sendsLogin) ? ['--with-registry-auth'] : []),
		...(isPruning ? ['--prune'] : []),
		...operands(name),
	]);
}

/** docker knows them by their label. */
function ownServices({name}: StackFile, services: Knowledge['services']): ReadonlyMap<string, ServiceEntity> {
	const own = [...services.values()].filter(({raw}) => raw.Spec.Labels?.[stackLabel] === name);
	return new Map(own.map((service) => [service.raw.Spec.Name, service]));
}

function left(stack: StackFile, own: ReadonlyMap<string, ServiceEntity>): ServiceEntity[] {
	const names = new Set(stack.services.map(({Name}) => Name));
	return [...own.values()].filter(({raw}) => !names.has(raw.Spec.Name));
}

function newNetworks(stack: StackFile, {networks}: References): Intent[] {
	const known = new Set(networks.filter(({Labels}) => Labels?.[stackLabel] === stack.name).map(({Name}) => Name));
	return stack.networks
		.filter(({name, isExternal}) => !isExternal && !known.has(name))
		.map((network): Intent => {
			const request: NetworkCreateRequest = {
				Name: network.name,
				Driver: network.driver || 'overlay',
				Scope: 'swarm',
				Internal: network.isInternal,
				Attachable: network.isAttachable,
				Options: network.options,
				Labels: network.labels,
				IPAM: {
					...(network.ipam.driver === undefined ? {} : {Driver: network.ipam.driver}),
					...(network.ipam.subnets.length > 0 && {Config: [...network.ipam.subnets]}),
				},
			};
			return {action: 'object.create', objectId: newId(network.name), kind: 'network', request};
		});
}

/** What is there keeps what it holds; its labels become those of the file. */
function stores(kind: StoreKind, stack: StackFile, references: References): Intent[] {
	const present = new Map(
		(kind === 'secret' ? references.secrets : references.configs).map((store) => [store.Spec.Name, store]),
	);
	return storesOf(kind, stack).flatMap(
		({name, isExternal, labels, data, driver, templating}: StoreContent): Intent[] => {
			const known = present.get(name);
			if (isExternal || (known && isSame(known.Spec.Labels ?? {}, labels))) return [];
			if (known) return [{action: 'object.labels', objectId: known.ID, kind, name, labels}];
			const plugins = {...(driver && {Driver: driver}), ...(templating && {Templating: templating})};
			const spec = {Name: name, Labels: labels, Data: data, ...plugins};
			return [{action: 'object.create', objectId: newId(name), kind, spec}];
		},
	);
}

function changeOf(
	spec: ServiceSpec,
	present: ServiceEntity | undefined,
	known: Knowledge,
	options: DeployOptions,
): ServiceChange | undefined {
	const image = imageOf(spec);
	const imaged = withImageOf(spec, present?.raw.Spec, known.images, options);
	const wanted = asKeptBy(known.apiVersion, withIds(withCount(imaged), known.references));
	if (present && isAsDescribed(present.raw.Spec, wanted)) return undefined;
	// A login is part of what tasks are made from: sent with less, it would replace them by itself.
	const isDue = !present || isReplacing(present.raw.Spec, wanted);
	const sendsLogin = options.sendsLogin && isDue && known.withLogin.has(image);
	return {
		intent: {
			action: 'service.deploy',
			serviceId: present?.id ?? newId(spec.Name),
			spec: wanted,
			...(sendsLogin && {sendsLogin}),
		},
		written: spec,
		image,
		present,
		runs: imageOf(present ? appliedTo(present.raw.Spec, wanted) : wanted),
	};
}

/** The engine runs one where a file doesn't say how many. */
const withCount = (spec: ServiceSpec): ServiceSpec =>
	spec.Mode.Replicated ? {...spec, Mode: {Replicated: {Replicas: spec.Mode.Replicated.Replicas ?? 1}}} : spec;

const imageOf = ({TaskTemplate}: ServiceSpec): string => TaskTemplate.ContainerSpec?.Image ?? '';

/** With the digest that the registry has; where it was not to be asked, with what a former deployment found. */
function withImageOf(
	spec: ServiceSpec,
	present: ServiceSpec | undefined,
	images: ResolvedImages,
	{resolveImage}: DeployOptions,
): ServiceSpec {
	const written = imageOf(spec);
	const resolved = images.get(written);
	if (resolved && resolved.problem === undefined) return imaged(spec, resolved.image, resolved.platforms);
	const isFormer = resolveImage !== 'always' && present?.Labels?.[imageLabel] === spec.Labels?.[imageLabel];
	if (present && isFormer) return imaged(spec, imageOf(present), present.TaskTemplate.Placement?.Platforms);
	return imaged(spec, taggedImage(written), undefined);
}

function imaged(spec: ServiceSpec, image: string, platforms: Placement['Platforms'] | undefined): ServiceSpec {
	const {ContainerSpec: container, Placement: placement, ...template} = spec.TaskTemplate;
	return {
		...spec,
		TaskTemplate: {
			...template,
			ContainerSpec: {...container, Image: image},
			...((placement || platforms) && {Placement: {...placement, ...(platforms && {Platforms: platforms})}}),
		},
	};
}

function deployNotes(
	stack: StackFile,
	changes: readonly ServiceChange[],
	own: ReadonlyMap<string, ServiceEntity>,
	known: Knowledge,
	{isPruning, sendsLogin}: DeployOptions,
): PlanLine[] {
	const same = stack.services.length - changes.length;
	const forgotten = isPruning ? [] : left(stack, own);
	return [
		...[...stack.warnings, ...stack.notes].map((warning) => ({tone: 'warning', text: toSafeText(warning)}) as const),
		...known.notes,
		...imageLines(changes, known),
		...loginLines(changes, known, sendsLogin),
		...droppedLines(changes, known.apiVersion),
		...keptNetworks(stack, known.references),
		...(same > 0 ? [unchanged(same)] : []),
		...(forgotten.length > 0 ? [notInFile(forgotten.map((service) => service.name))] : []),
	];
}

/** docker sends it, and the engine says nothing. What doesn't change in the service is no news. */
function droppedLines(changes: readonly ServiceChange[], apiVersion: string): PlanLine[] {
	const dropped = changes.flatMap(({written, present}) =>
		present ? droppedOfChange(apiVersion, present.raw.Spec, written) : droppedBy(apiVersion, written),
	);
	return [...new Map(dropped.map((each) => [each.setting, each])).values()].map((each) =>
		droppedLine(each, apiVersion),
	);
}

function imageLines(changes: readonly ServiceChange[], {images}: Knowledge): PlanLine[] {
	const unresolved = new Map(changes.map((change) => [change.image, change]));
	return [
		...[...unresolved].flatMap(([image, {present, runs}]) => {
			const problem = images.get(image)?.problem;
			const kept = present ? runs : undefined;
			if (problem === undefined) return [];
			const name = taggedImage(image);
			return [...absentLines(name, problem), unresolvedLine(name, problem, kept)];
		}),
		...changes.flatMap(({present, runs}) => {
			const before = present && imageOf(present.raw.Spec);
			const isNewer = before !== undefined && before !== runs && withoutDigest(before) === withoutDigest(runs);
			return present && isNewer ? [newerImageLine(present.name, runs)] : [];
		}),
	];
}

function loginLines(changes: readonly ServiceChange[], {images, withLogin}: Knowledge, isSending: boolean): PlanLine[] {
	const domains = (some: readonly ServiceChange[]): string[] => [
		...new Set(some.flatMap(({image}) => parseImage(image)?.domain ?? [])),
	];
	const sent = domains(changes.filter(({intent}) => intent.sendsLogin));
	const withheld = domains(
		changes.filter(({image}) => !isSending && withLogin.has(image) && images.get(image)?.problem !== undefined),
	);
	return [...(sent.length > 0 ? [loginLine(sent)] : []), ...(withheld.length > 0 ? [loginHint(withheld)] : [])];
}
