import {BlockList, isIP} from 'node:net';
import type {IPAMConfig} from '../../../wire/network.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';

/** What is wrong with the address plans of a network that is to be made (moby daemon/network ValidateIPAM, API 1.51). */

/** One line for each thing wrong; none when all is well. */
export function subnetErrors(configs: readonly (Sent<IPAMConfig> | undefined)[]): string[] {
	return configs.flatMap((config) => errorsOf(config ?? {}).map((text) => text));
}

function errorsOf({Subnet: subnet = '', IPRange: range = '', Gateway: gateway = ''}: Sent<IPAMConfig>): string[] {
	const parsed = parseBlock(subnet);
	if (!parsed) return [`invalid subnet ${subnet}: invalid CIDR block notation`];
	const errors: string[] = [];
	if (!parsed.isCanonical) errors.push(`invalid subnet ${subnet}: it should be ${parsed.canonical}`);
	const within = range ? parseBlock(range) : undefined;
	if (range && !within) errors.push(`invalid ip-range ${range}: invalid CIDR block notation`);
	if (within && !within.isCanonical) errors.push(`invalid ip-range ${range}: it should be ${within.canonical}`);
	if (within && !parsed.contains(range)) {
		errors.push(`invalid ip-range ${range}: parent subnet ${subnet} doesn't contain ip-range`);
	}
	if (gateway && !isIP(gateway)) errors.push(`invalid gateway ${gateway}: invalid address`);
	else if (gateway && !parsed.contains(gateway)) {
		errors.push(`invalid gateway ${gateway}: parent subnet ${subnet} doesn't contain this address`);
	}
	return errors;
}

type Block = {
	readonly canonical: string;
	readonly isCanonical: boolean;
	/** Whether an address, or the first of a block, lies within. */
	readonly contains: (address: string) => boolean;
};

function parseBlock(text: string): Block | undefined {
	const [address = '', length = ''] = text.split('/');
	const family = isIP(address);
	if (!family || !/^\d{1,3}$/.test(length) || text.split('/').length !== 2) return undefined;
	const bits = Number(length);
	if (bits > (family === 4 ? 32 : 128)) return undefined;
	const block = new BlockList();
	block.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
	const contains = (other: string): boolean => {
		const [first = ''] = other.split('/');
		return isIP(first) === family && block.check(first, family === 4 ? 'ipv4' : 'ipv6');
	};
	// Host bits of IPv6 blocks are left to the person who wrote them.
	if (family === 6) return {canonical: text, isCanonical: true, contains};
	const value = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
	const size = 2 ** (32 - bits);
	const base = Math.floor(value / size) * size;
	const canonical = `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${bits}`;
	return {canonical, isCanonical: base === value, contains};
}
