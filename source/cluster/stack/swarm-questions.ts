import type {SwarmClient} from '../../engine/client.ts';
import {type EngineError, sentencesOf} from '../../engine/error.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Machines} from '../actions/action.ts';
import type {SwarmQuestions} from '../intent.ts';
import type {ClusterState} from '../model.ts';

type Options = {
	readonly client: Pick<SwarmClient, 'membership'>;
	readonly state: () => ClusterState;
	readonly machines: Machines | undefined;
};

/** Asks the engine about its swarm; nothing of the answers is kept. */
export function swarmQuestions({client, state, machines}: Options): SwarmQuestions {
	const {membership} = client;
	return {
		async tokens() {
			const answer = told(await membership.inspect());
			if (!answer.ok) return answer;
			const {Worker, Manager} = answer.value.JoinTokens;
			return ok({worker: Worker, manager: Manager});
		},
		unlockKey: async () => told(await membership.key()),
		settings: async () => told(await membership.inspect()),
		addresses: () => machines?.ownAddresses() ?? [],
		machines: async () => machines?.list(new Set(state().nodes.keys())) ?? [],
	};
}

const told = <T>(answer: Result<T, EngineError>): Result<T, SafeText> =>
	answer.ok ? answer : failed(sentencesOf(answer.error));
