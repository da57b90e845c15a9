import type {Sent} from '../../../wire/spec/go-types.ts';
import {goQuote} from '../go/parse.ts';
import {badRequest, notFound} from '../refusal.ts';
import type {NetworkBody} from '../shapes/network.ts';

/** What an engine looks at before it makes a network for itself or for the swarm. */

/**
 * From API 1.48 on a network can be asked to have no IPv4.
 * @throws Refused 400
 */
export function checkFamilies({EnableIPv4, EnableIPv6}: Sent<NetworkBody>, isForSwarm: boolean): void {
	if (EnableIPv4 !== false) return;
	if (isForSwarm) throw badRequest('IPv4 cannot be disabled in a Swarm scoped network');
	if (!EnableIPv6) throw badRequest('IPv4 or IPv6 must be enabled');
	throw badRequest('IPv4 can only be disabled if experimental features are enabled');
}

const drivers = ['bridge', 'macvlan', 'ipvlan', 'host', 'null', 'overlay'];

/** @throws Refused 404 for a driver that would be a plugin's: no simulated engine has any */
export function checkDriver(driver: string): void {
	if (!drivers.includes(driver)) throw notFound(`plugin ${goQuote(driver)} not found`);
}
