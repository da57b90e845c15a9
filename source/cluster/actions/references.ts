import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import {ok, type Result} from '../../runtime/result.ts';
import type {Network} from '../../wire/network.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {withIds} from '../edit/described-spec.ts';

/** What specs call by name and the engine by ID, asked of the engine. */

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

/** These are on every node, and in no list of the swarm. */
const predefined: ReadonlySet<string> = new Set(['host', 'bridge', 'none', 'default']);

export const isPredefined = (network: string): boolean => predefined.has(network) || network.startsWith('container:');

/** The swarm has IDs of its own for the networks that every node has; its lists leave them out. */
export async function predefinedNetworks(targets: readonly string[], client: SwarmClient): Promise<Network[]> {
	const names = [...new Set(targets.filter(isPredefined))];
	const found = await Promise.all(names.map((name) => client.network(name, {scope: 'swarm'})));
	return found.flatMap((answer) => (answer.ok ? [answer.value] : []));
}
