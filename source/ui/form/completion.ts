/** What Tab types on in a form, and what there is to choose from. */
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Field, FormSpec} from './form-spec.ts';
import {type FormState, fieldOf, textAt} from './form-state.ts';

/** So many names are offered to choose from. */
const offeredAtMost = 12;

type Completion = {
	/** What the whole text becomes. */
	readonly text: string;
	/** What can be meant, where that is not decided yet. */
	readonly offers: SafeText;
};

/** Undefined where there is nothing to type on. */
export function completionOf(spec: FormSpec, state: FormState): Completion | undefined {
	const field = fieldOf(spec, state.focus);
	const text = textAt(state.values, state.focus);
	const completed = field && completedBy(field, text, state);
	return completed && completed.text.length > text.length ? completed : undefined;
}

/** The names that begin with what stands in the focus; '' where none are known or it is one of them. */
export function offersOf(spec: FormSpec, state: FormState): SafeText {
	const field = fieldOf(spec, state.focus);
	if (field?.kind !== 'text' && field?.kind !== 'list') return toSafeText('');
	const names = namesFor(field, textAt(state.values, state.focus), state);
	const rest = names.length - offeredAtMost;
	const shown = joinSafe(names.slice(0, offeredAtMost).map(toSafeText), '  ');
	return rest > 0 ? safe`${shown}  and ${rest} more` : shown;
}

function completedBy(field: Field, text: string, state: FormState): Completion | undefined {
	if (field.kind !== 'text' && field.kind !== 'list') return undefined;
	if (text.trim() === '') return undefined;
	if (field.complete) return field.complete(text);
	const names = namesFor(field, text, state);
	const [first] = names;
	if (first === undefined) return undefined;
	return {text: names.reduce(sharedStart, first), offers: toSafeText('')};
}

function namesFor(
	field: Extract<Field, {kind: 'text' | 'list'}>,
	text: string,
	{values}: FormState,
): readonly string[] {
	const names = field.offers?.(text, values) ?? [];
	if (names.includes(text)) return [];
	return [...new Set(names)].filter((name) => name.startsWith(text)).sort();
}

function sharedStart(a: string, b: string): string {
	let length = 0;
	while (length < a.length && a[length] === b[length]) length++;
	return a.slice(0, length);
}
