/** Times and instants as the engine writes and reads them. */

/** Go's zero time. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** Nanoseconds since the epoch of a clock reading in milliseconds. */
export function toNanoseconds(milliseconds: number): bigint {
	const whole = Math.floor(milliseconds);
	return BigInt(whole) * 1_000_000n + BigInt(Math.round((milliseconds - whole) * 1_000_000));
}

const pad = (value: bigint, width: number): string => value.toString().padStart(width, '0');

/** The date and time up to the second, and the nanoseconds in it. */
function split(nanoseconds: bigint): {seconds: string; fraction: string} {
	const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
	const seconds = new Date(Number((nanoseconds - fraction) / 1_000_000n)).toISOString().slice(0, 19);
	return {seconds, fraction: pad(fraction, 9)};
}

/** RFC 3339 with the fraction that is needed (Go's RFC3339Nano, UTC). */
export function rfc3339(milliseconds: number): string {
	const {seconds, fraction} = split(toNanoseconds(milliseconds));
	const trimmed = fraction.replace(/0+$/, '');
	return `${seconds}${trimmed ? `.${trimmed}` : ''}Z`;
}

/** RFC 3339 with nine digits always, as log lines are stamped. */
export function fixedRfc3339(nanoseconds: bigint): string {
	const {seconds, fraction} = split(nanoseconds);
	return `${seconds}.${fraction}Z`;
}

/** Whole seconds, as container lists and `volumes` show them. */
export const rfc3339Seconds = (milliseconds: number): string => `${split(toNanoseconds(milliseconds)).seconds}Z`;

/**
 * `seconds[.fraction]` since the epoch, in nanoseconds (moby api/types/time ParseTimestamps), or Go's words for why not.
 * The fraction is filled up to nine digits on the right.
 */
export function parseTimestamp(text: string): {readonly nanoseconds: bigint} | {readonly error: string} {
	const [seconds = '', fraction] = text.split(/\.(.*)/s);
	for (const part of fraction === undefined ? [seconds] : [seconds, fraction]) {
		if (!/^[+-]?\d+$/.test(part)) return {error: `strconv.ParseInt: parsing ${JSON.stringify(part)}: invalid syntax`};
	}
	const nanoseconds = BigInt((fraction ?? '').slice(0, 9).padEnd(9, '0'));
	return {nanoseconds: BigInt(seconds) * 1_000_000_000n + nanoseconds};
}
