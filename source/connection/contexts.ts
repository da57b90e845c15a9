import {createHash} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import type {EndpointProblem, TlsMaterial} from './endpoint.ts';
import {readContextTls} from './tls.ts';

/**
 * The docker CLI's contexts, read from its configuration directory. Nothing here writes: docker's current context stays
 * what `docker context use` made it.
 */

/** The name that means "no context": DOCKER_HOST or the default socket. */
export const defaultContext = 'default';

type DockerContext = {
	/** As given to `--context`. */
	readonly name: string;
	readonly description: SafeText;
	/** As written in the context, not yet parsed; undefined for a context without a docker endpoint. */
	readonly host: string | undefined;
	readonly skipTlsVerify: boolean;
};

/** Contexts by name; those that can't be read are left out, as in `docker context ls`. */
export async function listContexts(configDirectory: string): Promise<DockerContext[]> {
	const root = path.join(configDirectory, 'contexts', 'meta');
	const ids = await readdir(root).catch(() => []);
	const metas = await Promise.all(ids.map((id) => readMeta(path.join(root, id, 'meta.json'))));
	return metas
		.filter((context) => context !== undefined)
		.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export async function readContext(
	configDirectory: string,
	name: string,
): Promise<Result<DockerContext, EndpointProblem>> {
	const file = path.join(configDirectory, 'contexts', 'meta', contextId(name), 'meta.json');
	const context = await readMeta(file);
	if (context) return ok(context);
	const known = (await listContexts(configDirectory)).map((each) => each.name);
	return failed({
		message: toSafeText(`There is no docker context "${name}".`),
		nextStep: toSafeText(
			known.length === 0 ? 'No context is defined here: docker context create.' : `Defined here: ${known.join(', ')}.`,
		),
	});
}

export function contextTls(configDirectory: string, context: DockerContext): Promise<TlsMaterial | undefined> {
	const directory = path.join(configDirectory, 'contexts', 'tls', contextId(context.name), 'docker');
	return readContextTls(directory, context.skipTlsVerify);
}

/** What `docker context use` chose, from config.json; undefined when nothing was. */
export async function currentContext(configDirectory: string): Promise<Result<string | undefined, EndpointProblem>> {
	const file = path.join(configDirectory, 'config.json');
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text === undefined) return ok(undefined);
	const config = parseObject(text);
	if (!config) {
		return failed({
			message: toSafeText(`${file} is not valid JSON, so docker's current context can't be read.`),
			nextStep: toSafeText('Fix the file, or name the engine with -H or --context.'),
		});
	}
	const name = config['currentContext'];
	return ok(typeof name === 'string' && name !== '' ? name : undefined);
}

/** A context's directory is the SHA-256 of its name (docker/cli cli/context/store/metadatastore.go). */
function contextId(name: string): string {
	return createHash('sha256').update(name).digest('hex');
}

async function readMeta(file: string): Promise<DockerContext | undefined> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	const meta = text === undefined ? undefined : parseObject(text);
	const name = meta?.['Name'];
	if (typeof name !== 'string') return undefined;
	const description = objectIn(meta, 'Metadata')?.['Description'];
	const endpoint = objectIn(objectIn(meta, 'Endpoints'), 'docker');
	const host = endpoint?.['Host'];
	return {
		name,
		description: toSafeText(typeof description === 'string' ? description : ''),
		host: typeof host === 'string' && host !== '' ? host : undefined,
		skipTlsVerify: endpoint?.['SkipTLSVerify'] === true,
	};
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject | undefined {
	try {
		return asObject(JSON.parse(text));
	} catch {
		return undefined;
	}
}

function objectIn(parent: JsonObject | undefined, key: string): JsonObject | undefined {
	return asObject(parent?.[key]);
}

function asObject(value: unknown): JsonObject | undefined {
	return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
}
