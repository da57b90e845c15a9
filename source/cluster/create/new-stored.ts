/** New secrets, configs and volumes as a person enters them. Pure. */
import {type Entries, isYes, listOf, textOf} from '../../text/entries.ts';
import {bytes} from '../../text/format.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {ConfigSpec, SecretSpec} from '../../wire/store.ts';
import type {ClusterState} from '../model.ts';
import {nameProblem} from './checks.ts';
import {values, data as words} from './messages.ts';
import {pairsOf} from './new-network.ts';
import {parsePair} from './values.ts';

export type StoreKind = 'secret' | 'config';

/** An engine takes less than that. */
const mostBytes: Readonly<Record<StoreKind, number>> = {secret: 500 * 1024, config: 1000 * 1024};

/** The sentence that says what is wrong with so much data. */
export function sizeProblem(kind: StoreKind, size: number): SafeText | undefined {
	if (size === 0) return words.missing;
	return size >= mostBytes[kind] ? words.tooLarge(bytes(size), bytes(mostBytes[kind])) : undefined;
}

export function storedProblem(
	kind: StoreKind,
	id: string,
	text: string,
	entries: Entries,
	{inventory}: ClusterState,
): SafeText | undefined {
	const known = (kind === 'secret' ? inventory.secrets : inventory.configs) ?? [];
	if (id === 'name') {
		return nameProblem(
			kind,
			text,
			known.map(({Spec}) => Spec.Name),
		);
	}
	return id === 'labels' ? pairProblem(id, text, entries) : undefined;
}

export function volumeProblem(
	id: string,
	text: string,
	entries: Entries,
	{inventory}: ClusterState,
): SafeText | undefined {
	if (id === 'name') {
		return nameProblem(
			'volume',
			text,
			(inventory.volumes ?? []).map(({Name}) => Name),
		);
	}
	return id === 'labels' || id === 'options' ? pairProblem(id, text, entries) : undefined;
}

function pairProblem(id: string, text: string, entries: Entries): SafeText | undefined {
	if (text === '') return undefined;
	const pair = parsePair(text);
	if (!pair.ok) return pair.error;
	const [key] = pair.value;
	const isTwice = listOf(entries, id).filter((each) => each.startsWith(`${key}=`)).length > 1;
	return isTwice ? values.twice(key) : undefined;
}

/** @param content what it is to hold, to be sent and kept nowhere else */
export const storedSpec = (entries: Entries, content: Buffer): SecretSpec & ConfigSpec => ({
	Name: textOf(entries, 'name'),
	Labels: pairsOf(entries, 'labels'),
	Data: content.toString('base64'),
	...(isYes(entries, 'template') && {Templating: {Name: 'golang'}}),
});

/** `pw_v2` after `pw`, `pw_v3` after `pw_v2`; the next one that nobody has. */
export function nextVersion(name: string, taken: ReadonlySet<string>): string {
	const [, base = name, version] = /^(.*)_v(\d+)$/.exec(name) ?? [];
	let number = version === undefined ? 2 : Number(version) + 1;
	while (taken.has(`${base}_v${number}`)) number++;
	return `${base}_v${number}`;
}
