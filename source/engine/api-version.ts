import {failed, ok, type Result} from '../runtime/result.ts';
import type {Capabilities} from './client.ts';
import {type EngineError, engineError} from './error.ts';

/** The API versions that this client knows: 1.37 is Docker 18.05, 1.47 is Docker 27. */
export const oldestApi = '1.37';
export const newestApi = '1.47';

/** What an engine says of itself before any version is agreed on. */
type EngineVersions = {
	/** The newest API it speaks. */
	readonly newest: string;
	/** The oldest it still speaks; undefined where it was not asked because it can't matter. */
	readonly oldest: string | undefined;
	/** `20.10.24`, '' when it didn't say. */
	readonly engine: string;
};

/** Negative when `a` is older. Versions are `major.minor`, compared as numbers: 1.9 is older than 1.10. */
export function compareApi(a: string, b: string): number {
	const [majorA = 0, minorA = 0] = a.split('.').map(Number);
	const [majorB = 0, minorB = 0] = b.split('.').map(Number);
	return majorA - majorB || minorA - minorB;
}

export function isApiVersion(text: string): boolean {
	return /^\d+\.\d+$/.test(text);
}

/**
 * The version to speak: the newest that both know. An engine that has given up all versions of ours is spoken to in its
 * oldest one; the API only grows, so far.
 */
export function agreeOnApi({newest, oldest, engine}: EngineVersions): Result<string, EngineError> {
	if (compareApi(newest, oldestApi) < 0) {
		const name = engine === '' ? 'The engine' : `Docker ${engine}`;
		return failed(
			engineError(
				'engine-too-old',
				`${name} speaks API ${newest}; swarmtop needs ${oldestApi} (Docker 18.05) or newer.`,
				'Update the engine.',
			),
		);
	}
	if (compareApi(newest, newestApi) <= 0) return ok(newest);
	return ok(oldest !== undefined && compareApi(oldest, newestApi) > 0 ? oldest : newestApi);
}

export function capabilitiesOf(apiVersion: string): Capabilities {
	const isAtLeast = (version: string) => compareApi(apiVersion, version) >= 0;
	return {hasServiceStatus: isAtLeast('1.41'), hasJobs: isAtLeast('1.41')};
}

/** Since 1.42 the content type of a log stream tells framed from raw; before, only the spec's TTY flag does. */
export function tellsFraming(apiVersion: string): boolean {
	return compareApi(apiVersion, '1.42') >= 0;
}
