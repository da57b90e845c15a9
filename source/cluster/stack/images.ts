/** What registries say of images: asked through the engine, which reaches them as the nodes do. */
import type {SwarmClient} from '../../engine/client.ts';
import type {RegistryLogins} from '../../engine/registry-logins.ts';
import {pinnedImage, taggedImage} from '../../engine/registry-reference.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {DistributionInspect} from '../../wire/distribution.ts';
import type {Placement} from '../../wire/task.ts';
import {registryProblem} from './messages.ts';

export type ResolvedImage = {
	/** With its tag, and with its digest where that is known. */
	readonly image: string;
	/** Which nodes can run it, as the registry says; undefined where it says nothing. */
	readonly platforms: Placement['Platforms'] | undefined;
	/** Why its digest is not known. */
	readonly problem: SafeText | undefined;
	/** Whether the login for its registry was sent with the question. */
	readonly hasLogin: boolean;
};

export type ResolvedImages = ReadonlyMap<string, ResolvedImage>;

type Asking = {
	readonly client: Pick<SwarmClient, 'distribution'>;
	readonly logins: RegistryLogins;
	/** docker asks as nobody unless it is told to send the login. */
	readonly sendsLogin: boolean;
};

/** So many are asked for at the same time. */
const atOnce = 4;
/** A registry that doesn't answer must not keep a deployment waiting for ever. */
const patienceMs = 20_000;

/** Asks for each of them once; none fails. */
export async function resolveImages(images: Iterable<string>, asking: Asking): Promise<ResolvedImages> {
	const waiting = [...new Set(images)];
	const found = new Map<string, ResolvedImage>();
	const work = async (): Promise<void> => {
		for (let image = waiting.shift(); image !== undefined; image = waiting.shift())
			found.set(image, await resolveImage(image, asking));
	};
	await Promise.all(Array.from({length: atOnce}, work));
	return found;
}

/** One image as docker resolves it (moby client/service_create.go). */
export async function resolveImage(text: string, {client, logins, sendsLogin}: Asking): Promise<ResolvedImage> {
	const image = taggedImage(text);
	const {header, problem} = sendsLogin ? await logins.of(image) : {};
	const answer = await client.distribution(image, {
		timeoutMs: patienceMs,
		...(header !== undefined && {registryAuth: header}),
	});
	const hasLogin = header !== undefined;
	if (!answer.ok) {
		const cause = registryProblem(image, answer.error, {hasLogin, loginProblem: problem});
		return {image, platforms: undefined, problem: cause, hasLogin};
	}
	const {Descriptor, Platforms} = answer.value;
	return {
		image: pinnedImage(image, Descriptor.digest),
		platforms: platformsOf(Platforms),
		problem: undefined,
		hasLogin,
	};
}

/** Manifests say `arm`, nodes `armv7l`: docker leaves the architecture of those out, or nothing would be placed. */
function platformsOf(platforms: DistributionInspect['Platforms']): Placement['Platforms'] | undefined {
	if (!platforms || platforms.length === 0) return undefined;
	return platforms.map(({architecture, os}) => ({
		...(architecture && architecture.toLowerCase() !== 'arm' && {Architecture: architecture}),
		...(os && {OS: os}),
	}));
}
