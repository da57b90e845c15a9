/** A configuration's text, checked against the schema. */
import {checkSource, type DocumentProblem, parseSource} from '../documents/document.ts';
import {ok, type Result} from '../runtime/result.ts';
import {checkedSchema} from './checked-schema.ts';
import type {ConfigFile} from './schema.ts';
import type {Vocabulary} from './vocabulary.ts';

/** What the file says, with the defaults filled in. */
export function parseConfig(text: string, file: string, vocabulary: Vocabulary): Result<ConfigFile, DocumentProblem[]> {
	const source = parseSource(text, file);
	if (!source.ok) return source;
	const checked = checkSource(
		{...source.value, value: withoutEmptySections(source.value.value)},
		checkedSchema(vocabulary),
	);
	return checked.ok ? ok(checked.value) : checked;
}

/** A section whose lines are all commented out is null in YAML: as good as not there. */
function withoutEmptySections(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}
