import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import {ok, type Result} from '../../runtime/result.ts';
import type {Service, ServiceSpec} from '../../wire/service.ts';
import type {Intent} from '../intent.ts';
import {laidOnto, withIds} from '../stack/references.ts';

/** What a stack is made of, made and taken away. */

type Created = Extract<Intent, {readonly action: 'object.create'}>;
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

/** The spec with the IDs of what it names, which may have been made a moment ago. */
export async function resolved(client: SwarmClient, spec: ServiceSpec): Promise<Result<ServiceSpec, EngineError>> {
	const [networks, secrets, configs] = await Promise.all([client.networks(), client.secrets(), client.configs()]);
	if (!networks.ok) return networks;
	if (!secrets.ok) return secrets;
	if (!configs.ok) return configs;
	return ok(withIds(spec, {networks: networks.value, secrets: secrets.value, configs: configs.value}));
}

/** As a file describes it, with what docker and the engine wrote into it by themselves. */
export const deployedOnto = (service: Service, spec: ServiceSpec): ServiceSpec => laidOnto(service.Spec, spec);
