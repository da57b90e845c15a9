/** Which versions of the engine the nodes run: a swarm of several is in the middle of an upgrade, or somebody forgot one. */
import {memoized} from '../runtime/memoized.ts';
import {parseTime} from '../text/format.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import {enginesDiffer} from './messages.ts';
import type {Engine, NodeEntity} from './model.ts';

const collator = new Intl.Collator('en', {numeric: true});

/** Without what a distribution adds: `20.10.24` of `20.10.24+dfsg1`. */
export function shortVersion(version: SafeText): SafeText {
	return toSafeText(version.replace(/[+~].*$/, ''));
}

/** The versions of all nodes that told theirs, the newest first. */
const versionsOf = memoized((nodes: ReadonlyMap<string, NodeEntity>): readonly SafeText[] => {
	const versions = new Set([...nodes.values()].map(({engineVersion}) => shortVersion(engineVersion)));
	return [...versions].filter((version) => version !== '').sort((a, b) => collator.compare(b, a));
});

/** Another node runs a newer one. */
export function isOfOlderEngine({engineVersion}: NodeEntity, nodes: ReadonlyMap<string, NodeEntity>): boolean {
	const version = shortVersion(engineVersion);
	return version !== '' && version !== versionsOf(nodes)[0];
}

const namedAtMost = 3;

/** `engines differ: 28.5.2, 26.1.5`; undefined where all run the same. */
export function engineHint(nodes: ReadonlyMap<string, NodeEntity>): SafeText | undefined {
	const versions = versionsOf(nodes);
	if (versions.length < 2) return undefined;
	return enginesDiffer(versions.slice(0, namedAtMost), versions.length > namedAtMost);
}

/**
 * What the asked engine says of the swarm's settings and of its own clock.
 * @param now when its answer came, in milliseconds since the epoch
 */
export function engineFacts(info: SystemInfo | undefined, now: number): Pick<Engine, 'swarm' | 'clockAheadMs'> {
	const time = parseTime(info?.SystemTime ?? '');
	return {swarm: info?.Swarm.Cluster, clockAheadMs: time === undefined ? undefined : time - now};
}
