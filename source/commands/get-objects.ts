import {jsonText} from '../text/json-text.ts';
import {yamlText} from '../text/yaml-text.ts';

/** The engine's objects as text. */

type ObjectFormat = 'json' | 'yaml';

/** Indented JSON, or YAML: what means the same to whoever reads it, and nothing to a terminal. */
export const objectText = (value: unknown, format: ObjectFormat): string =>
	// The last line's own spaces and tabs belong to what it says.
	(format === 'json' ? jsonText(value, 2) : yamlText(value)).replace(/\n$/, '');

/** The lines of a list of objects, as objectText has them for the whole of it, one object after the other. */
export function* listTexts(objects: readonly (() => unknown)[], format: ObjectFormat): Generator<string> {
	if (objects.length === 0 || format === 'yaml') {
		if (objects.length === 0) yield '[]';
		for (const object of objects) yield objectText([object()], format);
		return;
	}
	yield '[';
	for (const [index, object] of objects.entries()) {
		const comma = index < objects.length - 1 ? ',' : '';
		yield `  ${objectText(object(), format).replaceAll('\n', '\n  ')}${comma}`;
	}
	yield ']';
}

type Change = {readonly Change: 'added' | 'changed' | 'removed'; readonly Object: unknown};

/** Remembers what it has seen of a list and tells what became of it. */
export class ChangeLog {
	#before = new Map<string, {readonly text: string; readonly object: unknown}>();

	/** Of the objects by their ID, as they are now; all are added the first time. */
	changes(objects: ReadonlyMap<string, unknown>): Change[] {
		const changes: Change[] = [];
		const now = new Map<string, {readonly text: string; readonly object: unknown}>();
		for (const [id, object] of objects) {
			const text = JSON.stringify(object);
			const before = this.#before.get(id);
			if (!before) changes.push({Change: 'added', Object: object});
			else if (before.text !== text) changes.push({Change: 'changed', Object: object});
			now.set(id, {text, object});
		}
		for (const [id, {object}] of this.#before) if (!now.has(id)) changes.push({Change: 'removed', Object: object});
		this.#before = now;
		return changes;
	}
}
