import {isJob} from '../../cluster/entities/health.ts';
import {issuesIn} from '../../cluster/issues.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from '../../cluster/model.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {noCondition, stateOfNode, tasksRunning} from './messages.ts';

/** What can be waited for, and whether it is so. */

export type Standing =
	/** It is so. */
	| {readonly kind: 'there'; readonly words: string}
	/** Not yet. */
	| {readonly kind: 'waiting'; readonly words: string}
	/** It will not be so by itself. */
	| {readonly kind: 'hopeless'; readonly words: string};

export type Condition = {
	readonly of: 'service' | 'node';
	/** An object that is not there is what is waited for. */
	readonly isGone: boolean;
	readonly standing: (id: string, state: ClusterState) => Standing;
};

export function parseCondition(text: string): Result<Condition, string> {
	const service = (standing: (service: ServiceEntity, state: ClusterState) => Standing): Result<Condition, string> =>
		ok({of: 'service', isGone: false, standing: (id, state) => onService(id, state, standing)});
	const node = (isSo: (node: NodeEntity) => boolean): Result<Condition, string> =>
		ok({of: 'node', isGone: false, standing: (id, state) => onNode(id, state, isSo)});
	const [, count] = /^running=(\d+)$/.exec(text) ?? [];
	if (count !== undefined) return service((each, state) => runsExactly(each, Number(count), state));
	switch (text) {
		case 'running=desired':
			return service(runsAsDesired);
		case 'updated':
			return service(isUpdated);
		case 'gone':
			return ok({of: 'service', isGone: true, standing: goneStanding});
		case 'ready':
			return node(({state}) => state === 'ready');
		case 'down':
			return node(({state}) => state === 'down');
		default:
			return failed(noCondition(text));
	}
}

const removed: Standing = {kind: 'hopeless', words: 'it was removed'};

function onService(
	id: string,
	state: ClusterState,
	standing: (service: ServiceEntity, state: ClusterState) => Standing,
): Standing {
	const service = state.services.get(id);
	return service ? standing(service, state) : removed;
}

function onNode(id: string, {nodes}: ClusterState, isSo: (node: NodeEntity) => boolean): Standing {
	const node = nodes.get(id);
	if (!node) return removed;
	return {kind: isSo(node) ? 'there' : 'waiting', words: stateOfNode(node.state, node.stateMessage)};
}

const goneStanding = (id: string, {services}: ClusterState): Standing =>
	services.has(id) ? {kind: 'waiting', words: 'it is still there'} : {kind: 'there', words: 'gone'};

/** `2/3`, and why it is not more. */
function words({id, counts, mode, replicas}: ServiceEntity, state: ClusterState): string {
	const [running, wanted] = isJob(mode) ? [counts?.completed, replicas] : [counts?.running, counts?.desired];
	return tasksRunning(running, wanted, issuesIn(state).get(`service ${id}`)?.reason ?? '');
}

function runsAsDesired(service: ServiceEntity, state: ClusterState): Standing {
	const isThere = service.health === 'healthy' || service.health === 'idle';
	return {kind: isThere ? 'there' : pausedOr(service), words: words(service, state)};
}

function runsExactly(service: ServiceEntity, count: number, state: ClusterState): Standing {
	return {kind: service.counts?.running === count ? 'there' : 'waiting', words: words(service, state)};
}

function isUpdated(service: ServiceEntity, state: ClusterState): Standing {
	const update = service.update?.state;
	const isThere = update === undefined || update === 'completed';
	const isBack = update === 'rollback_completed' || update === 'rollback_started';
	return {kind: isThere ? 'there' : isBack ? 'hopeless' : pausedOr(service), words: words(service, state)};
}

/** An update that has paused goes on when somebody says so, and not before. */
const pausedOr = ({update}: ServiceEntity): 'hopeless' | 'waiting' =>
	update?.state === 'paused' || update?.state === 'rollback_paused' ? 'hopeless' : 'waiting';
