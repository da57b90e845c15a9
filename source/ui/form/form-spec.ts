/** What a form asks for, as data: its fields, and what becomes of what was entered. */
import type {InventoryKind} from '../../cluster/model.ts';
import {type Entries, flagEntry} from '../../text/entries.ts';
import type {SafeText} from '../../text/safe-text.ts';

export {isYes, listOf, rawTextOf, textOf} from '../../text/entries.ts';

/** What stands in each field, by its ID: one text, or those of a list. Read it by text/entries.ts. */
export type FormValues = Entries;

type FieldBase = {
	readonly id: string;
	readonly label: SafeText;
	/** What belongs there; to be read while the field is in focus. */
	readonly hint?: SafeText;
	/** The heading of the part of the form that begins with it. */
	readonly part?: SafeText;
	/** Whether it means anything beside what the others hold; default: it does. */
	readonly isShown?: (values: FormValues) => boolean;
};

/** The sentence that says what is wrong with a text, or undefined. It is asked with every key, and with every change of the swarm. */
export type Check = (text: string, values: FormValues) => SafeText | undefined;

/** Names that can be meant, for Tab; which of them begin with what was typed is the form's business. */
export type Offers = (text: string, values: FormValues) => readonly string[];

type TypedField = FieldBase & {
	readonly check?: Check;
	readonly offers?: Offers;
	/** As Tab completes it, where that is not by a list of names: a path, one part of a longer text. */
	readonly complete?: (text: string) => {readonly text: string; readonly offers: SafeText} | undefined;
};

export type TextField = TypedField & {
	readonly kind: 'text';
	readonly initial?: string;
	/** What is wrong where nothing was entered; without it the field may stay empty. */
	readonly required?: SafeText;
};

/** Each on a line of its own; empty ones don't count. */
export type ListField = TypedField & {readonly kind: 'list'; readonly initial?: readonly string[]};

/** Is never shown, not even how long it is; pasted line breaks stay. */
export type HiddenField = FieldBase & {
	readonly kind: 'hidden';
	readonly check?: Check;
	readonly required?: SafeText;
};

export type Option = {readonly value: string; readonly label: SafeText};

export type ChoiceField = FieldBase & {
	readonly kind: 'choice';
	readonly options: readonly Option[];
	readonly initial?: string;
	readonly check?: Check;
};

/** Yes or no. */
export type FlagField = FieldBase & {readonly kind: 'flag'; readonly initial?: boolean; readonly check?: Check};

export type Field = TextField | ListField | HiddenField | ChoiceField | FlagField;

/** What is wrong; or what to do, unless somebody has given up waiting; or nothing more where it goes its way. */
export type FormAnswer = SafeText | (() => void) | undefined;

export type FormSpec = {
	readonly title: SafeText;
	readonly fields: readonly Field[];
	/** What of the swarm is listed while it is open: names that are completed and checked. */
	readonly needs?: readonly InventoryKind[];
	/** What the button at its end says: `Create`. */
	readonly button: SafeText;
	/**
	 * Called with what was entered, once every field is right. The form stays open below what that opens (a plan that is
	 * asked about), so that nothing is lost where the answer is no; `close` is called when it has served.
	 */
	readonly onSubmit: (values: FormValues, close: () => void) => FormAnswer | Promise<FormAnswer>;
	/** All of it can stay as it is: the button has the focus at first. */
	readonly isReady?: boolean;
	/** What stands beside the button while the answer takes a while. */
	readonly waiting?: SafeText;
	/** Opens what was entered in another way: as a text in the editor. `take` puts something else into the fields. */
	readonly edit?: (values: FormValues, take: (values: FormValues) => void, close: () => void) => void;
	readonly onCancel?: () => void;
};

/** What the fields hold before anything is entered. */
export function initialValues(fields: readonly Field[]): FormValues {
	return Object.fromEntries(fields.map((field) => [field.id, initialOf(field)]));
}

function initialOf(field: Field): readonly string[] {
	switch (field.kind) {
		case 'list':
			return field.initial ?? [];
		case 'flag':
			return flagEntry(field.initial ?? false);
		case 'choice':
			return [field.initial ?? field.options[0]?.value ?? ''];
		case 'text':
			return [field.initial ?? ''];
		case 'hidden':
			return [''];
		default:
			return field satisfies never;
	}
}

export const shownFields = ({fields}: Pick<FormSpec, 'fields'>, values: FormValues): readonly Field[] =>
	fields.filter(({isShown}) => isShown?.(values) ?? true);

/** What is wrong with one text of a field. */
export function problemOf(field: Field, text: string, values: FormValues): SafeText | undefined {
	const isEmpty = field.kind === 'hidden' ? text === '' : text.trim() === '';
	if (isEmpty) {
		if (field.kind === 'text' || field.kind === 'hidden') return field.required ?? field.check?.('', values);
		return field.kind === 'list' ? undefined : field.check?.(text, values);
	}
	return field.check?.(field.kind === 'hidden' ? text : text.trim(), values);
}

/** The first thing that is wrong with a field, and with which of its texts. */
export function problemIn(
	field: Field,
	values: FormValues,
): {readonly item: number; readonly text: SafeText} | undefined {
	const texts = values[field.id] ?? [];
	for (const [item, each] of (texts.length === 0 ? [''] : texts).entries()) {
		const text = problemOf(field, each, values);
		if (text !== undefined) return {item, text};
	}
	return undefined;
}
