import {failed, ok} from '../runtime/result.ts';
import type {Swarm, SwarmInit, SwarmJoin, SwarmSpec} from '../wire/swarm.ts';
import type {Answer, CallOptions, SwarmMembership, SwarmUpdateOptions} from './client.ts';
import type {EngineError} from './error.ts';
import {initProblem, joinProblem, leaveProblem, unlockProblem} from './membership-errors.ts';
import type {Routes} from './routes.ts';

/** The routes of /swarm. */
export class EngineMembership implements SwarmMembership {
	readonly #routes: Routes;

	constructor(routes: Routes) {
		this.#routes = routes;
	}

	inspect(options?: CallOptions): Answer<Swarm> {
		return this.#routes.get('swarm', '/swarm', options);
	}

	update(version: number, spec: SwarmSpec, {rotate = {}, ...options}: SwarmUpdateOptions = {}): Answer<void> {
		return this.#routes.update('/swarm/update', version, spec, options, {
			rotateWorkerToken: rotate.workerToken ? 'true' : undefined,
			rotateManagerToken: rotate.managerToken ? 'true' : undefined,
			rotateManagerUnlockKey: rotate.unlockKey ? 'true' : undefined,
		});
	}

	init(request: SwarmInit, options?: CallOptions): Answer<string> {
		const sent = {method: 'POST', path: '/swarm/init', body: request} as const;
		return told(this.#routes.send('nodeId', sent, slowly(options)), initProblem);
	}

	join(request: SwarmJoin, options?: CallOptions): Answer<void> {
		const sent = {method: 'POST', path: '/swarm/join', body: request} as const;
		return told(this.#routes.act(sent, slowly(options)), (error) => joinProblem(error, request.RemoteAddrs[0] ?? ''));
	}

	leave({force, ...options}: CallOptions & {readonly force?: boolean} = {}): Answer<void> {
		const sent = {method: 'POST', path: '/swarm/leave', query: {force: force ? 'true' : undefined}} as const;
		return told(this.#routes.act(sent, slowly(options)), leaveProblem);
	}

	unlock(key: string, options?: CallOptions): Answer<void> {
		const sent = {method: 'POST', path: '/swarm/unlock', body: {UnlockKey: key}} as const;
		return told(this.#routes.act(sent, slowly(options)), unlockProblem);
	}

	async key(options?: CallOptions): Answer<string> {
		const answer = await this.#routes.get('unlockKey', '/swarm/unlockkey', options);
		return answer.ok ? ok(answer.value.UnlockKey) : answer;
	}
}

/** An engine waits for the swarm for 20 s before it answers. */
const answerMs = 40_000;

const slowly = (options: CallOptions | undefined): CallOptions => ({timeoutMs: answerMs, ...options});

/** With what the engine's words mean there. */
async function told<T>(answer: Answer<T>, problem: (error: EngineError) => EngineError): Answer<T> {
	const result = await answer;
	return result.ok ? result : failed(problem(result.error));
}
