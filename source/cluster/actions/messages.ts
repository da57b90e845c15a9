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
