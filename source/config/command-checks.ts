/** Whether the custom commands of a configuration can be bound where they say, and know the fields that they name. */
import {fieldsIn, programField, swarmFields} from './custom-command.ts';
import {chordsOf, ownersOf, takenBy} from './key-checks.ts';
import type {ConfigFile, Report} from './schema.ts';
import {everywhereScope, type Vocabulary} from './vocabulary.ts';

export function checkCommands(
	file: Pick<ConfigFile, 'keys' | 'commands'>,
	vocabulary: Vocabulary,
	report: Report,
): void {
	const owners = ownersOf(file.keys, vocabulary);
	const taken = new Map<string, string>();
	for (const [index, {key, scope, title, run}] of file.commands.entries()) {
		const [chord] = chordsOf(key);
		if (chord !== undefined) {
			const place = `${scope} ${chord}`;
			const rival = takenBy(owners, scope, chord) ?? taken.get(place);
			if (rival !== undefined) report(['commands', index, 'key'], `${chord} is ${rival}'s already`);
			taken.set(place, `"${title}"`);
		}
		const known = [...fieldsOf(scope, vocabulary), ...swarmFields];
		const program = programField(run);
		if (program !== undefined)
			report(['commands', index, 'run'], `{${program}} can't say which program runs: name one`);
		const unknown = fieldsIn(run).find((name) => !known.includes(name));
		if (unknown !== undefined) {
			report(
				['commands', index, 'run'],
				`there is no field {${unknown}} in ${scope}: ${known.map((name) => `{${name}}`).join(' ')}`,
			);
		}
	}
}

/** A command that works everywhere can only name what every object has. */
export function fieldsOf(scope: string, {views}: Vocabulary): readonly string[] {
	if (scope !== everywhereScope) return views[scope]?.fields ?? [];
	const [first, ...others] = Object.values(views);
	return (first?.fields ?? []).filter((field) => others.every(({fields}) => fields.includes(field)));
}
