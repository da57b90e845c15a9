import {type ConnectionFlags, processSurroundings, resolveEndpoint, type Surroundings} from '../connection/resolve.ts';
import type {SwarmClient} from '../engine/client.ts';
import {createSwarmClient} from '../engine/docker-client.ts';
import {failed, ok, type Result} from '../runtime/result.ts';

/** The exit statuses of every command (docs/design: 0 fine, 1 failed, 2 wrong use, 3 no engine or not a manager). */
export const exitStatus = {fine: 0, failed: 1, wrongUse: 2, noEngine: 3} as const;

/**
 * A client of the engine that the flags and the environment mean, connected; else what to print. The signal ends the
 * client with all that it is asked, now and later.
 */
export async function openClient(
	flags: ConnectionFlags,
	surroundings: Surroundings = processSurroundings(),
	signal?: AbortSignal,
): Promise<Result<SwarmClient, {status: number; message: string}>> {
	const endpoint = await resolveEndpoint(flags, surroundings);
	if (!endpoint.ok) return failed({status: exitStatus.wrongUse, message: sentences(endpoint.error)});
	const client = createSwarmClient(endpoint.value, {isReadOnly: true});
	const close = (): void => void client.close();
	signal?.addEventListener('abort', close, {once: true});
	if (signal?.aborted) close();
	const identity = await client.connect();
	if (identity.ok) return ok(client);
	await client.close();
	return failed({status: exitStatus.noEngine, message: sentences(identity.error)});
}

export const sentences = ({message, nextStep}: {message: string; nextStep: string}): string =>
	nextStep === '' ? message : `${message} ${nextStep}`;
