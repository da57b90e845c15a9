import {badRequest, Refused} from './refusal.ts';

/** API versions: which the engine offers, which the client asked for, and what the engine says to one out of range. */

/** What this engine can be asked in. */
export type Offer = {
	/** `1.45` */
	readonly highest: string;
	readonly lowest: string;
	/** The minor of `highest`: what the posed engine knows at all. */
	readonly minor: number;
};

/** The engine release that spoke an API version as its highest. */
const releases: Readonly<Record<string, string>> = {
	'1.37': '18.05.0-ce',
	'1.38': '18.06.3-ce',
	'1.39': '18.09.9',
	'1.40': '19.03.15',
	'1.41': '20.10.24',
	'1.42': '23.0.6',
	'1.43': '24.0.7',
	'1.44': '25.0.5',
	'1.45': '26.1.5',
	'1.46': '27.1.2',
	'1.47': '27.5.1',
	'1.48': '28.0.4',
	'1.49': '28.1.1',
	'1.50': '28.2.2',
	'1.51': '28.5.2',
	'1.52': '29.0.0',
};

/** What an engine poses as that is told nothing: the newest that was recorded. */
export const usualPose = '1.51';

/** The API versions that a simulated engine can pose as. */
export const poses: readonly string[] = Object.keys(releases);

/** The release of the engine that poses with this API version; undefined for one that can't be posed as. */
export const engineReleaseOf = (apiVersion: string): string | undefined => releases[apiVersion];

/**
 * What an engine of that API version offers.
 * @throws RangeError for a version that can't be posed as
 */
export function offerOf(apiVersion: string): Offer {
	if (!engineReleaseOf(apiVersion)) throw new RangeError(`no engine poses as API ${apiVersion}: ${poses.join(', ')}`);
	const minor = minorOf(apiVersion);
	return {highest: apiVersion, lowest: minor < 44 ? '1.12' : minor < 52 ? '1.24' : '1.44', minor};
}

/**
 * The minor of the version in the path, or the highest where the path names none (moby middleware/version.go).
 * @throws Refused 400 for a version that is out of range
 */
export function negotiate(offer: Offer, asked: string | undefined): number {
	if (asked === undefined) return offer.minor;
	if (compareVersions(asked, offer.lowest) < 0) {
		throw new Refused(
			400,
			`client version ${asked} is too old. Minimum supported API version is ${offer.lowest}, please upgrade your client to a newer version`,
			// Engines 23 to 27 say it as JSON, those before and after don't.
			{isPlain: offer.minor < 42 || offer.minor >= 48},
		);
	}
	if (compareVersions(asked, offer.highest) > 0) {
		throw badRequest(`client version ${asked} is too new. Maximum supported API version is ${offer.highest}`);
	}
	return minorOf(asked);
}

const minorOf = (version: string): number => Number(version.split('.')[1] ?? 0);

/** Part by part, as numbers; what is no number counts as 0 (moby api/types/versions). */
function compareVersions(a: string, b: string): number {
	const left = a.split('.');
	const right = b.split('.');
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		const difference = (Number(left[i] ?? 0) || 0) - (Number(right[i] ?? 0) || 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
