import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {objectOf} from '../actions/names.ts';
import {type Change, changesBetween} from '../edit/changes.ts';
import {type ActionRequest, intentsOf} from '../intent.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from '../model.ts';

/** What has become of the objects of a wish since a person saw them: a dialog must not be about another swarm. Pure. */

/** The objects as they were seen, by their IDs; each in the version that it had. */
export type Seen = ReadonlyMap<string, NodeEntity | ServiceEntity>;

export function seenBy(wish: ActionRequest, {nodes, services}: ClusterState): Seen {
	const ids = new Set(intentsOf(wish).map(objectOf));
	return new Map([...ids].flatMap((id) => entry(id, services.get(id) ?? nodes.get(id))));
}

const entry = <T>(id: string, object: T | undefined): (readonly [string, T])[] => (object ? [[id, object]] : []);

/** A sentence for each thing that differs; none for what a swarm writes into its objects by itself all the time. */
export function changesSince(seen: Seen, {nodes, services}: ClusterState): SafeText[] {
	return [...seen.values()].flatMap((before) => {
		const now = services.get(before.id) ?? nodes.get(before.id);
		const {name} = before;
		if (!now) return [safe`${name} is gone: someone removed it.`];
		if (now === before) return [];
		const written = changesBetween(before.raw.Spec, now.raw.Spec).map((change) => wordsOf(name, change));
		return [...written, ...('hostname' in before && 'hostname' in now ? nodeWords(before, now) : [])];
	});
}

/** Settings that people know by their last word alone. */
const plainSettings = new Set(['Name', 'Replicas', 'Image', 'Availability', 'Role']);

function wordsOf(name: SafeText, {path, from, to}: Change): SafeText {
	const last = path.at(-1) ?? '';
	if (last === 'ForceUpdate') return safe`${name} was restarted by someone else.`;
	const setting = plainSettings.has(last) ? last.toLowerCase() : path.join('.');
	return safe`${name}: ${toSafeText(setting)} was ${valueText(from)}, is ${valueText(to)} now.`;
}

function nodeWords(before: NodeEntity, now: NodeEntity): SafeText[] {
	const {name} = before;
	const standing = ({manager}: NodeEntity): string => manager?.reachability ?? 'no manager';
	return [
		...(before.state === now.state
			? []
			: [safe`${name} was ${toSafeText(before.state)}, is ${toSafeText(now.state)} now.`]),
		...(standing(before) === standing(now)
			? []
			: [safe`${name} was ${toSafeText(standing(before))}, is ${toSafeText(standing(now))} now.`]),
	];
}

const shownAtMost = 60;

function valueText(value: unknown): SafeText {
	if (value === undefined) return toSafeText('not set');
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
	return toSafeText(text.length > shownAtMost ? `${text.slice(0, shownAtMost)}…` : text);
}
