/** What a loss would cost, in words. */
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {few} from './commands.ts';
import type {Found, Target} from './rule.ts';
import type {Homeless} from './survival.ts';

const remedy = toSafeText('reserve less, add a node, or ask with swarmtop plan node-add what would do');

/** Nothing where all would find a place. */
export function lossFound(on: Target, what: SafeText, homeless: readonly Homeless[]): Found[] {
	const [first] = homeless;
	if (!first) return [];
	const down = homeless.filter(({left}) => left === 0).map(({service}) => service.name);
	const short = homeless
		.filter(({left}) => left > 0)
		.map(({service, left, tasks}) => safe`${service.name} ${left}/${left + tasks}`);
	const parts = [
		...(down.length > 0 ? [safe`down: ${few(down)}`] : []),
		...(short.length > 0 ? [safe`too few: ${few(short)}`] : []),
	];
	const evidence = safe`without ${what}, ${joinSafe(parts, '; ')} (${first.reason})`;
	return [{on, evidence, remedy, ...(down.length > 0 && {severity: 'danger' as const})}];
}
