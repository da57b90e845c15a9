import {createECDH, createHash} from 'node:crypto';
import type {Seeded} from '../../swarmkit/random.ts';
import type {TLSInfo} from '../../wire/node.ts';

/**
 * The swarm's root certificate: a real self-signed X.509 certificate on P-256, so that whoever parses what /swarm and
 * /nodes show finds one. Key and signature come from the seed, so the same seed gives the same join tokens.
 */

const groupOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const year = 365.25 * 24 * 3600 * 1000;

/** The PEM text of a certificate for `CN=swarm-ca`, valid for 20 years from an hour before `now` (ms). */
export function createRootCertificate(seeded: Seeded, context: string, now: number): string {
	const key = scalar(seeded, `${context}/key`);
	const unsigned = toBeSigned(publicPoint(key), scalar(seeded, `${context}/serial`), now);
	const certificate = sequence(unsigned, ecdsaWithSha256, bitString(sign(unsigned, key, scalar(seeded, context))));
	const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** What node descriptions and /swarm carry about the root certificate: names and keys in base 64 of their DER. */
export function tlsInfoOf(rootCertificate: string): TLSInfo {
	const der = Buffer.from(rootCertificate.replace(/-----[A-Z ]+-----|\n/g, ''), 'base64');
	const keyStart = der.indexOf(keyPrefix);
	return {
		TrustRoot: rootCertificate,
		CertIssuerSubject: subject.toString('base64'),
		CertIssuerPublicKey: der.subarray(keyStart, keyStart + keyPrefix.length + 65).toString('base64'),
	};
}

/** The SHA-256 of the certificate in hexadecimal: what a join token commits to (swarmkit ca/config.go). */
export const fingerprint = (rootCertificate: string): string =>
	createHash('sha256').update(rootCertificate).digest('hex');

const scalar = (seeded: Seeded, context: string): bigint =>
	(BigInt(`0x${seeded.hex64(context)}`) % (groupOrder - 1n)) + 1n;

function publicPoint(key: bigint): Buffer {
	const curve = createECDH('prime256v1');
	curve.setPrivateKey(bytes32(key));
	return curve.getPublicKey();
}

/** ECDSA with the nonce given: r is the x coordinate of nonce·G, s = (hash + r·key) / nonce. */
function sign(message: Buffer, key: bigint, nonce: bigint): Buffer {
	const hash = toBigInt(createHash('sha256').update(message).digest());
	const r = toBigInt(publicPoint(nonce).subarray(1, 33)) % groupOrder;
	const s = (inverse(nonce) * ((hash + r * key) % groupOrder)) % groupOrder;
	return sequence(integer(r), integer(s));
}

/** Fermat: a^(n-2) is the inverse of a modulo the prime n. */
function inverse(value: bigint): bigint {
	let result = 1n;
	let base = value % groupOrder;
	for (let exponent = groupOrder - 2n; exponent > 0n; exponent >>= 1n) {
		if (exponent & 1n) result = (result * base) % groupOrder;
		base = (base * base) % groupOrder;
	}
	return result;
}

// ---- DER (X.690)

function encode(tag: number, ...contents: Buffer[]): Buffer {
	const content = Buffer.concat(contents);
	const length = content.length;
	const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const bytes32 = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const toBigInt = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const sequence = (...items: Buffer[]): Buffer => encode(0x30, ...items);
const bitString = (content: Buffer): Buffer => encode(0x03, Buffer.from([0]), content);
const time = (ms: number): Buffer =>
	encode(
		0x17,
		Buffer.from(
			`${new Date(ms)
				.toISOString()
				.replace(/^..|[-:T]|\..*/g, '')
				.slice(0, 12)}Z`,
		),
	);

function integer(value: bigint): Buffer {
	const hex = value.toString(16);
	const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
	return encode(0x02, (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(hex('06082a8648ce3d040302'));
/** CN=swarm-ca */
const subject = sequence(encode(0x31, sequence(hex('0603550403'), encode(0x13, Buffer.from('swarm-ca')))));
/** The head of a SubjectPublicKeyInfo for an uncompressed point on prime256v1. */
const keyPrefix = hex('3059301306072a8648ce3d020106082a8648ce3d030107034200');
/** Critical: key usage certificate and CRL signing; basic constraints CA. */
const extensions = encode(
	0xa3,
	sequence(
		sequence(hex('0603551d0f'), hex('0101ff'), encode(0x04, hex('03020106'))),
		sequence(hex('0603551d13'), hex('0101ff'), encode(0x04, hex('30030101ff'))),
	),
);

function toBeSigned(point: Buffer, serial: bigint, now: number): Buffer {
	const version3 = hex('a003020102');
	const from = now - 3600 * 1000;
	const validity = sequence(time(from), time(from + 20 * year));
	const key = Buffer.concat([keyPrefix, point]);
	return sequence(version3, integer(serial >> 97n), ecdsaWithSha256, subject, validity, subject, key, extensions);
}
