import type {Endpoint} from '../connection/endpoint.ts';
import {type EngineError, engineError} from './error.ts';

/** OpenSSL's verdicts on the engine's certificate. */
const verdicts: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not the one given',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not the one given',
	UNABLE_TO_GET_ISSUER_CERT: 'its authority is not the one given',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not the one given',
	CERT_SIGNATURE_FAILURE: 'its signature is wrong',
	CERT_HAS_EXPIRED: 'it has expired',
	CERT_NOT_YET_VALID: 'it is not valid yet: compare the clocks',
	ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

/** The first byte of a TLS alert: what a TLS server answers to plain HTTP. */
const tlsAlert = 0x15;

type SocketFailure = Error & {readonly code?: string; readonly rawPacket?: Uint8Array};

/** What went wrong between two parties of which one at least speaks TLS; undefined when it is no such matter. */
export function tlsProblem(cause: SocketFailure, endpoint: Endpoint): EngineError | undefined {
	const {code = '', message = '', rawPacket} = cause;
	const {url} = endpoint;
	const verdict = verdicts[code];
	if (verdict !== undefined) {
		return engineError(
			'tls-failed',
			`The certificate of ${url} is not trusted: ${verdict}.`,
			'Give the right authority with --tlscacert, or DOCKER_CERT_PATH.',
		);
	}
	if (code.startsWith('HPE_')) {
		return rawPacket?.[0] === tlsAlert ? tlsRequired(endpoint) : notHttp(endpoint);
	}
	if (/wrong version number|packet length too long|http request/i.test(message)) {
		return engineError(
			'tls-failed',
			`${url} doesn't speak TLS.`,
			'Leave --tls, --tlsverify and DOCKER_TLS_VERIFY out.',
		);
	}
	if (/alert (certificate required|bad certificate|unknown ca|handshake failure|certificate unknown)/i.test(message)) {
		return engineError(
			'tls-failed',
			`${url} does not accept our client certificate.`,
			'Give the one it knows with --tlscert and --tlskey, or DOCKER_CERT_PATH.',
		);
	}
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_')) {
		return engineError(
			'tls-failed',
			`TLS with ${url} failed: ${message}.`,
			'Check the certificates in DOCKER_CERT_PATH or given with --tlscacert, --tlscert and --tlskey.',
		);
	}
	return undefined;
}

export function tlsRequired({url}: Endpoint): EngineError {
	return engineError(
		'tls-required',
		`${url} wants TLS.`,
		'Add --tlsverify, with --tlscacert, --tlscert and --tlskey or DOCKER_CERT_PATH.',
	);
}

function notHttp({url}: Endpoint): EngineError {
	return engineError('bad-answer', `What listens at ${url} doesn't speak HTTP.`, "Is this the engine's port?");
}
