import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {objectOf} from '../actions/names.ts';
import {type Change, changesBetween} from '../edit/changes.ts';
import {type ActionRequest, intentsOf} from '../intent.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from '../model.ts';
import {isGone, noManager, notSet, settingChanged, stateChanged, wasRestarted} from './messages.ts';

/** What has become of the objects of a request since a person saw them: a dialog must not be about another swarm. Pure. */

/** The objects as they were seen, by their IDs; each in the version that it had. */
export type Seen = ReadonlyMap<string, NodeEntity | ServiceEntity>;

export function seenBy(request: ActionRequest, {nodes, services}: ClusterState): Seen {
	const ids = new Set(intentsOf(request).map(objectOf));
	return new Map([...ids].flatMap((id) => entry(id, services.get(id) ?? nodes.get(id))));
}

const entry = <T>(id: string, object: T | undefined): (readonly [string, T])[] => (object ? [[id, object]] : []);

/** A sentence for each thing that differs; none for what a swarm writes into its objects by itself all the time. */
export function changesSince(seen: Seen, {nodes, services}: ClusterState): SafeText[] {
	return [...seen.values()].flatMap((before) => {
		const now = services.get(before.id) ?? nodes.get(before.id);
		const {name} = before;
		if (!now) return [isGone(name)];
		if (now === before) return [];
		const written = changesBetween(before.raw.Spec, now.raw.Spec).map((change) => wordsOf(name, change));
		return [...written, ...('hostname' in before && 'hostname' in now ? nodeWords(before, now) : [])];
	});
}

/** Settings that people know by their last word alone. */
const plainSettings = new Set(['Name', 'Replicas', 'Image', 'Availability', 'Role']);

function wordsOf(name: SafeText, {path, from, to}: Change): SafeText {
	const last = path.at(-1) ?? '';
	if (last === 'ForceUpdate') return wasRestarted(name);
	const setting = plainSettings.has(last) ? last.toLowerCase() : path.join('.');
	return settingChanged(name, setting, valueText(from), valueText(to));
}

function nodeWords(before: NodeEntity, now: NodeEntity): SafeText[] {
	const {name} = before;
	const standing = ({manager}: NodeEntity): string => manager?.reachability ?? noManager;
	return [
		...(before.state === now.state ? [] : [stateChanged(name, before.state, now.state)]),
		...(standing(before) === standing(now) ? [] : [stateChanged(name, standing(before), standing(now))]),
	];
}

const shownAtMost = 60;

function valueText(value: unknown): SafeText {
	if (value === undefined) return notSet;
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
	return toSafeText(text.length > shownAtMost ? `${text.slice(0, shownAtMost)}…` : text);
}
