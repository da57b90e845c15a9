import type {Endpoint} from '../connection/endpoint.ts';
import {failed, ok} from '../runtime/result.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import {capabilitiesOf} from './api-version.ts';
import type {Calls} from './calls.ts';
import type {Answer, CallOptions, EngineIdentity} from './client.ts';
import {swarmProblem} from './swarm-errors.ts';

type Introduced = {readonly endpoint: Endpoint; readonly managers: () => Answer<unknown>};

/** Asks who is there, and fails unless it is a manager of a swarm with a leader. */
export async function introduce(
	calls: Calls,
	options: CallOptions | undefined,
	{endpoint, managers}: Introduced,
): Answer<EngineIdentity> {
	const negotiated = await calls.negotiation.renew(options);
	if (!negotiated.ok) return negotiated;
	const answer = await calls.info(options);
	if (answer.ok) {
		const {ServerVersion: version, Name: name} = answer.value;
		const problem = swarmProblem(answer.value.Swarm);
		return problem ? failed(problem) : ok(identity(calls, version, name, answer.value));
	}
	if (answer.error.kind !== 'forbidden') return failed(await calls.explained(answer.error, options));
	// Where a proxy keeps /info to itself the list of managers tells as well whether this is one of a swarm with a leader.
	const listed = await managers();
	if (listed.ok) return ok(identity(calls, negotiated.value.engineVersion, hostOf(endpoint), undefined));
	return failed(listed.error.kind === 'forbidden' ? answer.error : listed.error);
}

/** With the versions as they are agreed on by now: the first call may have corrected them. */
function identity(calls: Calls, engineVersion: string, name: string, info: SystemInfo | undefined): EngineIdentity {
	const {apiVersion = '', engineApiVersion = ''} = calls.negotiation.last ?? {};
	return {engineVersion, apiVersion, engineApiVersion, name, capabilities: capabilitiesOf(apiVersion), info};
}

/** What the engine is called while it can't be asked for its own name. */
function hostOf({transport}: Endpoint): string {
	return transport.kind === 'unix' ? 'this host' : transport.host;
}
