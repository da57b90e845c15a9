import {failed, ok, type Result} from '../runtime/result.ts';
import type {Capabilities} from './client.ts';
import {type EngineError, engineError} from './error.ts';

/** The oldest API with services: Docker 1.12. What came later is asked for only where the engine has it. */
const oldestApi = '1.24';

/** What an engine says of itself before any version is agreed on. */
type EngineVersions = {
	/** The newest API it speaks. */
	readonly newest: string;
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
 * The version to speak: the engine's own newest, for what it knows of a spec it must not lose when the spec is written
 * back (docs/decisions/0022).
 */
export function agreeOnApi({newest, engine}: EngineVersions): Result<string, EngineError> {
	if (compareApi(newest, oldestApi) >= 0) return ok(newest);
	const name = engine === '' ? 'The engine' : `Docker ${engine}`;
	return failed(
		engineError(
			'engine-too-old',
			`${name} speaks API ${newest}; swarmtop needs ${oldestApi} (Docker 1.12) or newer.`,
			'Update the engine.',
		),
	);
}

export function capabilitiesOf(apiVersion: string): Capabilities {
	const isAtLeast = (version: string) => compareApi(apiVersion, version) >= 0;
	return {hasServiceStatus: isAtLeast('1.41'), hasJobs: isAtLeast('1.41')};
}

/** Since 1.42 the content type of a log stream tells framed from raw; before, only the spec's TTY flag does. */
export function tellsFraming(apiVersion: string): boolean {
	return compareApi(apiVersion, '1.42') >= 0;
}

/** Before, the filter is unknown, and an unknown filter is refused. */
export function filtersNetworksByScope(apiVersion: string): boolean {
	return compareApi(apiVersion, '1.29') >= 0;
}
