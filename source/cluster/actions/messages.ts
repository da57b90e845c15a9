/** What is said of actions: each sentence once. */
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {line, type PlanLine} from '../plan-line.ts';

/** docker's own warning, and what comes of it here. */
export function unresolvedLine(image: string, problem: SafeText, kept: string | undefined): PlanLine {
	const head = safe`Image ${toSafeText(image)} could not be accessed on a registry to record its digest: ${ended(problem)}`;
	return kept?.includes('@')
		? line('warning', safe`${head} The digest that it runs with now is kept.`)
		: line(
				'warning',
				safe`${head} Each node will access it independently, possibly leading to different nodes running different versions.`,
			);
}

const ended = (text: SafeText): SafeText => (/[.!?]$/.test(text) ? text : safe`${text}.`);

/** The name of an image is the same, what the registry has under it is not. */
export const newerImageLine = (service: SafeText, image: string): PlanLine =>
	line('plain', safe`${service}: same tag, newer image: ${toSafeText(image)}`);

export const loginLine = (domains: readonly string[]): PlanLine =>
	line(
		'plain',
		safe`Your ${plural(domains.length, 'login').replace(/^1 /, '') as SafeText} for ${joinSafe(domains.map(toSafeText), ', ')} ${domains.length === 1 ? safe`is` : safe`are`} handed to the swarm, so that nodes can pull (--with-registry-auth).`,
	);

/** `secret pw`, and the services that use it. */
export const inUse = (object: SafeText, users: readonly SafeText[]): SafeText =>
	safe`The ${object} is in use by ${joinSafe(users, ', ')}: remove it from ${users.length === 1 ? safe`that service` : safe`those services`} first.`;

export const usersUnknown = line('warning', safe`The services are not known yet: one of them may use it.`);

export const notReadableAgain = line(
	'warning',
	safe`This can't be undone: nobody can read what a secret holds. Keep a copy elsewhere.`,
);

export const removedForGood = line('warning', safe`This can't be undone.`);

export const canBeMadeAgain = (kind: 'network' | 'config'): PlanLine =>
	line(
		'plain',
		kind === 'config'
			? safe`Undo creates it again with the same content.`
			: safe`Undo creates it again with the same settings.`,
	);

export const noLongerRouted = line(
	'danger',
	safe`This is the swarm's routing mesh: without it no service can publish a port in ingress mode.`,
);

export const dataDeleted = line('danger', safe`All data in it are deleted. This can't be undone.`);

/** Services that mount a volume of that name and have no task here now. */
export const startsEmpty = (services: readonly SafeText[]): PlanLine =>
	line('warning', safe`A task of ${joinSafe(services, ', ')} that starts on this node later gets a new, empty volume.`);
