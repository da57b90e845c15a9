import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {failed, ok, type Result} from '../runtime/result.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {EndpointProblem, TlsMaterial} from './endpoint.ts';

/** The TLS flags and variables of the docker CLI, as given: undefined is "not given". */
export type TlsSettings = {
	readonly tls: boolean | undefined;
	readonly tlsVerify: boolean | undefined;
	readonly caFile: string | undefined;
	readonly certFile: string | undefined;
	readonly keyFile: string | undefined;
	/** Where ca.pem, cert.pem and key.pem lie unless named: DOCKER_CERT_PATH, else the docker config directory. */
	readonly directory: string;
	/** By DOCKER_CERT_PATH. */
	readonly isDirectoryNamed: boolean;
};

/** `--tlsverify` given at all means TLS, even as `--tlsverify=false` (docker/cli cli/flags/options.go). */
export function wantsTls({tls, tlsVerify}: TlsSettings): boolean {
	return tls === true || tlsVerify !== undefined;
}

/**
 * Reads the certificates. Verification needs the CA; a client certificate is optional unless it was named.
 */
export async function readTls(settings: TlsSettings): Promise<Result<TlsMaterial, EndpointProblem>> {
	const {tlsVerify: verify = false} = settings;
	return readMaterial(settings, {verify, isAuthorityNeeded: verify, hasUsual: true});
}

/**
 * The certificates for `https://`, which means verified TLS without a flag that says so: what was named, and the system's
 * trust where no authority was.
 */
export async function readTrust(settings: TlsSettings): Promise<Result<TlsMaterial, EndpointProblem>> {
	return readMaterial(settings, {verify: true, isAuthorityNeeded: false, hasUsual: settings.isDirectoryNamed});
}

type Wanted = {
	readonly verify: boolean;
	readonly isAuthorityNeeded: boolean;
	/** Whether files that were not named are looked for under their usual names. */
	readonly hasUsual: boolean;
};

async function readMaterial(
	{directory, caFile, certFile, keyFile}: TlsSettings,
	{verify, isAuthorityNeeded, hasUsual}: Wanted,
): Promise<Result<TlsMaterial, EndpointProblem>> {
	const usual = (name: string): string | undefined => (hasUsual ? path.join(directory, name) : undefined);
	const [ca, cert, key] = await Promise.all([
		readPem(caFile, usual('ca.pem'), isAuthorityNeeded),
		readPem(certFile, usual('cert.pem'), false),
		readPem(keyFile, usual('key.pem'), false),
	]);
	if (!ca.ok) return ca;
	if (!cert.ok) return cert;
	if (!key.ok) return key;
	if ((cert.value === undefined) !== (key.value === undefined)) {
		const missing = cert.value === undefined ? 'certificate' : 'key';
		const other = cert.value === undefined ? 'key' : 'certificate';
		return failed({
			message: toSafeText(`There is a TLS client ${other}, but no ${missing} that belongs to it.`),
			nextStep: toSafeText('Give both --tlscert and --tlskey, or put cert.pem and key.pem into DOCKER_CERT_PATH.'),
		});
	}
	return ok({verify, ca: ca.value, cert: cert.value, key: key.value});
}

/** The certificates that a docker context keeps in `contexts/tls/ID/docker`; undefined when it has none. */
export async function readContextTls(directory: string, skipVerify: boolean): Promise<TlsMaterial | undefined> {
	const [ca, cert, key] = await Promise.all(
		['ca.pem', 'cert.pem', 'key.pem'].map((name) =>
			readFile(path.join(directory, name), 'utf8').catch(() => undefined),
		),
	);
	if (ca === undefined && cert === undefined && key === undefined && !skipVerify) return undefined;
	return {verify: !skipVerify, ca, cert, key};
}

async function readPem(
	named: string | undefined,
	usual: string | undefined,
	isNeeded: boolean,
): Promise<Result<string | undefined, EndpointProblem>> {
	const file = named ?? usual;
	if (file === undefined) return ok(undefined);
	try {
		return ok(await readFile(file, 'utf8'));
	} catch (cause) {
		const isAbsent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
		if (isAbsent && named === undefined && !isNeeded) return ok(undefined);
		return failed({
			message: toSafeText(
				isAbsent
					? `The TLS file ${file} doesn't exist.`
					: `The TLS file ${file} can't be read: ${(cause as Error).message}.`,
			),
			nextStep: toSafeText('Name it with --tlscacert, --tlscert and --tlskey, or its directory with DOCKER_CERT_PATH.'),
		});
	}
}
