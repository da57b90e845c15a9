import type {Container} from '../../contract.ts';
import type {Call} from '../call.ts';
import {bridgeAddress, endpointId, macOf, ownNetworkId} from '../networks/local.ts';

/** The networks that a container is on, by name, as its owner's NetworkSettings show them. */

type EndpointSettings = Readonly<Record<string, unknown>>;

/** @param wantsNames also the names that the embedded DNS has for it, which lists leave out */
export function networksOf(call: Call, container: Container, {wantsNames}: {wantsNames: boolean}) {
	const names = wantsNames ? dnsNames(container) : null;
	const attachments = container.task?.attachments ?? [];
	const known = new Map(call.host.membership.networks().map((network) => [network.id, network.name]));
	const settings = attachments.flatMap(({networkId, addresses}): [string, EndpointSettings][] => {
		const [address] = addresses;
		if (!address) return [];
		const name = known.get(networkId) ?? networkId;
		const endpoint = endpointId(call, `${networkId}/${container.id}`);
		return [[name, endpointSettings(call, {networkId, endpoint, address, gateway: '', names, isAssigned: true})]];
	});
	if (settings.length > 0) return Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
	return {bridge: bridgeSettings(call, container)};
}

/** A container that doesn't run has no address. */
function bridgeSettings(call: Call, container: Container): EndpointSettings {
	const isUp = container.state === 'running';
	return endpointSettings(call, {
		networkId: ownNetworkId(call, 'bridge'),
		endpoint: isUp ? endpointId(call, container.id) : '',
		address: isUp ? bridgeAddress(call, container) : '',
		gateway: isUp ? '172.17.0.1' : '',
		names: null,
		isAssigned: false,
	});
}

type Parts = {
	readonly networkId: string;
	readonly endpoint: string;
	/** With its prefix length; '' while there is none. */
	readonly address: string;
	readonly gateway: string;
	readonly names: readonly string[] | null;
	/** The swarm chose the address. */
	readonly isAssigned: boolean;
};

function endpointSettings({offer}: Call, parts: Parts): EndpointSettings {
	const {networkId, endpoint, address, gateway, names, isAssigned} = parts;
	const [ip = '', length = '0'] = address.split('/');
	const isNewer = offer.minor >= 48;
	return {
		IPAMConfig: isAssigned ? {IPv4Address: ip} : null,
		Links: null,
		Aliases: null,
		MacAddress: ip ? macOf(ip) : '',
		...(isNewer ? {DriverOpts: null, GwPriority: 0} : {}),
		NetworkID: networkId,
		EndpointID: endpoint,
		Gateway: gateway,
		IPAddress: ip,
		IPPrefixLen: Number(length),
		IPv6Gateway: '',
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		...(isNewer ? {} : {DriverOpts: null}),
		DNSNames: names,
	};
}

function dnsNames({name, id, hostname}: Container): string[] {
	const short = id.slice(0, 12);
	return hostname === short ? [name, short] : [name, short, hostname];
}
