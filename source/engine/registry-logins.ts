import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import {parseImage} from './registry-reference.ts';

/**
 * The logins that `docker login` has left: read where docker reads them, sent as docker sends them. A login is only ever a
 * header of one request; nothing else holds it, prints it or writes it down.
 */

/** What is sent along with a request that makes a registry be asked. */
export type RegistryLogin = {
	/** The value of X-Registry-Auth; undefined where there is no login for that registry. */
	readonly header: string | undefined;
	/** Why a login that there may be could not be had. */
	readonly problem?: SafeText;
};

export type RegistryLogins = {
	/** Of the registry that the image comes from. */
	readonly of: (image: string) => Promise<RegistryLogin>;
};

/** For whoever sends no login. */
export const noLogins: RegistryLogins = {of: async () => ({header: undefined})};

type Login = {
	readonly username?: string | undefined;
	readonly password?: string | undefined;
	readonly serveraddress?: string | undefined;
	readonly identitytoken?: string | undefined;
	readonly registrytoken?: string | undefined;
};

type LoginsOptions = {
	/** DOCKER_CONFIG, or ~/.docker. */
	readonly directory: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Asks `docker-credential-NAME get` for a server. Rejects when that can't be run or fails with other than "not found". */
	readonly askHelper?: (name: string, server: string) => Promise<string>;
};

/** docker hub's logins are kept under this name, whatever it is called by. */
const hubKey = 'https://index.docker.io/v1/';
/** A header that says: nobody is logged in. docker sends it where it was told to send a login and has none. */
export const emptyLogin = encoded({});

/** Reads the files anew with each question: who logs in meanwhile need not start swarmtop again. */
export function createRegistryLogins({directory, environment, askHelper}: LoginsOptions): RegistryLogins {
	const ask = askHelper ?? ((name, server) => runHelper(name, server, environment));
	return {
		async of(image) {
			const reference = parseImage(image);
			if (!reference) return {header: undefined};
			const server = reference.domain === 'docker.io' ? hubKey : reference.domain;
			const config = await readConfig(path.join(directory, 'config.json'));
			if ('problem' in config) return {header: undefined, problem: config.problem};
			const fromEnvironment = environmentLogin(environment['DOCKER_AUTH_CONFIG'], server);
			if (fromEnvironment) return {header: encoded(fromEnvironment)};
			return storedLogin(config, server, ask);
		},
	};
}

async function storedLogin(
	config: ConfigFile,
	server: string,
	ask: (name: string, server: string) => Promise<string>,
): Promise<RegistryLogin> {
	const inFile = loginIn(config.auths, server);
	const helper = config.credHelpers[server] ?? config.credsStore;
	if (!helper) return {header: inFile && encoded(inFile)};
	if (!/^[\w.-]+$/.test(helper))
		return {
			header: undefined,
			problem: toSafeText('The credential helper in the docker configuration has no usable name.'),
		};
	let answer: unknown;
	try {
		answer = JSON.parse(await ask(helper, server));
	} catch (cause) {
		if (cause instanceof NotFoundError) return {header: inFile && encoded(inFile)};
		// What a helper prints may be a secret: only that it failed is told.
		const problem = safe`docker-credential-${toSafeText(helper)} gave no login for ${toSafeText(server)}: try it in a shell, with "get".`;
		return {header: inFile && encoded(inFile), problem};
	}
	const username = textOf(answer, 'Username');
	const secret = textOf(answer, 'Secret');
	const isToken = username === '<token>';
	const login = {
		registrytoken: inFile?.registrytoken,
		serveraddress: server,
		...(isToken ? {identitytoken: secret} : {username, password: secret}),
	};
	return {header: encoded(login)};
}

type ConfigFile = {
	readonly auths: Readonly<Record<string, unknown>>;
	readonly credHelpers: Readonly<Record<string, string>>;
	readonly credsStore: string | undefined;
};

const emptyConfig: ConfigFile = {auths: {}, credHelpers: {}, credsStore: undefined};

async function readConfig(file: string): Promise<ConfigFile | {readonly problem: SafeText}> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (cause) {
		const {code = ''} = cause as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return emptyConfig;
		return {problem: safe`No login could be read from ${toSafeText(file)}: ${toSafeText(code)}.`};
	}
	if (text.trim() === '') return emptyConfig;
	try {
		const {auths, credHelpers, credsStore} = JSON.parse(text) as Record<string, unknown>;
		const helpers = Object.entries(recordOf(credHelpers)).filter(
			(entry): entry is [string, string] => typeof entry[1] === 'string',
		);
		return {
			auths: recordOf(auths),
			credHelpers: Object.fromEntries(helpers),
			credsStore: typeof credsStore === 'string' ? credsStore : undefined,
		};
	} catch {
		return {problem: safe`No login could be read from ${toSafeText(file)}: it is not JSON.`};
	}
}

function environmentLogin(text: string | undefined, server: string): Login | undefined {
	if (!text) return undefined;
	try {
		return loginIn(recordOf((JSON.parse(text) as Record<string, unknown>)['auths']), server);
	} catch {
		return undefined;
	}
}

/** By the very name, else by an address that older dockers wrote: with a scheme and a path. */
function loginIn(auths: Readonly<Record<string, unknown>>, server: string): Login | undefined {
	const key = Object.hasOwn(auths, server) ? server : Object.keys(auths).find((each) => hostOf(each) === server);
	if (key === undefined) return undefined;
	const entry = auths[key];
	const auth = textOf(entry, 'auth');
	const decoded = auth ? Buffer.from(auth, 'base64').toString('utf8') : '';
	const colon = decoded.indexOf(':');
	return {
		username: colon > 0 ? decoded.slice(0, colon) : textOf(entry, 'username'),
		password: colon > 0 ? decoded.slice(colon + 1).replace(/^\0+|\0+$/g, '') : textOf(entry, 'password'),
		serveraddress: key,
		identitytoken: textOf(entry, 'identitytoken'),
		registrytoken: textOf(entry, 'registrytoken'),
	};
}

const hostOf = (address: string): string => address.replace(/^https?:\/\//, '').split('/')[0] ?? '';

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function textOf(value: unknown, key: string): string | undefined {
	const text = recordOf(value)[key];
	return typeof text === 'string' && text !== '' ? text : undefined;
}

/**
 * Byte for byte what docker makes of it (Go's JSON in base64url, in the order of its fields): the engine keeps it in the
 * service's spec, and another spelling would replace every task.
 */
function encoded({username, password, serveraddress, identitytoken, registrytoken}: Login): string {
	const fields = {username, password, serveraddress, identitytoken, registrytoken};
	const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
	const json = JSON.stringify(filled).replace(
		/[<>&\u2028\u2029]/g,
		(sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	const base64 = Buffer.from(json).toString('base64');
	return base64.replaceAll('+', '-').replaceAll('/', '_');
}

class NotFoundError extends Error {}

/** The words with which helpers say that they know of no login (docker-credential-helpers). */
const notFoundWords = /credentials not found|no credentials (?:server URL|username)/i;
const helperTimeoutMs = 30_000;

function runHelper(
	name: string,
	server: string,
	environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const options = {env: {...environment}, timeout: helperTimeoutMs, maxBuffer: 1024 * 1024};
		const child = execFile(`docker-credential-${name}`, ['get'], options, (error, stdout) => {
			if (!error) resolve(stdout);
			else reject(notFoundWords.test(stdout) ? new NotFoundError() : error);
		});
		// A helper that is missing, or that does not read, says so by its end.
		child.stdin?.on('error', () => undefined);
		child.stdin?.end(server);
	});
}
