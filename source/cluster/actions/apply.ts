import type {Answer, SwarmClient} from '../../engine/client.ts';
import {type EngineError, engineError} from '../../engine/error.ts';
import {noLogins, type RegistryLogins} from '../../engine/registry-logins.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {NodeSpec, SwarmNode} from '../../wire/node.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import {editedImage} from '../edit/changes.ts';
import {type Basis, type Conflict, type Intent, nameOfNew, type PlanDiffLine} from '../intent.ts';
import {appliedTo} from '../stack/references.ts';
import {createObject, relabelObject, removeObject, resolved} from './apply-object.ts';
import {basisOf, type Target} from './basis.ts';
import {nodeSpecAfter, specAfter} from './spec-changes.ts';

/**
 * Does what an intent says, on the object as it is at that moment. Updates carry the version that was read; when another
 * writer came in between, the object is read again and the change made again, but only if what it changes is still as it
 * was when the plan was shown.
 */

/** What was written, and upon which version of the object: what the watch waits for is newer than that. */
export type Applied = Target & {
	readonly version: number;
	/** The ID that the engine gave to what was made. */
	readonly createdId?: string;
};

/** With both sides where somebody else changed what the intent changes. */
export type ApplyError = EngineError & {readonly conflict?: Conflict};

const tries = 5;

export async function apply(
	client: SwarmClient,
	intent: Intent,
	basis: Basis | undefined,
	logins: RegistryLogins = noLogins,
): Promise<Result<Applied, ApplyError>> {
	switch (intent.action) {
		case 'service.remove':
			return unversioned(await client.removeService(intent.serviceId));
		case 'node.remove':
			return unversioned(await client.removeNode(intent.nodeId, {force: intent.force}));
		case 'service.rollback':
			return retried(() => updateService(client, intent, basis, (spec) => spec));
		case 'service.scale':
		case 'service.step':
		case 'service.continue':
		case 'service.restart':
			return retried(() => updateService(client, intent, basis, (spec) => specAfter(intent, spec)));
		case 'service.edit':
			return withLogin(intent, editedImage(intent.changes) ?? '', logins, (login) =>
				retried(() => updateService(client, intent, basis, (spec) => specAfter(intent, spec), login)),
			);
		case 'service.image':
			return withLogin(intent, intent.image, logins, (login) =>
				retried(() => updateService(client, intent, basis, (spec) => specAfter(intent, spec), login)),
			);
		case 'service.deploy':
			return withLogin(intent, intent.spec.TaskTemplate.ContainerSpec?.Image ?? '', logins, (login) =>
				nameOfNew(intent.serviceId) === undefined ? redeploy(client, intent, login) : create(client, intent, login),
			);
		case 'object.create':
			return unversioned(await createObject(client, intent));
		case 'object.labels':
			return retried(async () => unversioned(await relabelObject(client, intent)));
		case 'object.remove':
			return unversioned(await removeObject(client, intent));
		case 'node.availability':
		case 'node.role':
		case 'node.labels':
			return retried(() => updateNode(client, intent, basis, (spec) => nodeSpecAfter(intent, spec)));
		default:
			return intent satisfies never;
	}
}

/** Of what leaves nothing to be watched. */
const unversioned = (answer: Result<unknown, EngineError>): Result<Applied, EngineError> =>
	answer.ok ? ok({version: 0}) : answer;

type Deployed = Extract<Intent, {readonly action: 'service.deploy'}>;

/** What a login adds to a call; nothing where none is sent. */
type Login = {readonly registryAuth?: string};

/** The login as it is now: it is read when it is sent, and kept nowhere. */
async function withLogin<T>(
	{sendsLogin = false}: {readonly sendsLogin?: boolean},
	image: string,
	logins: RegistryLogins,
	call: (login: Login) => Promise<T>,
): Promise<T> {
	const {header} = sendsLogin ? await logins.of(image) : {};
	return call(header === undefined ? {} : {registryAuth: header});
}

async function create(client: SwarmClient, {spec}: Deployed, login: Login): Promise<Result<Applied, EngineError>> {
	const known = await resolved(client, spec);
	if (!known.ok) return known;
	const answer = await client.createService(known.value, login);
	return answer.ok ? ok({version: 0, createdId: answer.value.ID}) : answer;
}

async function redeploy(client: SwarmClient, intent: Deployed, login: Login): Promise<Result<Applied, ApplyError>> {
	const known = await resolved(client, intent.spec);
	if (!known.ok) return known;
	return retried(() => updateService(client, intent, undefined, (present) => appliedTo(present, known.value), login));
}

type ServiceIntent = Extract<Intent, {readonly serviceId: string}>;
type NodeIntent = Extract<Intent, {readonly nodeId: string}>;

async function updateService(
	client: SwarmClient,
	intent: ServiceIntent,
	basis: Basis | undefined,
	change: (spec: ServiceSpec) => ServiceSpec,
	login: Login = {},
): Promise<Result<Applied, ApplyError>> {
	const read = await client.service(intent.serviceId);
	if (!read.ok) return read;
	const service = read.value;
	const conflict = conflictOf(intent, basis, {service});
	if (conflict) return failed(conflict);
	const isRollback = intent.action === 'service.rollback';
	const spec = change(service.Spec);
	const answer = await client.updateService(service.ID, service.Version.Index, spec, {
		rollback: isRollback,
		registryAuthFrom: 'spec',
		...login,
	});
	// The engine swaps the two by itself; the spec that is sent with a rollback is not read.
	const written: Service = {
		...service,
		Spec: isRollback ? (service.PreviousSpec ?? service.Spec) : spec,
		PreviousSpec: service.Spec,
	};
	return settled(client, intent, answer, {service: written, version: service.Version.Index});
}

async function updateNode(
	client: SwarmClient,
	intent: NodeIntent,
	basis: Basis | undefined,
	change: (spec: NodeSpec) => NodeSpec,
): Promise<Result<Applied, ApplyError>> {
	const read = await client.node(intent.nodeId);
	if (!read.ok) return read;
	const node = read.value;
	const conflict = conflictOf(intent, basis, {node});
	if (conflict) return failed(conflict);
	const written: SwarmNode = {...node, Spec: change(node.Spec)};
	const answer = client.updateNode(node.ID, node.Version.Index, written.Spec);
	return settled(client, intent, await answer, {node: written, version: node.Version.Index});
}

/** The swarm itself writes to objects all the time: a version that is out of date is the normal case, not an error. */
async function retried(attempt: () => Promise<Result<Applied, ApplyError>>): Promise<Result<Applied, ApplyError>> {
	let answer = await attempt();
	for (let i = 1; i < tries && !answer.ok && answer.error.kind === 'version-conflict'; i++) answer = await attempt();
	return answer;
}

function conflictOf(intent: Intent, basis: Basis | undefined, target: Target): ApplyError | undefined {
	const now = basisOf(intent, target);
	if (!basis || !now || now.key === basis.key) return undefined;
	const wanted = wantedBy(intent);
	const yours = wanted === undefined ? '' : `; you wanted ${wanted}`;
	const error = engineError(
		'conflict',
		`Someone else changed this first: it was ${basis.words} when you looked, and is ${now.words} now${yours}.`,
		'Nothing was changed. Check it, and repeat it if you still want to.',
	);
	return {
		...error,
		conflict: {diff: intent.action === 'service.edit' ? [] : bothSides(basis.words, now.words, wanted)},
	};
}

function bothSides(seen: SafeText, now: SafeText, wanted: SafeText | undefined): PlanDiffLine[] {
	return [
		{kind: 'heading', text: toSafeText('theirs, since you looked')},
		{kind: 'removed', text: seen},
		{kind: 'added', text: now},
		...(wanted === undefined
			? []
			: ([
					{kind: 'heading', text: toSafeText('yours')},
					{kind: 'removed', text: now},
					{kind: 'added', text: wanted},
				] as const)),
	];
}

/** Our side of a conflict, where it can be said shortly. */
function wantedBy(intent: Intent): SafeText | undefined {
	switch (intent.action) {
		case 'service.scale':
			return plural(intent.replicas, 'replica');
		case 'service.image':
			return toSafeText(intent.image);
		case 'node.availability':
			return toSafeText(intent.availability);
		case 'node.role':
			return safe`a ${toSafeText(intent.role)}`;
		case 'node.labels': {
			const removed = intent.remove.map((key) => `no ${key}`);
			const labels = Object.entries(intent.set).map(([key, value]) => `${key}=${value}`);
			return toSafeText([...labels, ...removed].join(', '));
		}
		default:
			return undefined;
	}
}

/**
 * A write whose answer got lost may have been done, and one that was refused for want of a leader may still be: the log
 * of the old leader can hold it. So look before calling it failed, and don't call it undone.
 */
async function settled(
	client: SwarmClient,
	intent: Intent,
	answer: Result<unknown, EngineError>,
	written: Applied,
): Promise<Result<Applied, EngineError>> {
	if (answer.ok) return ok(written);
	const {error} = answer;
	if (error.kind !== 'timeout' && error.kind !== 'connection-lost' && error.kind !== 'no-leader') return answer;
	const now = await reread(client, intent);
	const isDone = now && now.version > written.version && basisOf(intent, now)?.key === basisOf(intent, written)?.key;
	if (isDone) return ok(written);
	return failed(
		engineError(
			error.kind,
			error.message,
			'It is not known whether the swarm took the change: check before you repeat it.',
			error.engineMessage === undefined ? {} : {engineMessage: error.engineMessage},
		),
	);
}

async function reread(client: SwarmClient, intent: Intent): Promise<Applied | undefined> {
	if ('serviceId' in intent) {
		const service = await answered(client.service(intent.serviceId));
		return service && {service, version: service.Version.Index};
	}
	if (!('nodeId' in intent)) return undefined;
	const node = await answered(client.node(intent.nodeId));
	return node && {node, version: node.Version.Index};
}

async function answered<T>(answer: Answer<T>): Promise<T | undefined> {
	const result = await answer;
	return result.ok ? result.value : undefined;
}
