import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import {ok, type Result} from '../../runtime/result.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {Intent} from '../intent.ts';
import {predefinedNetworks} from '../stack/preparations.ts';
import {withIds} from '../stack/references.ts';

/** What a stack is made of, made and taken away. */

type Created = Extract<Intent, {readonly action: 'object.create'}>;
type Relabelled = Extract<Intent, {readonly action: 'object.labels'}>;
type Removed = Extract<Intent, {readonly action: 'object.remove'}>;

export function createObject(client: SwarmClient, intent: Created): Promise<Result<unknown, EngineError>> {
	switch (intent.kind) {
		case 'network':
			return client.createNetwork(intent.request);
		case 'secret':
			return client.createSecret(intent.spec);
		case 'config':
			return client.createConfig(intent.spec);
		default:
			return intent satisfies never;
	}
}

export function removeObject(client: SwarmClient, {kind, objectId}: Removed): Promise<Result<unknown, EngineError>> {
	switch (kind) {
		case 'network':
			return client.removeNetwork(objectId);
		case 'secret':
			return client.removeSecret(objectId);
		case 'config':
			return client.removeConfig(objectId);
		default:
			return kind satisfies never;
	}
}

/** Only its labels; what it holds is not sent again. */
export async function relabelObject(
	client: SwarmClient,
	{kind, objectId, labels}: Relabelled,
): Promise<Result<unknown, EngineError>> {
	if (kind === 'secret') {
		const secret = await client.secret(objectId);
		if (!secret.ok) return secret;
		const {Version, Spec} = secret.value;
		return client.updateSecret(objectId, Version.Index, {...Spec, Labels: {...labels}});
	}
	const config = await client.config(objectId);
	if (!config.ok) return config;
	const {Version, Spec} = config.value;
	return client.updateConfig(objectId, Version.Index, {...Spec, Labels: {...labels}});
}

/** The spec with the IDs of what it names, which may have been made a moment ago; nothing is asked for that it has not. */
export async function resolved(client: SwarmClient, spec: ServiceSpec): Promise<Result<ServiceSpec, EngineError>> {
	const {ContainerSpec: container, Networks: attached = []} = spec.TaskTemplate;
	const targets = attached.map(({Target = ''}) => Target);
	const none = {ok: true, value: []} as const;
	const [networks, secrets, configs, special] = await Promise.all([
		targets.length > 0 ? client.networks() : none,
		container?.Secrets?.length ? client.secrets() : none,
		container?.Configs?.length ? client.configs() : none,
		predefinedNetworks(targets, client),
	]);
	if (!networks.ok) return networks;
	if (!secrets.ok) return secrets;
	if (!configs.ok) return configs;
	return ok(withIds(spec, {networks: [...special, ...networks.value], secrets: secrets.value, configs: configs.value}));
}
