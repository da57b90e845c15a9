import type {Answer, SwarmClient} from '../../engine/client.ts';
import {type EngineError, engineError} from '../../engine/error.ts';
import type {RegistryLogins} from '../../engine/registry-logins.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {NodeSpec, SwarmNode} from '../../wire/node.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {Basis, PlanDiffLine} from '../plan-line.ts';
import type {Applied, SendError, Target} from './action.ts';
import {conflict} from './messages.ts';

/**
 * Changes a spec as it is at that moment. Updates carry the version that was read; when another writer came in between, the
 * object is read again and the change made again, but only if what it changes is still as it was when the plan was shown.
 */

/** What guards against what others have written since the plan was shown. */
export type Guard = {
	readonly seen: Basis | undefined;
	readonly basisOf: (target: Target) => Basis | undefined;
	/** Our side of a conflict, where it can be said shortly. */
	readonly wanted?: SafeText | undefined;
	/** The plan shows a conflict better than two lines could. */
	readonly planShowsConflict?: boolean | undefined;
};

/** What a login adds to a call; nothing where none is sent. */
export type Login = {readonly registryAuth?: string};

type ServiceOptions = Guard & {
	readonly login?: Login;
	/** The engine swaps the two specs by itself; the spec that is sent with a rollback is not read. */
	readonly isRollback?: boolean;
};

const tries = 5;

/** Of what leaves nothing to be watched. */
export const unversioned = (answer: Result<unknown, EngineError>): Result<Applied, EngineError> =>
	answer.ok ? ok({version: 0}) : answer;

/** The login as it is now: it is read when it is sent, and kept nowhere. */
export async function loginFor(
	{sendsLogin = false}: {readonly sendsLogin?: boolean},
	image: string,
	logins: RegistryLogins,
): Promise<Login> {
	const {header} = sendsLogin ? await logins.of(image) : {};
	return header === undefined ? {} : {registryAuth: header};
}

/** The swarm itself writes to objects all the time: a version that is out of date is the normal case, not an error. */
export async function retried(attempt: () => Promise<Result<Applied, SendError>>): Promise<Result<Applied, SendError>> {
	let answer = await attempt();
	for (let i = 1; i < tries && !answer.ok && answer.error.kind === 'version-conflict'; i++) answer = await attempt();
	return answer;
}

export async function updateService(
	client: SwarmClient,
	serviceId: string,
	change: (spec: ServiceSpec) => ServiceSpec,
	{login = {}, isRollback = false, ...guard}: ServiceOptions,
): Promise<Result<Applied, SendError>> {
	const read = await client.service(serviceId);
	if (!read.ok) return read;
	const service = read.value;
	const other = conflictOf(guard, {service});
	if (other) return failed(other);
	const spec = change(service.Spec);
	const answer = await client.updateService(service.ID, service.Version.Index, spec, {
		rollback: isRollback,
		registryAuthFrom: 'spec',
		...login,
	});
	const written: Service = {
		...service,
		Spec: isRollback ? (service.PreviousSpec ?? service.Spec) : spec,
		PreviousSpec: service.Spec,
	};
	return settled(answer, {service: written, version: service.Version.Index}, guard, async () => {
		const now = await answered(client.service(serviceId));
		return now && {service: now, version: now.Version.Index};
	});
}

export async function updateNode(
	client: SwarmClient,
	nodeId: string,
	change: (spec: NodeSpec) => NodeSpec,
	guard: Guard,
): Promise<Result<Applied, SendError>> {
	const read = await client.node(nodeId);
	if (!read.ok) return read;
	const node = read.value;
	const other = conflictOf(guard, {node});
	if (other) return failed(other);
	const written: SwarmNode = {...node, Spec: change(node.Spec)};
	const answer = await client.updateNode(node.ID, node.Version.Index, written.Spec);
	return settled(answer, {node: written, version: node.Version.Index}, guard, async () => {
		const now = await answered(client.node(nodeId));
		return now && {node: now, version: now.Version.Index};
	});
}

function conflictOf({seen, basisOf, wanted, planShowsConflict}: Guard, target: Target): SendError | undefined {
	const now = basisOf(target);
	if (!seen || !now || now.key === seen.key) return undefined;
	const error = engineError('conflict', conflict.message(seen.words, now.words, wanted), conflict.nextStep);
	return {...error, conflict: {diff: planShowsConflict ? [] : bothSides(seen.words, now.words, wanted)}};
}

function bothSides(seen: SafeText, now: SafeText, wanted: SafeText | undefined): PlanDiffLine[] {
	return [
		{kind: 'heading', text: conflict.theirs},
		{kind: 'removed', text: seen},
		{kind: 'added', text: now},
		...(wanted === undefined
			? []
			: ([
					{kind: 'heading', text: conflict.yours},
					{kind: 'removed', text: now},
					{kind: 'added', text: wanted},
				] as const)),
	];
}

/**
 * A write whose answer got lost may have been done, and one that was refused for want of a leader may still be: the log
 * of the old leader can hold it. So look before calling it failed, and don't call it undone.
 */
async function settled(
	answer: Result<unknown, EngineError>,
	written: Applied,
	{basisOf}: Guard,
	reread: () => Promise<Applied | undefined>,
): Promise<Result<Applied, EngineError>> {
	if (answer.ok) return ok(written);
	const {error} = answer;
	if (error.kind !== 'timeout' && error.kind !== 'connection-lost' && error.kind !== 'no-leader') return answer;
	const now = await reread();
	const isDone = now && now.version > written.version && basisOf(now)?.key === basisOf(written)?.key;
	if (isDone) return ok(written);
	return failed(
		engineError(
			error.kind,
			error.message,
			conflict.unknownOutcome,
			error.engineMessage === undefined ? {} : {engineMessage: error.engineMessage},
		),
	);
}

async function answered<T>(answer: Answer<T>): Promise<T | undefined> {
	const result = await answer;
	return result.ok ? result.value : undefined;
}
