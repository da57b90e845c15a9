/** The docker commands that mend what the doctor finds. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {nodeWord, objectWord, serviceWord} from '../docker-command/names.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from '../model.ts';

type Known = Pick<ClusterState, 'services' | 'nodes'>;

/** `docker service update FLAGS NAME`. */
export const updateService = (flags: string, {id}: ServiceEntity, state: Pick<Known, 'services'>): SafeText =>
	safe`docker service update ${toSafeText(flags)} ${toSafeText(serviceWord(id, state))}`;

/** `docker service VERB NAME`. */
export const onService = (verb: string, {id}: ServiceEntity, state: Pick<Known, 'services'>): SafeText =>
	safe`docker service ${toSafeText(verb)} ${toSafeText(serviceWord(id, state))}`;

/** `docker node VERB NAME`. */
export const onNode = (verb: string, {id}: NodeEntity, state: Pick<Known, 'nodes'>): SafeText =>
	safe`docker node ${toSafeText(verb)} ${toSafeText(nodeWord(id, state))}`;

/** `docker KIND rm NAME`. */
export const removeThing = (kind: string, {id, name}: {readonly id: string; readonly name: string}): SafeText =>
	safe`docker ${toSafeText(kind)} rm ${toSafeText(objectWord(id, name))}`;

const namedAtMost = 5;

/** The names, the first few of many. */
export function few(names: readonly SafeText[], most = namedAtMost): SafeText {
	const shown = names.slice(0, most).join(', ');
	const rest = names.length - most;
	return toSafeText(rest > 0 ? `${shown} and ${rest} more` : shown);
}
