/** What a person has entered into the fields of a form: texts, by the field's ID. */
export type Entries = Readonly<Record<string, readonly string[]>>;

const yes = 'yes';

/** The one text of a field, without blanks around it. */
export const textOf = (entries: Entries, id: string): string => (entries[id]?.[0] ?? '').trim();

/** As it was entered, every blank of it: for what is secret. */
export const rawTextOf = (entries: Entries, id: string): string => entries[id]?.[0] ?? '';

/** The texts of a list, without those that are empty. */
export const listOf = (entries: Entries, id: string): readonly string[] =>
	(entries[id] ?? []).map((text) => text.trim()).filter((text) => text !== '');

export const isYes = (entries: Entries, id: string): boolean => textOf(entries, id) === yes;

/** How yes and no stand there. */
export const flagEntry = (isSet: boolean): readonly string[] => [isSet ? yes : 'no'];
