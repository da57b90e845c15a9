/** The addresses that managers are reached at. */

export const defaultPort = 2377;

export type Endpoint = {readonly host: string; readonly port: number};

/** `host:port`, with an IPv6 address in brackets. */
export const endpointText = ({host, port}: Endpoint): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Takes `host`, `host:port`, `[v6]:port` or `v6:port` apart; the port is 2377 when left out. */
export function parseEndpoint(text: string): Endpoint {
	const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
	return {host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? defaultPort : Number(port)};
}
