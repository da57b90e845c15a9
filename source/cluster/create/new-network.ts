/** A new network as a person enters it: what is wrong with it, and what the engine is asked for. Pure. */
import {BlockList, isIP, isIPv4} from 'node:net';
import type {NetworkCreateRequest} from '../../engine/client.ts';
import {failed, ok} from '../../runtime/result.ts';
import {type Entries, isYes, listOf, textOf} from '../../text/entries.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {IPAMConfig} from '../../wire/network.ts';
import {isPredefined} from '../actions/references.ts';
import type {ClusterState} from '../model.ts';
import {nameProblem} from './checks.ts';
import {values, network as words} from './messages.ts';
import {fieldsOf, type Parse, parsePair} from './values.ts';

/** Those that every engine has; the first is the swarm's. */
export const networkDrivers = ['overlay', 'bridge', 'macvlan', 'ipvlan'] as const;

const ofSwarm = (entries: Entries): boolean => textOf(entries, 'driver') === 'overlay';

/** What of the fields means something with that driver. */
export const hasNetworkField = (id: string, entries: Entries): boolean =>
	(id !== 'attachable' && id !== 'encrypted') || ofSwarm(entries);

/** `10.20.0.0/24`, and behind commas gateway and range. */
export const parseSubnet: Parse<IPAMConfig> = (text) => {
	const [first = '', ...more] = text.split(',');
	const subnet = first.replace(/^subnet=/, '').trim();
	const config: IPAMConfig = {Subnet: subnet};
	const [address = '', length = '', ...rest] = subnet.split('/');
	const bits = isIPv4(address) ? 32 : 128;
	const isForm = isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= bits;
	if (!isForm) return failed(words.subnet(text));
	if (Number(length) > bits - 2) return failed(words.small);
	if (isIPv4(address)) {
		const base = networkOf(address, Number(length));
		if (base !== address) return failed(words.hostBits(address, `${base}/${length}`));
	}
	for (const [key, value] of more.length > 0 ? fieldsOf(more.join(',')) : []) {
		if (key === 'gateway') {
			if (isIP(value) === 0) return failed(words.gateway(value));
			if (!contains(subnet, value)) return failed(words.gatewayOutside(value));
			config.Gateway = value;
		} else if (key === 'ip-range' || key === 'range') {
			if (!/^[^/]+\/\d+$/.test(value) || !contains(subnet, value.split('/')[0] ?? ''))
				return failed(words.range(value));
			config.IPRange = value;
		} else return failed(words.field(key));
	}
	return ok(config);
};

/** The sentence that says what is wrong with one text of a field, or undefined. */
export function networkProblem(id: string, text: string, entries: Entries, state: ClusterState): SafeText | undefined {
	const {networks = []} = state.inventory;
	if (id === 'name') {
		if (isPredefined(text)) return words.predefined(text);
		return nameProblem(
			'network',
			text,
			networks.map(({Name}) => Name),
		);
	}
	if (text === '') return undefined;
	if (id === 'options' || id === 'labels') {
		const pair = parsePair(text);
		if (!pair.ok) return pair.error;
		const [key] = pair.value;
		const isTwice = listOf(entries, id).filter((each) => each.startsWith(`${key}=`)).length > 1;
		return isTwice ? values.twice(key) : undefined;
	}
	return id === 'subnets' ? subnetProblem(text, entries, state) : undefined;
}

/** Of overlapping ones the engine makes a network whose tasks never get an address. */
function subnetProblem(text: string, entries: Entries, {inventory}: ClusterState): SafeText | undefined {
	const parsed = parseSubnet(text);
	if (!parsed.ok) return parsed.error;
	const {Subnet: subnet = ''} = parsed.value;
	const others = listOf(entries, 'subnets').flatMap((each) => {
		const other = parseSubnet(each);
		return other.ok ? [other.value.Subnet ?? ''] : [];
	});
	if (others.filter((other) => overlaps(subnet, other)).length > 1) return words.overlapHere(subnet);
	if (!ofSwarm(entries)) return undefined;
	for (const {Name, Scope, IPAM} of inventory.networks ?? []) {
		const taken = (IPAM.Config ?? []).find(({Subnet}) => Subnet !== undefined && overlaps(subnet, Subnet));
		if (Scope === 'swarm' && taken?.Subnet) return words.overlap(subnet, taken.Subnet, toSafeText(Name));
	}
	return undefined;
}

/** What the engine is asked for. */
export function networkRequest(entries: Entries): NetworkCreateRequest {
	const driver = textOf(entries, 'driver');
	const subnets = listOf(entries, 'subnets').flatMap((text) => {
		const parsed = parseSubnet(text);
		return parsed.ok ? [parsed.value] : [];
	});
	const options = {
		...pairsOf(entries, 'options'),
		...(isYes(entries, 'encrypted') && ofSwarm(entries) && {encrypted: ''}),
	};
	return {
		Name: textOf(entries, 'name'),
		Driver: driver,
		...(isYes(entries, 'attachable') && ofSwarm(entries) && {Attachable: true}),
		...(isYes(entries, 'internal') && {Internal: true}),
		...(isYes(entries, 'ipv6') && {EnableIPv6: true}),
		...(subnets.length > 0 && {IPAM: {Driver: 'default', Config: subnets}}),
		...(Object.keys(options).length > 0 && {Options: options}),
		Labels: pairsOf(entries, 'labels'),
	};
}

/** The keys and values of a list of `key=value`. */
export const pairsOf = (entries: Entries, id: string): Record<string, string> =>
	Object.fromEntries(
		listOf(entries, id).flatMap((text) => {
			const pair = parsePair(text);
			return pair.ok ? [pair.value] : [];
		}),
	);

function networkOf(address: string, length: number): string {
	const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
	const base = number - (number % 2 ** (32 - length));
	return [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.');
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

function contains(subnet: string, address: string): boolean {
	const [base = '', length = ''] = subnet.split('/');
	if (isIP(address) === 0 || family(base) !== family(address)) return false;
	const list = new BlockList();
	list.addSubnet(base, Number(length), family(base));
	return list.check(address, family(address));
}

/** Of two subnets that meet, one holds the first address of the other. */
const overlaps = (a: string, b: string): boolean =>
	isIP(b.split('/')[0] ?? '') !== 0 && (contains(a, b.split('/')[0] ?? '') || contains(b, a.split('/')[0] ?? ''));
