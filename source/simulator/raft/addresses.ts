import {isIP} from 'node:net';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {Refusal} from '../contract.ts';
import {invalid} from './refusals.ts';

/** The addresses in init and join requests (moby daemon/cluster/listen_addr.go, daemon/cluster/utils.go). */

export const defaultPort = 2377;

export type Endpoint = {readonly host: string; readonly port: number};

/** `host:port`, with an IPv6 address in brackets. */
export const endpointText = ({host, port}: Endpoint): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** `host`, `host:port`, `[v6]:port`; the port is 2377 when left out. Undefined for a text that is no address. */
export function parseEndpoint(text: string): Endpoint | undefined {
	const match = /^(?:tcp:\/\/)?(\[[^\]]+\]|[^:[\]/\s]+)(?::(\d{1,5}))?$/.exec(text.trim());
	if (!match?.[1]) return undefined;
	const port = match[2] === undefined ? defaultPort : Number(match[2]);
	return port > 65_535 ? undefined : {host: match[1].replace(/^\[|\]$/g, ''), port};
}

/** Why an address in a request can't be one, or undefined. */
export function checkAddress(text: string): string | undefined {
	if (text === '') return 'invalid empty address';
	return parseEndpoint(text) ? undefined : `invalid address ${text}`;
}

const notAnAddress = 'must be a non-zero IP address or network interface (with optional port number)';

/**
 * The address that others are to know the engine by: what was asked for, or the machine's own. An interface's name
 * stands for the machine's address.
 */
export function resolveAdvertised(asked: string, listen: string, own: string): Result<Endpoint, Refusal> {
	const port = parseEndpoint(listen)?.port ?? defaultPort;
	if (asked === '') return ok({host: own, port});
	const parsed = parseEndpoint(asked);
	const refused = failed(invalid(`advertise address ${notAnAddress}`));
	if (!parsed) return refused;
	const givenPort = /:\d+$/.test(asked) ? parsed.port : port;
	if (/^(eth|ens|enp|lo|bond)\d+/.test(parsed.host)) return ok({host: own, port: givenPort});
	if (isIP(parsed.host) === 0 || /^(0\.0\.0\.0|::)$/.test(parsed.host)) return refused;
	return ok({host: parsed.host, port: givenPort});
}
