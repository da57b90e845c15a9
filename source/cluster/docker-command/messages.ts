/** What is said beside a docker command: what it leaves out, or why there is none. */
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';

const listed = (paths: readonly string[]): SafeText =>
	joinSafe(
		paths.map((path) => toSafeText(path)),
		', ',
	);

/** @param paths of the spec: `TaskTemplate.ContainerSpec.User` */
export const leavesOut = (command: string, paths: readonly string[]): SafeText =>
	safe`The command leaves out ${listed(paths)}: ${toSafeText(command)} can't set that.`;

export const nothingDoes = (paths: readonly string[]): SafeText =>
	safe`No docker command does this: docker service update can't set ${listed(paths)}.`;

export const cantSet = (paths: readonly string[]): SafeText =>
	safe`The command leaves out ${listed(paths)}: docker can't set that.`;

export const cantRelabel = (kind: 'secret' | 'config'): SafeText =>
	safe`No docker command does this: docker ${toSafeText(kind)} can't change labels; docker stack deploy can.`;

export const fromInput = toSafeText('The command reads the content from its standard input.');
