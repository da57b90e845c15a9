import type {SwarmClient} from '../../engine/client.ts';
import {type EngineError, engineError} from '../../engine/error.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {NodeSpec, SwarmNode} from '../../wire/node.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {Intent} from '../intent.ts';
import {replicasOf, withImage, withLabels, withReplicas} from './spec-changes.ts';

/**
 * Does what an intent says, on the object as it is at that moment. Updates carry the version that was read; when another
 * writer came in between, the object is read again and the change made again, but only if what it changes is still as it
 * was when the plan was shown.
 */

/** What the engine was asked to become of the object: what the watch then waits for. */
export type Applied = {
	/** The service or node as it was written upon; undefined after a removal. */
	readonly service?: Service;
	readonly node?: SwarmNode;
	/** The replicas that a step came to. */
	readonly replicas?: number;
};

/** What the plan was made from: the part of the object that the intent changes, as text to compare. */
export type Basis = string | undefined;

const tries = 5;

export async function apply(client: SwarmClient, intent: Intent, basis: Basis): Promise<Result<Applied, EngineError>> {
	switch (intent.action) {
		case 'service.remove':
			return done(await client.removeService(intent.serviceId));
		case 'node.remove':
			return done(await client.removeNode(intent.nodeId, {force: intent.force}));
		case 'service.rollback':
			return onService(client, intent, basis, (service) => ({spec: service.Spec, isRollback: true}));
		case 'service.scale':
			return onService(client, intent, basis, ({Spec}) => ({spec: withReplicas(Spec, intent.replicas)}));
		case 'service.step':
			return onService(client, intent, undefined, ({Spec}) => ({
				spec: withReplicas(Spec, Math.max(0, replicasOf(Spec) + intent.by)),
			}));
		case 'service.restart':
			return onService(client, intent, undefined, ({Spec}) => ({
				spec: {...Spec, TaskTemplate: {...Spec.TaskTemplate, ForceUpdate: (Spec.TaskTemplate.ForceUpdate ?? 0) + 1}},
			}));
		case 'service.image':
			return onService(client, intent, basis, ({Spec}) => ({spec: withImage(Spec, intent.image)}));
		case 'node.availability':
			return onNode(client, intent, basis, (spec) => ({...spec, Availability: intent.availability}));
		case 'node.role':
			return onNode(client, intent, basis, (spec) => ({...spec, Role: intent.role}));
		case 'node.labels':
			return onNode(client, intent, basis, (spec) => ({...spec, Labels: withLabels(spec.Labels ?? {}, intent)}));
		default:
			return intent satisfies never;
	}
}

/** The part of the present object that the intent changes; compared before a change is made a second time. */
export function basisOf(
	intent: Intent,
	{service, node}: {service?: Service | undefined; node?: SwarmNode | undefined},
): Basis {
	switch (intent.action) {
		case 'service.scale':
			return service && JSON.stringify(service.Spec.Mode);
		case 'service.image':
			return service && JSON.stringify(service.Spec.TaskTemplate.ContainerSpec?.Image);
		case 'service.rollback':
			return service && JSON.stringify(service.PreviousSpec);
		case 'node.availability':
			return node?.Spec.Availability;
		case 'node.role':
			return node?.Spec.Role;
		case 'node.labels': {
			const keys = [...Object.keys(intent.set), ...intent.remove].sort();
			return node && JSON.stringify(keys.map((key) => [key, node.Spec.Labels?.[key]]));
		}
		default:
			return undefined;
	}
}

const done = (answer: Result<unknown, EngineError>): Result<Applied, EngineError> => (answer.ok ? ok({}) : answer);

type ServiceIntent = Extract<Intent, {readonly serviceId: string}>;
type NodeIntent = Extract<Intent, {readonly nodeId: string}>;
type ServiceChange = {readonly spec: ServiceSpec; readonly isRollback?: boolean};

async function onService(
	client: SwarmClient,
	intent: ServiceIntent,
	basis: Basis,
	change: (service: Service) => ServiceChange,
): Promise<Result<Applied, EngineError>> {
	return retried(async () => {
		const read = await client.service(intent.serviceId);
		if (!read.ok) return read;
		const service = read.value;
		const now = basisOf(intent, {service});
		if (basis !== undefined && now !== basis) return failed(changedMeanwhile(basis, now));
		const {spec, isRollback = false} = change(service);
		const answer = await client.updateService(service.ID, service.Version.Index, spec, {
			rollback: isRollback,
			registryAuthFrom: 'spec',
		});
		if (!answer.ok) return answer;
		const {Replicated: replicated, ReplicatedJob: job} = spec.Mode;
		const replicas = replicated?.Replicas ?? job?.TotalCompletions;
		return ok({service: {...service, Spec: spec}, ...(replicas === undefined ? {} : {replicas})});
	});
}

async function onNode(
	client: SwarmClient,
	intent: NodeIntent,
	basis: Basis,
	change: (spec: NodeSpec) => NodeSpec,
): Promise<Result<Applied, EngineError>> {
	return retried(async () => {
		const read = await client.node(intent.nodeId);
		if (!read.ok) return read;
		const node = read.value;
		const now = basisOf(intent, {node});
		if (basis !== undefined && now !== basis) return failed(changedMeanwhile(basis, now));
		const spec = change(node.Spec);
		const answer = await client.updateNode(node.ID, node.Version.Index, spec);
		return answer.ok ? ok({node: {...node, Spec: spec}}) : answer;
	});
}

/** The swarm itself writes to objects all the time: a version that is out of date is the normal case, not an error. */
async function retried(attempt: () => Promise<Result<Applied, EngineError>>): Promise<Result<Applied, EngineError>> {
	let answer = await attempt();
	for (let i = 1; i < tries && !answer.ok && answer.error.kind === 'version-conflict'; i++) answer = await attempt();
	return answer;
}

function changedMeanwhile(before: string, now: string | undefined): EngineError {
	return engineError(
		'conflict',
		`Somebody else changed this meanwhile: it was ${short(before)} when you were asked, and is ${short(now ?? 'gone')} now.`,
		'Nothing was changed. Look again, and repeat it if you still want it.',
	);
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
