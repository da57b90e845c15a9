/** What has to be asked before a plan can be made: registries about images, the engine about what a stack refers to. */
import type {Answer, SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {RegistryLogins} from '../../engine/registry-logins.ts';
import {taggedImage, withoutDigest} from '../../engine/registry-reference.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';
import type {Network} from '../../wire/network.ts';
import type {Config, Secret} from '../../wire/store.ts';
import type {Machines} from '../actions/action.ts';
import {newId} from '../actions/new-object.ts';
import {predefinedNetworks} from '../actions/references.ts';
import {type Change, editedImage, imagePath} from '../edit/changes.ts';
import type {References} from '../edit/described-spec.ts';
import type {DeployOptions, PlanLine, Preparations} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import type {StackFile} from '../stack-file.ts';
import {resolveImage, resolveImages} from './images.ts';
import {alreadyNewest, dataNotKnown, maybeNewest} from './messages.ts';
import {imageLabel, type StoreKind, storeKey, storesOf} from './stack-checks.ts';
import {deployRequest} from './stack-requests.ts';
import {swarmQuestions} from './swarm-questions.ts';

type PreparationsOptions = {
	readonly client: SwarmClient;
	readonly logins: RegistryLogins;
	readonly state: () => ClusterState;
	readonly machines?: Machines | undefined;
};

/** On the screen: what docker does by default, with the login that nodes would need. */
const usual: DeployOptions = {resolveImage: 'always', sendsLogin: true, isPruning: false};

export function createPreparations({client, logins, state, machines}: PreparationsOptions): Preparations {
	return {
		swarm: swarmQuestions({client, state, machines}),
		async deployment(stack, given) {
			const options = {...usual, ...given};
			const references = await referencesFor(stack, client);
			if (!references.ok) return failed({kind: 'engine', message: sentences(references.error)});
			const {services} = state();
			const [images, withLogin, data] = await Promise.all([
				resolveImages(imagesToAsk(stack, services, options), {client, logins, sendsLogin: options.sendsLogin}),
				imagesWithLogin(stack, logins),
				compareData(stack, references.value, client),
			]);
			// It has answered, so its version is known.
			const known = {services, references: references.value, images, withLogin, ...data};
			return deployRequest(stack, {...known, apiVersion: client.apiVersion ?? newestApi}, options);
		},
		async image(service, image) {
			const resolved = await resolveImage(image, {client, logins, sendsLogin: true});
			const before = service.raw.Spec.TaskTemplate.ContainerSpec?.Image ?? '';
			const isSameTag = withoutDigest(before) === withoutDigest(taggedImage(image));
			const {problem, platforms, hasLogin} = resolved;
			if (problem === undefined && resolved.image === before) return failed(alreadyNewest(service.name, before));
			if (problem !== undefined && (before === resolved.image || (isSameTag && !resolved.image.includes('@'))))
				return failed(maybeNewest(service.name, before, problem));
			return ok({
				action: 'service.image',
				serviceId: service.id,
				image: resolved.image,
				...(platforms && {platforms}),
				...(hasLogin && {sendsLogin: true}),
				...(problem !== undefined && {problem}),
			});
		},
		async creation(spec) {
			const {ContainerSpec: container, Placement: placement, ...template} = spec.TaskTemplate;
			const wanted = container?.Image ?? '';
			const {image, platforms, problem, hasLogin} = await resolveImage(wanted, {client, logins, sendsLogin: true});
			return {
				action: 'service.deploy',
				serviceId: newId(spec.Name),
				asked: wanted,
				spec: {
					...spec,
					TaskTemplate: {
						...template,
						ContainerSpec: {...container, Image: image},
						...((placement || platforms) && {Placement: {...placement, ...(platforms && {Platforms: platforms})}}),
					},
				},
				...(hasLogin && {sendsLogin: true}),
				...(problem !== undefined && {problem}),
			};
		},
		async edit(intent) {
			const wanted = editedImage(intent.changes);
			if (wanted === undefined || wanted.includes('@')) return intent;
			const {image, platforms, problem, hasLogin} = await resolveImage(wanted, {client, logins, sendsLogin: true});
			const before = state().services.get(intent.serviceId)?.raw.Spec.TaskTemplate.Placement?.Platforms;
			const isImage = ({path}: Change): boolean => path.join('.') === imagePath.join('.');
			const others = intent.changes.filter((each) => !isImage(each));
			const isPlaced = others.some(({path}) => path.join('.').startsWith(platformsPath.slice(0, 2).join('.')));
			return {
				...intent,
				changes: [
					...others,
					...intent.changes.filter(isImage).map((change) => ({...change, to: image})),
					...(platforms && !isPlaced ? [{path: platformsPath, from: before, to: platforms}] : []),
				],
				...(hasLogin && {sendsLogin: true}),
				...(problem !== undefined && {problem}),
			};
		},
	};
}

/** Which nodes can run the image: docker writes it whenever it has asked the registry. */
const platformsPath = ['TaskTemplate', 'Placement', 'Platforms'];

/** An engine of which nothing is known drops nothing. */
const newestApi = '99.0';

const sentences = ({message, nextStep}: EngineError): SafeText =>
	nextStep === '' ? message : safe`${message} ${nextStep}`;

const imagesOf = ({services}: StackFile): string[] =>
	services.map(({TaskTemplate}) => TaskTemplate.ContainerSpec?.Image ?? '').filter((image) => image !== '');

function imagesToAsk(stack: StackFile, services: ClusterState['services'], {resolveImage}: DeployOptions): string[] {
	if (resolveImage === 'never') return [];
	if (resolveImage === 'always') return imagesOf(stack);
	const former = new Map([...services.values()].map(({raw: {Spec}}) => [Spec.Name, Spec.Labels?.[imageLabel]]));
	const isFormer = ({Name, Labels}: StackFile['services'][number]): boolean =>
		former.get(Name) !== undefined && former.get(Name) === Labels?.[imageLabel];
	return imagesOf({...stack, services: stack.services.filter((spec) => !isFormer(spec))});
}

async function imagesWithLogin(stack: StackFile, logins: RegistryLogins): Promise<ReadonlySet<string>> {
	const images = [...new Set(imagesOf(stack))];
	const found = await Promise.all(images.map(async (image) => ((await logins.of(image)).header ? [image] : [])));
	return new Set(found.flat());
}

/** Only what the stack refers to: an engine whose secrets are forbidden can still be given a stack without any. */
async function referencesFor(
	{networks, secrets, configs, services}: StackFile,
	client: SwarmClient,
): Promise<Result<References, EngineError>> {
	const targets = services.flatMap(({TaskTemplate}) => (TaskTemplate.Networks ?? []).map(({Target = ''}) => Target));
	const containers = services.map(({TaskTemplate}) => TaskTemplate.ContainerSpec);
	const usesSecrets = secrets.length > 0 || containers.some((container) => container?.Secrets?.length);
	const usesConfigs = configs.length > 0 || containers.some((container) => container?.Configs?.length);
	const usesNetworks = networks.length > 0 || targets.length > 0;
	const [listed, known, held, special] = await Promise.all([
		usesNetworks ? client.networks() : none<Network>(),
		usesSecrets ? client.secrets() : none<Secret>(),
		usesConfigs ? client.configs() : none<Config>(),
		predefinedNetworks(targets, client),
	]);
	if (!listed.ok) return listed;
	if (!known.ok) return known;
	if (!held.ok) return held;
	return ok({networks: [...special, ...listed.value], secrets: known.value, configs: held.value});
}

const none = async <T>(): Answer<T[]> => ok([]);

type Compared = {readonly withOtherData: ReadonlySet<string>; readonly notes: readonly PlanLine[]};

/**
 * Which secrets and configs hold other than their file. A secret is never told, but an update of its labels is refused when
 * it comes with other data, before its version is looked at: asked with a version that it can't have, the engine tells the
 * one from the other and changes nothing in either case (seen with 20.10 and 28.5).
 */
async function compareData(stack: StackFile, references: References, client: SwarmClient): Promise<Compared> {
	const other = new Set<string>();
	const notes: PlanLine[] = [];
	for (const {name, data} of present('config', stack, references.configs)) {
		const known = references.configs.find(({Spec}) => Spec.Name === name)?.Spec.Data;
		if (known !== undefined && known !== data) other.add(storeKey('config', name));
	}
	const secrets = present('secret', stack, references.secrets).filter(({data}) => data !== '');
	await Promise.all(
		secrets.map(async ({name, labels, data}) => {
			const id = references.secrets.find(({Spec}) => Spec.Name === name)?.ID ?? '';
			const answer = await client.updateSecret(id, 0, {Name: name, Labels: labels, Data: data});
			const words = answer.ok ? '' : (answer.error.engineMessage ?? answer.error.message);
			if (/only updates to Labels/i.test(words)) other.add(storeKey('secret', name));
			else if (!answer.ok && answer.error.kind !== 'version-conflict')
				notes.push(dataNotKnown('secret', name, sentences(answer.error)));
		}),
	);
	return {withOtherData: other, notes};
}

function present(kind: StoreKind, stack: StackFile, known: readonly (Secret | Config)[]): StackFile['secrets'] {
	const names = new Set(known.map(({Spec}) => Spec.Name));
	return storesOf(kind, stack).filter(({name, isExternal}) => !isExternal && names.has(name));
}
