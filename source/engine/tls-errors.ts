import {X509Certificate} from 'node:crypto';
import type {Endpoint, EndpointOrigin, Transport} from '../connection/endpoint.ts';
import {type EngineError, engineError} from './error.ts';

type Verdict = {readonly words: string; readonly nextStep: (endpoint: Endpoint) => string};

const otherAuthority: Verdict = {
	words: 'its authority is not the one given',
	nextStep: ({origin, url, transport}) =>
		isContext(origin)
			? `Give the context its authority: ${contextUpdate(origin, url, certificatesOf(transport))}.`
			: 'Give its authority with --tlscacert, or as ca.pem in DOCKER_CERT_PATH.',
};

/** OpenSSL's verdicts on the engine's certificate, and what helps against each. */
const verdicts: Readonly<Record<string, Verdict>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: {
		words: 'it is signed by itself, not by the authority given',
		nextStep: otherAuthority.nextStep,
	},
	SELF_SIGNED_CERT_IN_CHAIN: otherAuthority,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: otherAuthority,
	UNABLE_TO_GET_ISSUER_CERT: otherAuthority,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: otherAuthority,
	CERT_SIGNATURE_FAILURE: {
		words: 'its signature is wrong',
		nextStep: (endpoint) => `Its authority may have been recreated. ${otherAuthority.nextStep(endpoint)}`,
	},
	CERT_HAS_EXPIRED: {
		words: 'it has expired',
		nextStep: () => 'Renew it on the host of the engine, and restart the engine; or compare the clocks.',
	},
	CERT_NOT_YET_VALID: {
		words: 'it is not valid yet',
		nextStep: () => 'Compare the clocks here and on the host of the engine.',
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		words: 'it is for another name',
		nextStep: ({origin, url, transport}) =>
			isContext(origin)
				? `Use a name that it is for: ${contextUpdate(origin, url.replace(/\/\/[^:/]+/, '//NAME'), certificatesOf(transport))}.`
				: 'Connect by a name that is in the certificate, or add this name to it.',
	},
};

/** The first byte of a TLS alert: what a TLS server answers to plain HTTP. */
const tlsAlert = 0x15;

type SocketFailure = Error & {
	readonly code?: string;
	readonly rawPacket?: Uint8Array;
	/** The engine's, where its names are what is wrong. */
	readonly cert?: {readonly subjectaltname?: string};
};

/** What went wrong between two parties of which one at least speaks TLS; undefined when it is no such matter. */
export function tlsProblem(cause: SocketFailure, endpoint: Endpoint): EngineError | undefined {
	const {code = '', message = '', rawPacket} = cause;
	const {url, origin} = endpoint;
	const verdict = verdicts[code];
	if (verdict) {
		const names = namesIn(cause.cert?.subjectaltname);
		const words = names === '' ? verdict.words : `${verdict.words} (${names})`;
		return engineError('tls-failed', `The certificate of ${url} is not trusted: ${words}.`, verdict.nextStep(endpoint));
	}
	if (code.startsWith('HPE_')) {
		return rawPacket?.[0] === tlsAlert ? tlsRequired(endpoint) : notHttp(endpoint);
	}
	if (/wrong version number|packet length too long|http request/i.test(message)) {
		const nextStep = isContext(origin)
			? `Recreate the context without certificates: docker context rm ${origin.name}, then docker context create ${origin.name} --docker host=${url}.`
			: 'Leave --tls, --tlsverify and DOCKER_TLS_VERIFY out.';
		return engineError('tls-failed', `${url} doesn't speak TLS.`, nextStep);
	}
	// Some servers hang up without a word: Node's own, and proxies made with it.
	const hungUp = code === 'ECONNRESET' || code === 'EPIPE' ? ownCertificateOutOfDate(endpoint) : undefined;
	if (hungUp) return hungUp;
	const refusal = refusedCertificate(message, endpoint);
	if (refusal) return refusal;
	if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_')) {
		const nextStep = isContext(origin)
			? `Check the context's certificates: docker context inspect ${origin.name} tells where they are.`
			: 'Check the certificates in DOCKER_CERT_PATH or given with --tlscacert, --tlscert and --tlskey.';
		return engineError('tls-failed', `TLS with ${url} failed: ${message}.`, nextStep);
	}
	return undefined;
}

/** The engine's verdict on our certificate, told by a TLS alert. */
function refusedCertificate(message: string, endpoint: Endpoint): EngineError | undefined {
	const [, alert] =
		/alert (certificate required|bad certificate|unknown ca|handshake failure|certificate unknown|certificate expired|certificate revoked|unsupported certificate)/i.exec(
			message,
		) ?? [];
	if (alert === undefined) return undefined;
	const {url, origin, transport} = endpoint;
	const hasOwn = transport.kind === 'tcp' && transport.tls?.cert !== undefined;
	const outOfDate = hasOwn ? ownCertificateOutOfDate(endpoint) : undefined;
	if (outOfDate) return outOfDate;
	const give = giveCertificate(origin, url);
	if (!hasOwn) return engineError('tls-failed', `${url} wants a client certificate, and none was given.`, give);
	const why = /expired/i.test(alert)
		? 'it has expired'
		: /unknown ca/i.test(alert)
			? 'it does not know its authority'
			: '';
	const sentence = `${url} does not accept our client certificate${why && `: ${why}`}.`;
	return engineError('tls-failed', sentence, /expired/i.test(alert) ? `Have it renewed. ${give}` : give);
}

/** The alert often doesn't say why, but our certificate does. */
function ownCertificateOutOfDate({url, origin, transport}: Endpoint): EngineError | undefined {
	const certificate = transport.kind === 'tcp' ? readCertificate(transport.tls?.cert) : undefined;
	if (!certificate) return undefined;
	const {validFrom, validTo} = certificate;
	const sentence = (why: string) => `${url} does not accept our client certificate: it ${why}.`;
	if (Date.parse(validTo) < Date.now()) {
		const nextStep = `Have it renewed. ${giveCertificate(origin, url)}`;
		return engineError('tls-failed', sentence(`has expired on ${dayOf(validTo)}`), nextStep);
	}
	if (Date.parse(validFrom) > Date.now()) {
		const nextStep = `Compare the clocks here and where it was made, or wait. ${giveCertificate(origin, url)}`;
		return engineError('tls-failed', sentence(`is not valid before ${dayOf(validFrom)}`), nextStep);
	}
	return undefined;
}

function readCertificate(pem: string | undefined): X509Certificate | undefined {
	if (pem === undefined) return undefined;
	try {
		return new X509Certificate(pem);
	} catch {
		// What is no certificate at all TLS has words of its own for.
		return undefined;
	}
}

const dayOf = (time: string): string => new Date(time).toISOString().slice(0, 10);

function giveCertificate(origin: EndpointOrigin, url: string): string {
	return isContext(origin)
		? `Give the context one that it knows: ${contextUpdate(origin, url, 'ca=ca.pem,cert=cert.pem,key=key.pem')}.`
		: 'Give one that it knows with --tlscert and --tlskey, or as cert.pem and key.pem in DOCKER_CERT_PATH.';
}

export function tlsRequired({url, origin}: Endpoint): EngineError {
	return engineError(
		'tls-required',
		`${url} wants TLS.`,
		isContext(origin)
			? `Give the context its certificates: ${contextUpdate(origin, url, 'ca=ca.pem,cert=cert.pem,key=key.pem')}.`
			: 'Add --tlsverify, with --tlscacert, --tlscert and --tlskey or DOCKER_CERT_PATH.',
	);
}

function notHttp({url}: Endpoint): EngineError {
	return engineError('bad-answer', `What listens at ${url} doesn't speak HTTP.`, "Is this the engine's port?");
}

type ContextOrigin = Extract<EndpointOrigin, {readonly kind: 'context'}>;

const isContext = (origin: EndpointOrigin): origin is ContextOrigin => origin.kind === 'context';

/** docker's context holds the certificates by itself: flags and variables have no part in it. */
function contextUpdate({name}: ContextOrigin, url: string, certificates: string): string {
	return `docker context update ${name} --docker host=${url},${certificates}`;
}

/** An update forgets the certificates that it does not name. */
function certificatesOf(transport: Transport): string {
	const hasOwn = transport.kind === 'tcp' && transport.tls?.cert !== undefined;
	return hasOwn ? 'ca=ca.pem,cert=cert.pem,key=key.pem' : 'ca=ca.pem';
}

/** `DNS:localhost, IP Address:127.0.0.1` as a list of names. */
function namesIn(alternatives: string | undefined): string {
	return (alternatives ?? '').replace(/\b(DNS|IP Address):/g, '');
}
