import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ClusterState} from '../model.ts';
import type {AnyIntent} from './action.ts';
import {nameOfNew} from './new-object.ts';

/** What sentences call the objects of actions. */

/** The ID of the object that an intent is about. */
export function objectOf(intent: AnyIntent): string {
	if ('serviceId' in intent) return intent.serviceId;
	return 'nodeId' in intent ? intent.nodeId : intent.objectId;
}

/** What people call the object of an intent. */
export function objectName(intent: AnyIntent, state: ClusterState): SafeText {
	if ('serviceId' in intent) return serviceName(intent.serviceId, state);
	if ('nodeId' in intent) return nodeName(intent.nodeId, state);
	const {kind, objectId, name = nameOfNew(objectId) ?? objectId} = intent;
	if (kind === 'swarm') return safe`swarm`;
	return safe`${toSafeText(kind)} ${toSafeText(name)}`;
}

export const serviceName = (id: string, {services}: Pick<ClusterState, 'services'>): SafeText =>
	services.get(id)?.name ?? toSafeText(nameOfNew(id) ?? id.slice(0, 12));

export const nodeName = (id: string, {nodes}: Pick<ClusterState, 'nodes'>): SafeText =>
	nodes.get(id)?.name ?? toSafeText(nameOfNew(id) ?? id.slice(0, 12));
