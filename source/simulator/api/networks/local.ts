import type {NetworkObject} from '../../../swarmkit/state/objects.ts';
import type {Network} from '../../../wire/network.ts';
import type {Container} from '../../contract.ts';
import type {Call} from '../call.ts';
import {rfc3339} from '../go/time.ts';
import {renderNetwork} from '../render/network.ts';

/**
 * The networks that one host's engine has: those that every engine makes, those that somebody made on it, and its own end
 * of the swarm's networks that its node takes part in, with the containers on them.
 */

const bridgeOptions = {
	'com.docker.network.bridge.default_bridge': 'true',
	'com.docker.network.bridge.enable_icc': 'true',
	'com.docker.network.bridge.enable_ip_masquerade': 'true',
	'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
	'com.docker.network.bridge.name': 'docker0',
	'com.docker.network.driver.mtu': '1500',
};

const gatewayOptions = {
	'com.docker.network.bridge.enable_icc': 'false',
	'com.docker.network.bridge.enable_ip_masquerade': 'true',
	'com.docker.network.bridge.name': 'docker_gwbridge',
};

/** Everything that this engine can name without asking a manager. */
export function localNetworks(call: Call): Network[] {
	const swarmNetworks = call.host.membership.networks();
	return [
		ownNetwork(call, 'none', 'null'),
		ownNetwork(call, 'host', 'host'),
		ownNetwork(call, 'bridge', 'bridge', '172.17', bridgeOptions),
		...swarmNetworks.filter(({predefined}) => !predefined).map((network) => localEnd(call, network)),
		...(swarmNetworks.length > 0 ? [ownNetwork(call, 'docker_gwbridge', 'bridge', '172.18', gatewayOptions)] : []),
		...call.local.networks.values(),
	];
}

/** By ID, name, or the beginning of an ID. */
export function findLocalNetwork(call: Call, reference: string): Network | undefined {
	const all = localNetworks(call);
	return (
		all.find(({Id}) => Id === reference) ??
		all.find(({Name}) => Name === reference) ??
		all.find(({Id}) => reference !== '' && Id.startsWith(reference))
	);
}

const emptyNetwork = {
	EnableIPv4: true,
	EnableIPv6: false,
	Internal: false,
	Attachable: false,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Containers: {},
	Labels: {},
};

/** The ID of a network that every engine makes for itself. */
export const ownNetworkId = ({host}: Call, name: string): string => host.seeded.hex64(`network/${host.name}/${name}`);

function ownNetwork(
	call: Call,
	name: string,
	driver: string,
	prefix?: string,
	options: Record<string, string> = {},
): Network {
	const {EnableIPv4, EnableIPv6, Internal, Attachable, Ingress, ConfigFrom, ConfigOnly, Labels} = emptyNetwork;
	return {
		Name: name,
		Id: ownNetworkId(call, name),
		Created: rfc3339(call.local.startedAt),
		Scope: 'local',
		Driver: driver,
		EnableIPv4,
		EnableIPv6,
		IPAM: {
			Driver: 'default',
			Options: null,
			Config: prefix ? [{Subnet: `${prefix}.0.0/16`, Gateway: `${prefix}.0.1`}] : null,
		},
		Internal,
		Attachable,
		Ingress,
		ConfigFrom,
		ConfigOnly,
		Containers: name === 'bridge' ? bridgeContainers(call) : name === 'docker_gwbridge' ? gatewayEnd(call) : {},
		Options: options,
		Labels,
	};
}

/** A network that somebody asks this host alone to make. */
export function newLocalNetwork(
	call: Call,
	given: Pick<
		Network,
		'Name' | 'Driver' | 'IPAM' | 'Internal' | 'Attachable' | 'EnableIPv6' | 'ConfigOnly' | 'Options' | 'Labels'
	>,
): Network {
	const {EnableIPv4, Ingress, ConfigFrom, Containers} = emptyNetwork;
	return {
		Name: given.Name,
		Id: call.host.seeded.hex64(`network/${call.host.name}/${given.Name}/${call.local.networks.size}`),
		Created: rfc3339(call.host.clock.now()),
		Scope: 'local',
		Driver: given.Driver,
		EnableIPv4,
		EnableIPv6: given.EnableIPv6,
		IPAM: given.IPAM,
		Internal: given.Internal,
		Attachable: given.Attachable,
		Ingress,
		ConfigFrom,
		ConfigOnly: given.ConfigOnly,
		Containers,
		Options: given.Options,
		Labels: given.Labels,
	};
}

/** This node's end of a swarm network: with its containers, and empty maps where managers have null. */
function localEnd(call: Call, network: NetworkObject): Network {
	const seen = renderNetwork(network);
	const members = call.host.containers.list().filter((container) => container.state === 'running');
	const containers = inOrder([
		...members.flatMap((container) => memberOf(call, container, network)),
		loadBalancer(call, network),
	]);
	return {
		...seen,
		Containers: containers,
		Options: seen.Options ?? {},
		Labels: seen.Labels ?? {},
		Peers: peersOf(call),
	};
}

function memberOf(call: Call, container: Container, network: NetworkObject): [string, unknown][] {
	const attachment = container.task?.attachments.find(({networkId}) => networkId === network.id);
	const address = attachment?.addresses[0];
	if (!address) return [];
	return [[container.id, endpointOf(call, container.name, `${network.id}/${container.id}`, address)]];
}

/** Each node has an endpoint of its own on the network, through which services are balanced. */
function loadBalancer(call: Call, network: NetworkObject): [string, unknown] {
	const key = network.ingress ? 'ingress-sbox' : `lb-${network.name}`;
	const subnet = network.allocated?.ipam[0]?.Subnet ?? '10.0.0.0/24';
	const [, prefix = '10.0.0', length = '24'] = /^(.*)\.\d+\/(\d+)$/.exec(subnet) ?? [];
	const last = 200 + Math.floor(call.host.seeded.fraction(`lb/${call.host.name}/${network.id}`) * 50);
	return [
		key,
		endpointOf(call, `${network.name}-endpoint`, `${network.id}/${call.host.name}`, `${prefix}.${last}/${length}`),
	];
}

function endpointOf(call: Call, name: string, context: string, address: string): unknown {
	return {
		Name: name,
		EndpointID: endpointId(call, context),
		MacAddress: macOf(address),
		IPv4Address: address,
		IPv6Address: '',
	};
}

export const endpointId = ({host}: Call, context: string): string => host.seeded.hex64(`endpoint/${context}`);

/** Docker derives the hardware address from the IP address. */
export function macOf(address: string): string {
	const bytes = (address.split('/', 1)[0] ?? '').split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
	return `02:42:${bytes.join(':')}`;
}

/** Without a cluster to ask, a node knows the managers that it could turn to, and itself. */
function peersOf(call: Call): {Name: string; IP: string}[] {
	const {RemoteManagers: managers, NodeAddr: own} = call.host.membership.info();
	const addresses = new Set([...(managers ?? []).map(({Addr}) => Addr.replace(/:\d+$/, '')), own]);
	return [...addresses].map((address) => ({Name: call.host.seeded.hex64(`peer/${address}`).slice(0, 12), IP: address}));
}

/** Through which the routing mesh and the containers on the swarm's networks reach the host. */
function gatewayEnd(call: Call): Record<string, unknown> {
	const members = call.host.containers
		.list()
		.filter(({state, task}) => state === 'running' && (task?.attachments.length ?? 0) > 0);
	const ends = members.map(({id}, index): [string, unknown] => {
		const name = `gateway_${call.host.seeded.hex64(`sandbox/${id}`).slice(0, 12)}`;
		const place = index + 3;
		return [id, endpointOf(call, name, `gateway/${id}`, `172.18.${place >> 8}.${place & 255}/16`)];
	});
	const mesh = endpointOf(call, 'gateway_ingress-sbox', `gateway/${call.host.name}`, '172.18.0.2/16');
	return inOrder([...ends, ['ingress-sbox', mesh]]);
}

/** Go writes its maps in the order of their keys. */
const inOrder = (entries: readonly [string, unknown][]): Record<string, unknown> =>
	Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Tasks without a network of their own stand on the default bridge. */
function bridgeContainers(call: Call): Record<string, unknown> {
	const members = call.host.containers
		.list()
		.filter(({state, task}) => state === 'running' && (task?.attachments.length ?? 0) === 0);
	return inOrder(
		members.map((container) => [
			container.id,
			endpointOf(call, container.name, container.id, bridgeAddress(call, container)),
		]),
	);
}

/** An address on the default bridge, always the same for a container. */
export function bridgeAddress({host}: Call, {id}: Container): string {
	const at = 2 + Math.floor(host.seeded.fraction(`bridge/${host.name}/${id}`) * 65_000);
	return `172.17.${at >> 8}.${at & 255}/16`;
}
