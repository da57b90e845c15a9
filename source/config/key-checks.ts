/** Whether the keys of a configuration go together with each other and with the keymap. */
import {isTyped, parseChord} from './chord.ts';
import type {ConfigFile, Report} from './schema.ts';
import {type Action, everywhereScope, firstScope, listScope, typingScope, type Vocabulary} from './vocabulary.ts';

/** What the way out of something hangs on: without a key, one would be stuck there. */
const wayOut = /^program\.interrupt$|\.(?:cancel|close)$/;

/** The chords of a `keys` entry in the keymap's spelling; what is no chord has been reported already. */
export function chordsOf(entry: string | readonly string[]): string[] {
	return [entry].flat().flatMap((text) => {
		const chord = parseChord(text);
		return chord.ok ? [chord.value] : [];
	});
}

export function checkKeys({keys}: Pick<ConfigFile, 'keys'>, vocabulary: Vocabulary, report: Report): void {
	const owners = ownersOf(keys, vocabulary);
	for (const [id, entry] of Object.entries(keys)) {
		const action = vocabulary.actions.find((each) => each.id === id);
		if (!action) {
			report(['keys', id], `there is no action of that name: docs/keys.md lists them${nearest(id, vocabulary)}`);
			continue;
		}
		const problem = problemOf(action, chordsOf(entry), owners);
		if (problem !== undefined) report(['keys', id], problem);
	}
}

/** Which action a chord belongs to, by scope, once the configuration holds. Several: they are in conflict. */
type Owners = {readonly of: (scope: string, chord: string) => readonly string[]};

export function ownersOf(keys: ConfigFile['keys'], {actions}: Vocabulary): Owners {
	const owners = new Map<string, string[]>();
	const place = (scope: string, chord: string) => `${scope} ${chord}`;
	for (const {id, scope, keys: defaults} of actions) {
		const own = keys[id];
		for (const chord of own === undefined ? defaults : chordsOf(own)) {
			owners.set(place(scope, chord), [...(owners.get(place(scope, chord)) ?? []), id]);
		}
	}
	return {of: (scope, chord) => owners.get(place(scope, chord)) ?? []};
}

function problemOf({id, scope}: Action, chords: readonly string[], owners: Owners): string | undefined {
	if (chords.length === 0 && wayOut.test(id)) return 'needs a key: there would be no way out';
	const repeated = chords.find((chord, index) => chords.indexOf(chord) !== index);
	if (repeated !== undefined) return `names ${repeated} twice`;
	for (const chord of chords) {
		const rival = takenBy(owners, scope, chord, id);
		if (rival !== undefined) return `${chord} is ${rival}'s already: give one of them another key`;
		if (scope === typingScope && isTyped(chord)) return `${chord} could not be typed any more`;
	}
	return undefined;
}

/** Of what works in every list and what works everywhere, the one would hide the other in all lists at once. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
	[listScope]: [everywhereScope],
	[everywhereScope]: [listScope],
};

/** The other action that gets this chord in this scope, or before it. */
export function takenBy(owners: Owners, scope: string, chord: string, id?: string): string | undefined {
	const scopes = [scope, firstScope, ...(neighbours[scope] ?? [])];
	return scopes.flatMap((each) => owners.of(each, chord)).find((owner) => owner !== id);
}

/** `; did you mean service.scale?` */
function nearest(id: string, {actions}: Vocabulary): string {
	const last = id.split('.').at(-1) ?? id;
	const similar =
		actions.find((action) => action.id.endsWith(`.${last}`)) ?? actions.find((action) => action.id.startsWith(id));
	return similar ? `; did you mean ${similar.id}?` : '';
}
