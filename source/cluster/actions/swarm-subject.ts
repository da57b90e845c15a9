import type {Rotation, SwarmClient} from '../../engine/client.ts';
import {type EngineError, engineError} from '../../engine/error.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';
import type {ClusterInfo, SwarmSpec} from '../../wire/swarm.ts';
import type {ClusterState} from '../model.ts';
import {isReachable, managersOf} from '../quorum.ts';
import type {Applied, SendError} from './action.ts';
import {retried} from './write.ts';

/** What actions on the swarm itself have in common. */

/** There is one, which has no other name. */
export type SwarmSubject = {readonly objectId: 'swarm'; readonly kind: 'swarm'};

export const theSwarm: SwarmSubject = {objectId: 'swarm', kind: 'swarm'};

/** The swarm's settings, once they were read. */
export const swarmIn = ({inventory}: Pick<ClusterState, 'inventory'>): ClusterInfo | undefined => inventory.swarm?.[0];

/** What the engine on the screen is called. */
export const engineName = ({engine, nodes}: Pick<ClusterState, 'engine' | 'nodes'>): SafeText =>
	nodes.get(engine?.nodeId ?? '')?.name ?? engine?.name ?? safe`this engine`;

/** Where those who join ask: the address of a manager that is up, the leader's first. */
export function managerAddress({nodes}: Pick<ClusterState, 'nodes'>): string | undefined {
	const [first] = managersOf(nodes.values())
		.filter(isReachable)
		.sort((x, y) => Number(y.manager?.isLeader ?? false) - Number(x.manager?.isLeader ?? false));
	return first?.manager?.address;
}

type Change = {
	/** The settings to send, made of those that are there, or why not. */
	readonly change?: (spec: SwarmSpec) => Result<SwarmSpec, EngineError>;
	readonly rotate?: Rotation;
};

/** The swarm itself writes to its object: a version that is out of date is read anew. */
export function updateSwarm(
	{membership}: Pick<SwarmClient, 'membership'>,
	{change = ok, rotate = {}}: Change,
): Promise<Result<Applied, SendError>> {
	return retried(async () => {
		const read = await membership.inspect();
		if (!read.ok) return read;
		const {Version, Spec} = read.value;
		const spec = change(Spec);
		if (!spec.ok) return spec;
		const answer = await membership.update(Version.Index, spec.value, {rotate});
		return answer.ok ? ok({version: Version.Index}) : answer;
	});
}

export const refused = (message: string, nextStep: string): Result<never, EngineError> =>
	failed(engineError('conflict', message, nextStep));
