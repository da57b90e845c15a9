import {failed, ok, type Result} from '../runtime/result.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import type {EndpointProblem, SshTransport, TlsMaterial, UnixTransport} from './endpoint.ts';

/** A host as the docker CLI writes it, taken apart; certificates are not its matter. */
type ParsedHost = UnixTransport | SshTransport | TcpHost;

type TcpHost = {
	readonly kind: 'tcp';
	readonly host: string;
	/** Undefined when none was written: the default depends on TLS. */
	readonly port: number | undefined;
	readonly basePath: string;
	/** `https://` asks for TLS by itself. */
	readonly isHttps: boolean;
};

export const rootfulSocket = '/var/run/docker.sock';

const forms = 'Write unix:///path/docker.sock, tcp://host:2376 or ssh://user@host.';

/**
 * Reads what `-H`, DOCKER_HOST or a context's Host holds: unix://, tcp://, http://, https://, ssh://, or a bare
 * `host:port`, which is tcp (docker/cli opts/hosts.go).
 */
export function parseHost(text: string): Result<ParsedHost, EndpointProblem> {
	const host = text.trim();
	if (host === '') return problem('The engine address is empty.', forms);
	if (host.startsWith('/')) return problem(`"${host}" is a path, not an engine address.`, `Write unix://${host}.`);
	const [, scheme, rest = ''] = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(.*)$/s.exec(host) ?? [];
	switch (scheme?.toLowerCase()) {
		case undefined:
			return parseTcp(host, `tcp://${host}`);
		case 'unix':
			return parseUnix(host, rest);
		case 'tcp':
		case 'http':
		case 'https':
			return parseTcp(host, host);
		case 'ssh':
			return parseSsh(host);
		case 'npipe':
			return problem('Named pipes (npipe://) exist on Windows only.', forms);
		default:
			return problem(`"${scheme}://" is not a way to a Docker engine.`, forms);
	}
}

/** The transport of a TCP host, once it is known whether TLS is spoken. Ports as docker's: 2375 plain, 2376 with TLS. */
export function withTls(host: TcpHost, tls: TlsMaterial | undefined) {
	const port = host.port ?? (host.isHttps ? 443 : tls ? 2376 : 2375);
	return {kind: 'tcp', host: host.host, port, basePath: host.basePath, tls} as const;
}

/** The address in the form in which it can be typed again. */
export function hostUrl(host: ParsedHost, port = host.kind === 'unix' ? undefined : host.port): SafeText {
	if (host.kind === 'unix') return toSafeText(`unix://${host.path}`);
	const name = host.host.includes(':') ? `[${host.host}]` : host.host;
	const at = `${name}${port === undefined ? '' : `:${port}`}`;
	if (host.kind === 'tcp') return toSafeText(`${host.isHttps ? 'https' : 'tcp'}://${at}${host.basePath}`);
	return toSafeText(`ssh://${host.user === undefined ? '' : `${host.user}@`}${at}${host.socketPath ?? ''}`);
}

function parseUnix(text: string, path: string): Result<ParsedHost, EndpointProblem> {
	if (path === '') return ok({kind: 'unix', path: rootfulSocket});
	if (!path.startsWith('/')) {
		return problem(`"${text}" is not a full path.`, `Write three slashes: unix:///${path}.`);
	}
	return ok({kind: 'unix', path});
}

/** URL.parse is younger than the oldest Node. */
const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

function parseTcp(text: string, address: string): Result<ParsedHost, EndpointProblem> {
	// A URL can't have a port without a host; docker reads `:2375` as this machine's.
	const url = parseUrl(address.replace('://:', '://localhost:'));
	if (url?.username !== '' || url.search !== '' || url.hash !== '') {
		return problem(`"${text}" is not an engine address.`, forms);
	}
	const schemeDefault = url.protocol === 'http:' ? 80 : undefined;
	return ok({
		kind: 'tcp',
		host: bareName(url) || 'localhost',
		port: portOf(url) ?? schemeDefault,
		basePath: url.pathname.replace(/\/+$/, ''),
		isHttps: url.protocol === 'https:',
	});
}

function parseSsh(text: string): Result<ParsedHost, EndpointProblem> {
	const url = parseUrl(text);
	if (!url || url.hostname === '') return problem(`"${text}" names no host.`, 'Write ssh://user@host.');
	if (url.password !== '') {
		return problem(
			'A password in an ssh address would be readable by everyone on this machine.',
			'Leave it out and use a key.',
		);
	}
	if (url.search !== '' || url.hash !== '')
		return problem(`"${text}" is not an ssh address.`, 'Write ssh://user@host.');
	return ok({
		kind: 'ssh',
		user: url.username === '' ? undefined : decoded(url.username),
		host: decoded(bareName(url)),
		port: portOf(url),
		socketPath: url.pathname === '' || url.pathname === '/' ? undefined : decoded(url.pathname),
	});
}

function bareName(url: URL): string {
	return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf(url: URL): number | undefined {
	return url.port === '' ? undefined : Number(url.port);
}

/** A stray % is not worth refusing an address for. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function problem(message: string, nextStep: string): {readonly ok: false; readonly error: EndpointProblem} {
	return failed({message: toSafeText(message), nextStep: toSafeText(nextStep)});
}
