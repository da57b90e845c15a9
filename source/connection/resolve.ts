import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {failed, ok, type Result} from '../runtime/result.ts';
import {toSafeText} from '../text/safe-text.ts';
import {contextTls, currentContext, defaultContext, readContext} from './contexts.ts';
import type {ContextChoice, Endpoint, EndpointOrigin, EndpointProblem, TlsMaterial} from './endpoint.ts';
import {hostUrl, parseHost, rootfulSocket, withTls} from './parse-host.ts';
import {readTls, readTrust, type TlsSettings, wantsTls} from './tls.ts';

/** The connection flags, named as docker's; undefined is "not given". */
export type ConnectionFlags = {
	/** `-H`, `--host`. */
	readonly host?: string | undefined;
	readonly context?: string | undefined;
	readonly tls?: boolean | undefined;
	readonly tlsVerify?: boolean | undefined;
	readonly tlsCaCert?: string | undefined;
	readonly tlsCert?: string | undefined;
	readonly tlsKey?: string | undefined;
};

export type Environment = Readonly<Record<string, string | undefined>>;

export type Surroundings = {
	readonly environment: Environment;
	readonly homeDirectory: string;
	/** The rootful socket; a parameter for tests. */
	readonly defaultSocket?: string;
};

type Resolved = Result<Endpoint, EndpointProblem>;

/**
 * Decides which engine is meant, with the docker CLI's precedence: --host, --context, DOCKER_HOST, DOCKER_CONTEXT, the
 * current context, the default socket (docker/cli cli/command/cli.go, resolveContextName). Unlike docker, a rootless
 * socket is found without a context when there is no rootful one. Reads files, connects nowhere.
 */
export async function resolveEndpoint(flags: ConnectionFlags, surroundings: Surroundings): Promise<Resolved> {
	const {environment} = surroundings;
	if (flags.host !== undefined && flags.context !== undefined) {
		return failed({
			message: toSafeText('--host and --context both name an engine.'),
			nextStep: toSafeText('Give one of them.'),
		});
	}
	if (flags.host !== undefined) return fromHost(flags.host, {kind: 'flag'}, flags, surroundings);
	if (flags.context !== undefined) return fromContext(flags.context, 'flag', flags, surroundings);
	if (environment['DOCKER_HOST']) return fromDefaults(flags, surroundings);
	if (environment['DOCKER_CONTEXT']) {
		return fromContext(environment['DOCKER_CONTEXT'], 'environment', flags, surroundings);
	}
	const current = await currentContext(dockerConfigDirectory(surroundings));
	if (!current.ok) return current;
	if (current.value !== undefined) return fromContext(current.value, 'current', flags, surroundings);
	return fromDefaults(flags, surroundings);
}

/** This process's own environment and home. */
export function processSurroundings(): Surroundings {
	return {environment: process.env, homeDirectory: os.homedir()};
}

/** Where docker keeps config.json and contexts/: DOCKER_CONFIG, else ~/.docker. */
export function dockerConfigDirectory({environment, homeDirectory}: Surroundings): string {
	return environment['DOCKER_CONFIG'] || path.join(homeDirectory, '.docker');
}

/** DOCKER_HOST, else the first default socket there is. */
async function fromDefaults(flags: ConnectionFlags, surroundings: Surroundings): Promise<Resolved> {
	const host = surroundings.environment['DOCKER_HOST'];
	if (host) return fromHost(host, {kind: 'environment'}, flags, surroundings);
	const socket = await defaultSocket(surroundings);
	return ok({
		url: toSafeText(`unix://${socket}`),
		origin: {kind: 'default'},
		transport: {kind: 'unix', path: socket},
	});
}

async function fromContext(
	name: string,
	from: ContextChoice,
	flags: ConnectionFlags,
	surroundings: Surroundings,
): Promise<Resolved> {
	if (name === defaultContext) return fromDefaults(flags, surroundings);
	const configDirectory = dockerConfigDirectory(surroundings);
	const context = await readContext(configDirectory, name);
	if (!context.ok) return context;
	const origin: EndpointOrigin = {kind: 'context', name: toSafeText(name), from};
	if (context.value.host === undefined) {
		return failed({
			message: toSafeText(`The docker context "${name}" has no docker endpoint.`),
			nextStep: toSafeText(`Give it one: docker context update ${name} --docker host=ssh://user@host.`),
		});
	}
	return build(context.value.host, origin, async () => ok(await contextTls(configDirectory, context.value)));
}

function fromHost(host: string, origin: EndpointOrigin, flags: ConnectionFlags, surroundings: Surroundings) {
	const settings = tlsSettings(flags, surroundings);
	return build(host, origin, async (isHttps) => {
		if (wantsTls(settings)) return readTls(settings);
		return isHttps ? readTrust(settings) : ok(undefined);
	});
}

async function build(
	host: string,
	origin: EndpointOrigin,
	readMaterial: (isHttps: boolean) => Promise<Result<TlsMaterial | undefined, EndpointProblem>>,
): Promise<Resolved> {
	const parsed = parseHost(host);
	if (!parsed.ok) return failed({...parsed.error, message: toSafeText(`${parsed.error.message}${toldBy(origin)}`)});
	if (parsed.value.kind !== 'tcp') return ok({url: hostUrl(parsed.value), origin, transport: parsed.value});
	const tls = await readMaterial(parsed.value.isHttps);
	if (!tls.ok) return tls;
	const transport = withTls(parsed.value, tls.value ?? (parsed.value.isHttps ? systemTrust : undefined));
	return ok({url: hostUrl(parsed.value, transport.port), origin, transport});
}

/** https:// without certificates of its own trusts whom the system trusts. */
const systemTrust: TlsMaterial = {verify: true, ca: undefined, cert: undefined, key: undefined};

function toldBy(origin: EndpointOrigin): string {
	switch (origin.kind) {
		case 'flag':
		case 'default':
		case 'node':
			return '';
		case 'environment':
			return ' (DOCKER_HOST)';
		case 'context':
			return ` (docker context "${origin.name}")`;
		default:
			return origin satisfies never;
	}
}

function tlsSettings(flags: ConnectionFlags, surroundings: Surroundings): TlsSettings {
	const {environment} = surroundings;
	return {
		tls: flags.tls ?? (environment['DOCKER_TLS'] ? true : undefined),
		tlsVerify: flags.tlsVerify ?? (environment['DOCKER_TLS_VERIFY'] ? true : undefined),
		caFile: flags.tlsCaCert,
		certFile: flags.tlsCert,
		keyFile: flags.tlsKey,
		directory: environment['DOCKER_CERT_PATH'] || dockerConfigDirectory(surroundings),
		isDirectoryNamed: Boolean(environment['DOCKER_CERT_PATH']),
	};
}

/**
 * The rootful socket or the rootless one: the first that this user may open, else the first that exists, else the
 * rootful one, which then is what the error names.
 */
async function defaultSocket({environment, defaultSocket: rootful = rootfulSocket}: Surroundings): Promise<string> {
	const runtimeDirectory = environment['XDG_RUNTIME_DIR'];
	const candidates = runtimeDirectory ? [rootful, path.join(runtimeDirectory, 'docker.sock')] : [rootful];
	for (const mode of [constants.R_OK | constants.W_OK, constants.F_OK]) {
		for (const candidate of candidates) {
			if (await isAccessible(candidate, mode)) return candidate;
		}
	}
	return rootful;
}

function isAccessible(file: string, mode: number): Promise<boolean> {
	return access(file, mode).then(
		() => true,
		() => false,
	);
}
