/** What is said of stacks and of the images of services: each sentence once. */
import type {EngineError} from '../../engine/error.ts';
import {isRefused, registryOf, registryTrouble} from '../../engine/registry-errors.ts';
import {withoutDigest} from '../../engine/registry-reference.ts';
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {line, type PlanLine} from '../plan-line.ts';

const plain = (text: SafeText): PlanLine => line('plain', text);
const warning = (text: SafeText): PlanLine => line('warning', text);

/** Why a registry did not tell an image's digest, and what to do about it. */
export function registryProblem(
	image: string,
	{kind, message, nextStep, engineMessage}: Pick<EngineError, 'kind' | 'message' | 'nextStep' | 'engineMessage'>,
	{hasLogin, loginProblem}: {readonly hasLogin: boolean; readonly loginProblem: SafeText | undefined},
): SafeText {
	// It never came to the registry: a proxy before the engine lets no such question through.
	if (kind === 'forbidden') return safe`${message} ${nextStep}`;
	const domain = registryOf(image);
	const words = engineMessage ?? message;
	const known = registryTrouble(image, words);
	if (known !== undefined) return known;
	const login = domain === 'docker.io' ? safe`docker login` : safe`docker login ${domain}`;
	if (!isRefused(words)) return toSafeText(words.trim().replace(/\s+/g, ' '));
	if (loginProblem !== undefined) return safe`${domain} wants a login. ${loginProblem}`;
	if (hasLogin)
		return safe`${domain} refuses the login that docker has kept for it, or it has no such image: ${login} renews it.`;
	return safe`${domain} wants a login, or it has no such image: ${login}.`;
}

export const alreadyNewest = (service: SafeText, image: string): SafeText =>
	safe`${service} runs ${toSafeText(withoutDigest(image))} already, and it is the newest: the registry has the same digest.`;

export const maybeNewest = (service: SafeText, image: string, problem: SafeText): SafeText =>
	safe`${service} has ${toSafeText(withoutDigest(image))} already; could not check for a newer one: ${problem}`;

export const loginHint = (domains: readonly string[]): PlanLine =>
	warning(
		safe`docker is logged in to ${joinSafe(domains.map(toSafeText), ', ')}; --with-registry-auth hands that login to the nodes.`,
	);

export const nothingToDeploy = (stack: SafeText, files: SafeText): SafeText =>
	safe`${stack} is as ${files} ${files.includes(', ') ? safe`describe` : safe`describes`} it: there is nothing to deploy.`;

export const networkNotThere = (name: string): SafeText =>
	safe`The network ${toSafeText(name)} is declared as external, but could not be found. Create it with: docker network create -d overlay ${toSafeText(name)}`;

export const networkNotSwarm = (name: string, scope: string): SafeText =>
	safe`The network ${toSafeText(name)} is declared as external, but it is not in the right scope: ${toSafeText(scope)} instead of swarm.`;

export const storeNotThere = (kind: 'secret' | 'config', name: string): SafeText =>
	safe`The ${toSafeText(kind)} ${toSafeText(name)} is declared as external, but could not be found. Create it with: docker ${toSafeText(kind)} create ${toSafeText(name)} FILE`;

/** What a secret or config holds is fixed; the way out is a new one beside it. */
export const otherData = (kind: 'secret' | 'config', name: string): SafeText =>
	safe`The ${toSafeText(kind)} ${toSafeText(name)} already exists with different content, and a ${toSafeText(kind)} can't be changed. Rotate it: give it a new name in the file (name: ${toSafeText(nextName(name))}) and deploy again; the services move to the new one, and ${toSafeText(name)} can be removed afterwards.`;

/** `pw` → `pw_v2`, `pw_v2` → `pw_v3`. */
function nextName(name: string): string {
	const version = /^(.*_v)(\d+)$/.exec(name);
	return version ? `${version[1]}${Number(version[2]) + 1}` : `${name}_v2`;
}

export const dataNotKnown = (kind: 'secret' | 'config', name: string, problem: SafeText): PlanLine =>
	warning(safe`Could not check whether the ${toSafeText(kind)} ${toSafeText(name)} matches the file: ${problem}`);

/** docker finds a stack's own objects by their label; what only has the name is in its way. */
export const belongsToOthers = (kind: string, name: string, stack: string): SafeText =>
	safe`A ${toSafeText(kind)} ${toSafeText(name)} already exists and does not belong to stack ${toSafeText(stack)}. Rename one of them, or remove it first.`;

export const droppedLine = ({setting, since}: {setting: string; since: string}, apiVersion: string): PlanLine =>
	warning(
		safe`The engine leaves out ${toSafeText(setting)}: that needs API ${toSafeText(since)}, and it speaks ${toSafeText(apiVersion)}.`,
	);

export const networkKept = (name: string, settings: readonly string[]): PlanLine =>
	warning(
		safe`Network ${toSafeText(name)} keeps its ${joinSafe(settings.map(toSafeText), ', ')}: the file says otherwise, but a network can't be changed.`,
	);

export const deployTitle = (stack: SafeText, changes: number): SafeText =>
	safe`Deploy stack ${stack}: ${plural(changes, 'change')}`;

export const newerUnknown = (message: SafeText, problem: SafeText): SafeText =>
	safe`${message} Could not check for newer images: ${problem}`;

export const unchanged = (services: number): PlanLine =>
	plain(safe`${plural(services, 'service of the file stays as it is', 'services of the file stay as they are')}.`);

export const notInFile = (services: readonly SafeText[]): PlanLine =>
	warning(safe`Not in the file, and left running: ${joinSafe(services, ', ')}.`);

export const removalTitle = (stack: SafeText): SafeText => safe`Remove stack ${stack}`;

/** What can't be listed can't be removed with the rest. */
export const leftBehind = (kinds: readonly string[], why: SafeText): PlanLine =>
	warning(safe`Its ${joinSafe(kinds.map(toSafeText), ', ')} are not removed, if it has any. ${why}`);

// ---- a stack as a file

export const exportOutside = (service: SafeText, stack: SafeText): SafeText =>
	safe`${service} is left out: docker finds the services of ${stack} by names that begin with ${stack}_.`;

export const exportNotRead = (why: string): SafeText =>
	safe`docker would not take this file, since no file can say what runs: ${toSafeText(why)}`;

export const exportOtherwise = (service: string, settings: readonly string[]): SafeText =>
	safe`A stack file has no word for all of ${toSafeText(service)}: deploying this one would change ${joinSafe(settings.map(toSafeText), ', ')}.`;
