/** Which major versions of the engine the nodes run. */
import {shortVersion} from '../../engines.ts';
import type {NodeEntity} from '../../model.ts';

/** Between 20.10 and 23 there was none, and what came before went by years. */
const order = [17, 18, 19, 20, 23];

/** How far along the line of major versions; undefined for a version that is none. */
export function majorOf({engineVersion}: NodeEntity): number | undefined {
	const major = Number.parseInt(shortVersion(engineVersion), 10);
	if (Number.isNaN(major)) return undefined;
	const known = order.indexOf(major);
	return known >= 0 ? known : major - 23 + order.length - 1;
}
