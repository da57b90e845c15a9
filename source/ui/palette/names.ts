/** Objects by the names that people type: whole, begun, or a part of it. */
import type {ClusterState} from '../../cluster/model.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {compareNatural} from '../table/natural.ts';

/** The rows that the word may mean, the likeliest first: of that name, beginning so, having it somewhere. */
export function rowsNamed(kind: KindId, word: string, cluster: ClusterState): readonly Listed[] {
	const {source, name, isPast} = kindOf(kind);
	const wanted = word.toLowerCase();
	const rank = (text: string): number => {
		if (text === wanted) return 0;
		if (text.startsWith(wanted)) return 1;
		// `web` means shop_web rather than shop_webhooks.
		if (text.endsWith(`_${wanted}`)) return 2;
		return text.includes(wanted) ? 3 : 4;
	};
	return [...source(cluster).values()]
		.filter((row) => !isPast?.(row))
		.map((row) => ({row, text: name(row).toLowerCase()}))
		.map(({row, text}) => ({row, text, rank: rank(text)}))
		.filter((each) => each.rank < 4)
		.sort((a, b) => a.rank - b.rank || compareNatural(a.text, b.text))
		.map(({row}) => row);
}

/**
 * What a begun name can be typed on to: the whole name where only one can be meant, else as far as all agree. Undefined
 * where that is no more than what is there.
 */
export function completedName(begun: string, names: readonly string[]): string | undefined {
	const starting = names.filter((name) => name.startsWith(begun));
	const meant = starting.length > 0 ? starting : names.filter((name) => name.includes(begun));
	const [first] = meant;
	if (first === undefined) return undefined;
	const shared = meant.length === 1 ? `${first} ` : meant.reduce(sharedStart);
	return shared.length > begun.length && (starting.length > 0 || meant.length === 1) ? shared : undefined;
}

function sharedStart(a: string, b: string): string {
	let length = 0;
	while (length < a.length && a[length] === b[length]) length++;
	return a.slice(0, length);
}
