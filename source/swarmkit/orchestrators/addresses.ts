import {isIPv4} from 'node:net';

/** IPv4 arithmetic and the pools that the allocator gives addresses and subnets from. */

type Subnet = {
	/** The network address as a 32-bit number. */
	readonly base: number;
	readonly prefix: number;
};

/** `10.0.1.0/24` as numbers; undefined for anything else, IPv6 included. */
export function parseSubnet(text: string): Subnet | undefined {
	const [address = '', bits] = text.split('/');
	const prefix = Number(bits);
	if (!isIPv4(address) || bits === undefined || !(prefix >= 0 && prefix <= 32)) return undefined;
	return {base: startOf(numberOf(address), prefix), prefix};
}

export const formatSubnet = ({base, prefix}: Subnet): string => `${formatAddress(base)}/${prefix}`;

export const formatAddress = (address: number): string =>
	[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

export const numberOf = (address: string): number =>
	address.split('.').reduce((number, part) => number * 256 + Number(part), 0);

const sizeOf = (prefix: number): number => 2 ** (32 - prefix);
const startOf = (address: number, prefix: number): number => address - (address % sizeOf(prefix));

const overlap = (a: Subnet, b: Subnet): boolean =>
	a.base < b.base + sizeOf(b.prefix) && b.base < a.base + sizeOf(a.prefix);

/** Addresses of one network, given one after the other; a freed one comes again only when all others have had their turn. */
export class AddressPool {
	readonly #subnet: Subnet;
	readonly #first: number;
	readonly #last: number;
	readonly #used = new Set<number>();
	#next: number;

	/** Gives from `range`, a part of the subnet, if there is one. */
	constructor(subnet: Subnet, {gateway, range}: {gateway: number; range?: Subnet | undefined}) {
		this.#subnet = subnet;
		const given = range ?? subnet;
		this.#first = Math.max(given.base, subnet.base + 1);
		// The last address of a subnet is its broadcast address.
		this.#last = Math.min(given.base + sizeOf(given.prefix) - 1, subnet.base + sizeOf(subnet.prefix) - 2);
		this.#next = this.#first;
		this.#used.add(gateway);
	}

	/** A free address with its prefix length, or undefined when all are taken. */
	take(): string | undefined {
		for (let tried = this.#first; tried <= this.#last; tried++) {
			const address = this.#next;
			this.#next = address >= this.#last ? this.#first : address + 1;
			if (this.#used.has(address)) continue;
			this.#used.add(address);
			return `${formatAddress(address)}/${this.#subnet.prefix}`;
		}
		return undefined;
	}

	/** Marks an address as taken; the next one given is a later one. */
	claim(address: string): void {
		const number = numberOf(address.split('/')[0] ?? '');
		this.#used.add(number);
		if (number >= this.#next && number < this.#last) this.#next = number + 1;
	}

	release(address: string): void {
		this.#used.delete(numberOf(address.split('/')[0] ?? ''));
	}
}

/** Subnets for networks that ask for none, one after the other from the cluster's pools. */
export class SubnetPool {
	readonly #pools: readonly Subnet[];
	readonly #prefix: number;
	readonly #used = new Map<string, Subnet>();
	#next = 0;

	constructor(pools: readonly string[], prefix: number) {
		this.#pools = pools.flatMap((pool) => parseSubnet(pool) ?? []);
		this.#prefix = prefix;
	}

	take(): Subnet | undefined {
		const counts = this.#pools.map((pool) => 2 ** Math.max(0, this.#prefix - pool.prefix));
		const total = counts.reduce((sum, count) => sum + count, 0);
		for (let tried = 0; tried < total; tried++) {
			const subnet = this.#at(this.#next % total, counts);
			this.#next++;
			if (!subnet || this.overlapsUsed(subnet)) continue;
			this.claim(subnet);
			return subnet;
		}
		return undefined;
	}

	claim(subnet: Subnet): void {
		this.#used.set(formatSubnet(subnet), subnet);
	}

	release(subnet: Subnet): void {
		this.#used.delete(formatSubnet(subnet));
	}

	#at(index: number, counts: readonly number[]): Subnet | undefined {
		let left = index;
		for (const [n, count] of counts.entries()) {
			const pool = this.#pools[n];
			if (pool && left < count) return {base: pool.base + left * sizeOf(this.#prefix), prefix: this.#prefix};
			left -= count;
		}
		return undefined;
	}

	/** Whether a network has it, or a part of it. */
	overlapsUsed(subnet: Subnet): boolean {
		return [...this.#used.values()].some((used) => overlap(used, subnet));
	}
}
