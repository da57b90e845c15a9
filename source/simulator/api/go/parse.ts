import {badRequest} from '../refusal.ts';

/** Query parameters as Go and the engine parse them. */

const trueWords = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Go's strconv.ParseBool; undefined for what is neither. */
export function parseBool(text: string): boolean | undefined {
	if (trueWords.has(text)) return true;
	return falseWords.has(text) ? false : undefined;
}

/**
 * Go's strconv.ParseBool behind moby's BoolValueOrDefault-like checks; a missing or empty parameter is false.
 * @throws Refused 400 `invalid value for NAME: …`
 */
export function strictBool(query: URLSearchParams, name: string): boolean {
	const text = query.get(name) ?? '';
	const value = text === '' ? false : parseBool(text);
	if (value !== undefined) return value;
	throw badRequest(`invalid value for ${name}: ${text}: strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
}

const laxFalse = new Set(['', '0', 'no', 'false', 'none']);

/** moby's httputils.BoolValue: everything is true but a few words. */
export const laxBool = (query: URLSearchParams, name: string): boolean =>
	!laxFalse.has((query.get(name) ?? '').trim().toLowerCase());

/** Go's words for a text that strconv.FUNCTION could not take, or undefined when it is a whole number in range. */
export function parseIntegerError(text: string, name: 'ParseUint' | 'ParseInt'): string | undefined {
	const isValid = name === 'ParseUint' ? /^\d+$/.test(text) : /^[+-]?\d+$/.test(text);
	if (!isValid) return `strconv.${name}: parsing ${goQuote(text)}: invalid syntax`;
	const value = BigInt(text);
	const [least, most] = name === 'ParseUint' ? [0n, (1n << 64n) - 1n] : [-(1n << 63n), (1n << 63n) - 1n];
	return value < least || value > most ? `strconv.${name}: parsing ${goQuote(text)}: value out of range` : undefined;
}

/**
 * The version that an update of a service, node or swarm goes out from.
 * @throws Refused 400 `invalid KIND version 'x': strconv.ParseUint: …`
 */
export function versionParameter(query: URLSearchParams, kind: 'service' | 'node' | 'swarm'): number {
	const text = query.get('version') ?? '';
	const error = parseIntegerError(text, 'ParseUint');
	if (error) throw badRequest(`invalid ${kind} version '${text}': ${error}`);
	return Number(text);
}

/** The same for secrets and configs, whose routes have fewer words. */
export function shortVersionParameter(query: URLSearchParams, kind: 'secret' | 'config'): number {
	const text = query.get('version') ?? '';
	if (parseIntegerError(text, 'ParseUint')) throw badRequest(`invalid ${kind} version`);
	return Number(text);
}

/** A string as Go's %q shows it. */
export function goQuote(text: string): string {
	return JSON.stringify(text).replaceAll(/\\u([0-9a-f]{4})/g, (whole, hex: string) => {
		const code = Number.parseInt(hex, 16);
		if (code === 7) return '\\a';
		if (code === 11) return '\\v';
		return code < 0x80 ? `\\x${hex.slice(2)}` : whole;
	});
}
