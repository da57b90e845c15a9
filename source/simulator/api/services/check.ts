import type {NetworkObject, ServiceObject} from '../../../swarmkit/state/objects.ts';
import type {StoreReader} from '../../../swarmkit/state/store.ts';
import type {NetworkAttachmentConfig} from '../../../wire/network.ts';
import type {ServiceSpec} from '../../../wire/service.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import type {PortConfig} from '../../../wire/task.ts';
import {badRequest, grpcRefusal, invalidArgument, notFound, Refused, serverError} from '../refusal.ts';

/** What a service spec needs of the rest of the swarm: its networks, ports, secrets and configs. */

/**
 * The networks of a sent spec by their IDs, since clients name them as they like (moby daemon/cluster/networks.go
 * populateNetworkID). The deprecated list of the spec counts only where the task template has none.
 * @param localNetwork the name of this host's own network that the reference means, if any
 * @throws Refused 500 for one that isn't there, 403 for one that only this host has
 */
export function withNetworkIds(
	sent: Sent<ServiceSpec>,
	store: StoreReader,
	localNetwork: (reference: string) => string | undefined,
): Sent<ServiceSpec> {
	const resolve = (config: Sent<NetworkAttachmentConfig>): Sent<NetworkAttachmentConfig> => ({
		...config,
		Target: networkId(config.Target ?? '', store, localNetwork),
	});
	const template = sent.TaskTemplate ?? {};
	if (template.Networks && template.Networks.length > 0) {
		return {...sent, TaskTemplate: {...template, Networks: template.Networks.map(resolve)}};
	}
	return sent.Networks ? {...sent, Networks: sent.Networks.map(resolve)} : sent;
}

const predefinedNames = ['bridge', 'host', 'none', 'default'];

function networkId(
	reference: string,
	store: StoreReader,
	localNetwork: (reference: string) => string | undefined,
): string {
	const found = findSwarmNetwork(store, reference);
	if (found) return found.id;
	const local = localNetwork(reference);
	if (local !== undefined && predefinedNames.includes(local)) {
		const predefined = findSwarmNetwork(store, local);
		if (predefined) return predefined.id;
		throw notFound(`could not find the corresponding predefined swarm network: network ${local} not found`);
	}
	if (local !== undefined) {
		throw new Refused(
			403,
			`The network ${local} cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.`,
		);
	}
	// A plain error in the daemon, where every other lookup has a typed one.
	throw serverError(`network ${reference} not found`);
}

/**
 * By ID, name, or the beginning of an ID; the swarm's own bridge and host are among them.
 * @throws Refused 400 when several fit
 */
function findSwarmNetwork(store: StoreReader, reference: string): NetworkObject | undefined {
	const exact = store.get('network', reference);
	if (exact) return exact;
	const all = store.all('network');
	const called = all.filter(({name}) => name === reference);
	const found = called.length > 0 ? called : all.filter(({id}) => id.startsWith(reference));
	if (found.length > 1) throw badRequest(`network ${reference} is ambiguous (${found.length} matches found)`);
	return found[0];
}

/** The deprecated list is not looked at (controlapi/service.go validateNetworks). */
export function checkNetworks(store: StoreReader, spec: ServiceSpec): void {
	for (const {Target: target = ''} of spec.TaskTemplate.Networks ?? []) {
		const network = store.get('network', target);
		if (network?.ingress) {
			throw invalidArgument(`Service cannot be explicitly attached to the ingress network "${network.name}"`);
		}
	}
}

/** @param self the service that is being updated, which is in nobody's way */
export function checkPorts(store: StoreReader, spec: ServiceSpec, self?: ServiceObject): void {
	const wanted = new Map<string, string>();
	for (const port of spec.EndpointSpec?.Ports ?? []) {
		if (port.PublishedPort) wanted.set(portKey(port), `${wanted.get(portKey(port)) ?? ''} ${port.PublishMode}`);
	}
	if (wanted.size === 0) return;
	for (const service of store.all('service')) {
		if (service.id === self?.id) continue;
		for (const port of [...(service.spec.EndpointSpec?.Ports ?? []), ...(service.endpoint.ports ?? [])]) {
			const modes = port.PublishedPort ? wanted.get(portKey(port)) : undefined;
			const isHostPort = port.PublishMode === 'host';
			// Host ports may meet on one number: the scheduler keeps them on different nodes.
			if (modes === undefined || (isHostPort && !modes.includes('ingress'))) continue;
			throw invalidArgument(
				`port '${port.PublishedPort}' is already in use by service '${service.spec.Name}' (${service.id}) as ${isHostPort ? 'a host-published' : 'an ingress'} port`,
			);
		}
	}
}

const portKey = ({PublishedPort: published, Protocol: protocol}: PortConfig): string => `${published}/${protocol}`;

/** Any ingress port, or with VIPs any port at all that isn't a host's, takes the ingress network. */
export function checkIngress(store: StoreReader, spec: ServiceSpec): void {
	const needsIngress = (spec.EndpointSpec?.Ports ?? []).some(({PublishMode: mode}) => mode !== 'host');
	if (needsIngress && !store.all('network').some(({ingress}) => ingress)) {
		throw grpcRefusal('FailedPrecondition', 'service needs ingress network, but no ingress network is present');
	}
}

/** A reference counts only when both its ID and its name are right. */
export function checkReferences(store: StoreReader, {TaskTemplate: {ContainerSpec: container}}: ServiceSpec): void {
	const secrets = (container?.Secrets ?? []).map(({SecretID, SecretName}) => ({id: SecretID, name: SecretName}));
	const configs = (container?.Configs ?? []).map(({ConfigID, ConfigName}) => ({id: ConfigID, name: ConfigName}));
	for (const [kind, references] of [['secret', secrets] as const, ['config', configs] as const]) {
		const missing = references.filter(({id, name}) => store.get(kind, id)?.spec.Name !== name).map(({name}) => name);
		if (missing.length > 0) {
			throw invalidArgument(`${kind}${missing.length > 1 ? 's' : ''} not found: ${missing.join(', ')}`);
		}
	}
}
