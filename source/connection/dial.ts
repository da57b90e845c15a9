import net from 'node:net';
import type {Duplex} from 'node:stream';
import tls from 'node:tls';
import type {TcpTransport, Transport} from './endpoint.ts';
import {SshConnection} from './ssh.ts';

/** After this long without traffic the system asks a silent TCP peer whether it is still there. */
const keepAliveProbeMs = 15_000;

/**
 * Opens one connection to an engine. It is usable at once: what is written waits until it stands, and a failure arrives
 * as its `error` event. Throws only for certificates that are not valid PEM.
 */
export function dial(transport: Transport): Duplex {
	switch (transport.kind) {
		case 'unix':
			return net.connect({path: transport.path});
		case 'tcp':
			return transport.tls ? dialTls(transport, transport.tls) : dialTcp(transport);
		case 'ssh':
			return new SshConnection(transport);
		default:
			return transport satisfies never;
	}
}

function dialTcp({host, port}: TcpTransport): net.Socket {
	return net.connect({host, port, keepAlive: true, keepAliveInitialDelay: keepAliveProbeMs});
}

function dialTls({host, port}: TcpTransport, {verify, ca, cert, key}: NonNullable<TcpTransport['tls']>): tls.TLSSocket {
	const socket = tls.connect({
		host,
		port,
		// An address is no server name (RFC 6066); the certificate is checked against it all the same.
		...(net.isIP(host) === 0 && {servername: host}),
		rejectUnauthorized: verify,
		...(ca !== undefined && {ca}),
		...(cert !== undefined && {cert}),
		...(key !== undefined && {key}),
		ALPNProtocols: ['http/1.1'],
	});
	socket.setKeepAlive(true, keepAliveProbeMs);
	return socket;
}
