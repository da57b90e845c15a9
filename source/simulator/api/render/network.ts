import type {NetworkObject} from '../../../swarmkit/state/objects.ts';
import type {Network, SwarmNetwork} from '../../../wire/network.ts';
import {sorted} from '../go/encode.ts';
import {rfc3339} from '../go/time.ts';
import type {Offer} from '../version.ts';
import {metaOf} from './meta.ts';

/** Swarm networks, as GET /networks shows them and as they stand inside a task (moby daemon/cluster/convert/network.go). */

const same = <T>(value: T): T => value;

const optionsOf = ({options, allocated}: NetworkObject): Record<string, string> =>
	sorted(
		allocated?.vxlanId
			? {...options, 'com.docker.network.driver.overlay.vxlanid_list': String(allocated.vxlanId)}
			: options,
		same,
	);

/** As managers list it: nothing of what any one node has on it. */
export function renderNetwork(network: NetworkObject): Network {
	const {allocated} = network;
	return {
		Name: network.name,
		Id: network.id,
		Created: rfc3339(network.createdAt),
		Scope: network.scope,
		Driver: allocated?.driver ?? '',
		EnableIPv4: true,
		EnableIPv6: network.ipv6,
		IPAM: {
			Driver: allocated ? network.ipamDriver || 'default' : '',
			Options: Object.keys(network.ipamOptions).length > 0 ? sorted(network.ipamOptions, same) : null,
			Config: allocated && allocated.ipam.length > 0 ? [...allocated.ipam] : null,
		},
		Internal: network.internal,
		Attachable: network.attachable,
		Ingress: network.ingress,
		ConfigFrom: {Network: ''},
		ConfigOnly: false,
		Containers: null,
		Options: allocated ? optionsOf(network) : null,
		Labels: Object.keys(network.labels).length > 0 ? sorted(network.labels, same) : null,
	};
}

/** Engines of before API 1.48 don't say that a network has IPv4. */
export function asEngineShows(network: Network, {minor}: Pick<Offer, 'minor'>): Network {
	if (minor >= 48) return network;
	const {EnableIPv4: _, ...shown} = network;
	return shown;
}

export function renderSwarmNetwork(network: NetworkObject): SwarmNetwork {
	const {allocated} = network;
	return {
		ID: network.id,
		...metaOf(network),
		Spec: specOf(network),
		DriverState: driverStateOf(network),
		...(allocated && !network.predefined
			? {IPAMOptions: {Driver: {Name: network.ipamDriver || 'default'}, Configs: [...allocated.ipam]}}
			: {IPAMOptions: {Driver: {}}}),
	};
}

function driverStateOf(network: NetworkObject): NonNullable<SwarmNetwork['DriverState']> {
	if (!network.allocated) return {};
	const Options = optionsOf(network);
	return {Name: network.allocated.driver, ...(Object.keys(Options).length > 0 ? {Options} : {})};
}

function specOf(network: NetworkObject): SwarmNetwork['Spec'] {
	return {
		Name: network.name,
		Labels: sorted(network.labels, same),
		DriverConfiguration: {
			...(network.driver ? {Name: network.driver} : {}),
			...(Object.keys(network.options).length > 0 ? {Options: sorted(network.options, same)} : {}),
		},
		...(network.ipv6 ? {IPv6Enabled: true} : {}),
		...(network.internal ? {Internal: true} : {}),
		...(network.attachable ? {Attachable: true} : {}),
		...(network.ingress ? {Ingress: true} : {}),
		...(network.predefined ? {} : {IPAMOptions: requestedIpamOf(network)}),
		Scope: network.scope,
	};
}

const requestedIpamOf = ({
	ipamDriver,
	requestedIpam,
}: NetworkObject): NonNullable<SwarmNetwork['Spec']['IPAMOptions']> => ({
	Driver: ipamDriver ? {Name: ipamDriver} : {},
	...(requestedIpam.length > 0 ? {Configs: [...requestedIpam]} : {}),
});
