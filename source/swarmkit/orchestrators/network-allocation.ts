import type {IPAMConfig} from '../../wire/network.ts';
import type {ClusterObject, NetworkObject} from '../state/objects.ts';
import {AddressPool, formatAddress, formatSubnet, numberOf, parseSubnet, SubnetPool} from './addresses.ts';

/**
 * Which subnet and VXLAN each overlay network has, and which of its addresses are taken (moby libnetwork/cnmallocator).
 */

const firstVxlanId = 4096;
const vxlanOption = 'com.docker.network.driver.overlay.vxlanid_list';

type Allocated = NonNullable<NetworkObject['allocated']>;

export class NetworkAllocation {
	readonly #subnets: SubnetPool;
	readonly #addresses = new Map<string, AddressPool>();
	readonly #vxlanIds = new Set<number>();
	#nextVxlanId = firstVxlanId;

	constructor(cluster: ClusterObject | undefined) {
		this.#subnets = new SubnetPool(cluster?.addressPools ?? ['10.0.0.0/8'], cluster?.subnetSize || 24);
	}

	/** Takes over what a network was given before. */
	restore(network: NetworkObject, allocated: Allocated): void {
		if (allocated.vxlanId > 0) this.#takeVxlanId(allocated.vxlanId);
		for (const config of allocated.ipam) {
			const subnet = parseSubnet(config.Subnet ?? '');
			if (!subnet) continue;
			this.#subnets.claim(subnet);
			const gateway = numberOf(config.Gateway ?? formatAddress(subnet.base + 1));
			const pool = new AddressPool(subnet, {gateway, range: parseSubnet(config.IPRange ?? '')});
			for (const address of Object.values(config.AuxiliaryAddresses ?? {})) pool.claim(address);
			// A network gives addresses from its first subnet.
			if (!this.#addresses.has(network.id)) this.#addresses.set(network.id, pool);
		}
	}

	/** What a new network gets; undefined when the pools are empty or the wish can't be met. Only overlays have addresses that are given here. */
	allocate(network: NetworkObject): Allocated | undefined {
		const driver = network.driver || 'overlay';
		if (network.predefined || driver !== 'overlay') return {driver, vxlanId: 0, ipam: network.requestedIpam};
		const ipam = this.#ipam(network.requestedIpam);
		if (!ipam) return undefined;
		const allocated = {driver, vxlanId: this.#vxlanId(network), ipam};
		this.restore(network, allocated);
		return allocated;
	}

	release(network: NetworkObject): void {
		this.#addresses.delete(network.id);
		if (!network.allocated) return;
		this.#vxlanIds.delete(network.allocated.vxlanId);
		for (const config of network.allocated.ipam) {
			const subnet = parseSubnet(config.Subnet ?? '');
			if (subnet) this.#subnets.release(subnet);
		}
	}

	/** The pool of a network's addresses; undefined for those whose nodes give their own, as the host's network does. */
	addresses(networkId: string): AddressPool | undefined {
		return this.#addresses.get(networkId);
	}

	#ipam(requested: readonly IPAMConfig[]): IPAMConfig[] | undefined {
		const wanted = requested.flatMap((config) => parseSubnet(config.Subnet ?? '') ?? []);
		// A network that overlaps another is accepted, and never gets what it asks for.
		if (wanted.some((subnet) => this.#subnets.overlapsUsed(subnet))) return undefined;
		if (requested.some((config) => config.Subnet)) return requested.map(withGateway);
		const subnet = this.#subnets.take();
		return subnet && [withGateway({Subnet: formatSubnet(subnet)})];
	}

	#vxlanId(network: NetworkObject): number {
		const asked = Number(network.options[vxlanOption]);
		if (asked > 0) return asked;
		while (this.#vxlanIds.has(this.#nextVxlanId)) this.#nextVxlanId++;
		return this.#nextVxlanId;
	}

	#takeVxlanId(id: number): void {
		this.#vxlanIds.add(id);
		if (id === this.#nextVxlanId) this.#nextVxlanId++;
	}
}

function withGateway(config: IPAMConfig): IPAMConfig {
	const subnet = parseSubnet(config.Subnet ?? '');
	if (!subnet || config.Gateway) return config;
	return {...config, Gateway: formatAddress(subnet.base + 1)};
}
