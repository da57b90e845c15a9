import {base36, type Seeded} from '../../swarmkit/random.ts';
import {fingerprint} from './root-certificate.ts';

/**
 * Join tokens and the key that unlocks managers, in the forms that people copy around: `SWMTKN-1-` with the fingerprint
 * of the root certificate (50 digits of base 36) and a secret (25), and `SWMKEY-1-` with 32 bytes in base 64.
 */

export type JoinToken = {
	/** The fingerprint of the root certificate that the token vouches for, in base 36. */
	readonly digest: string;
	readonly secret: string;
};

/** A new token for the swarm with that root certificate; each call gives another one (swarmkit ca/config.go). */
export function newJoinToken(seeded: Seeded, rootCertificate: string): string {
	const digest = digestOf(rootCertificate);
	return `SWMTKN-1-${digest}-${seeded.id('token', digest)}`;
}

/** What a token says, or undefined for a text that is none. */
export function parseJoinToken(text: string): JoinToken | undefined {
	const match = /^SWMTKN-1-([0-9a-z]{50})-([0-9a-z]{25})$/.exec(text);
	return match?.[1] && match[2] ? {digest: match[1], secret: match[2]} : undefined;
}

/** The fingerprint of a root certificate as tokens carry it. */
export const digestOf = (rootCertificate: string): string =>
	BigInt(`0x${fingerprint(rootCertificate)}`)
		.toString(36)
		.padStart(50, '0');

/** The fingerprint in a token, in hexadecimal as messages show it. */
export function hexDigest(token: JoinToken): string {
	let value = 0n;
	for (const digit of token.digest) value = value * 36n + BigInt(base36.indexOf(digit));
	return value.toString(16).padStart(64, '0');
}

/** A new unlock key; each call gives another one (swarmkit manager/encryption). */
export function newUnlockKey(seeded: Seeded): string {
	const bytes = Buffer.from(seeded.text(64, seeded.id('unlock-key', 'swarm'), '0123456789abcdef'), 'hex');
	return `SWMKEY-1-${bytes.toString('base64').replace(/=+$/, '')}`;
}

/** Whether the text has the form of an unlock key. */
export const isUnlockKey = (text: string): boolean => /^SWMKEY-1-[A-Za-z0-9+/]{43}$/.test(text);
