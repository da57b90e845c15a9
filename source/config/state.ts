/**
 * What the program remembers from one run to the next, apart from the configuration: it is nobody's to edit, and losing
 * it costs nothing. Whatever the file holds, the program starts.
 */

/** How a view was left. Column IDs and filters may be of an older program: who reads them checks that they still mean something. */
export type ViewState = {
	readonly sorting: {readonly columnId: string; readonly isDescending: boolean} | undefined;
	readonly filter: string;
};

export type State = {
	/** The last view's ID. */
	readonly view: string | undefined;
	/** By the view's ID. */
	readonly views: Readonly<Record<string, ViewState>>;
	/** What was typed, by the prompt's ID, newest last. */
	readonly histories: Readonly<Record<string, readonly string[]>>;
};

export const emptyState: State = {view: undefined, views: {}, histories: {}};

/** Entries kept of each history. */
const historyLength = 100;

/** Longer texts in a state file are not of this program's making. */
const longestText = 4096;

/** Takes what makes sense and leaves the rest: never fails. */
export function parseState(text: string): State {
	const root = objectOf(parsed(text));
	return {
		view: textOf(root['view']),
		views: mapped(root['views'], viewOf),
		histories: mapped(root['histories'], historyOf),
	};
}

export const formatState = (state: State): string => `${JSON.stringify(state, undefined, '\t')}\n`;

/** The history with `entry` as its newest, once. */
export function withEntry(history: readonly string[], entry: string): readonly string[] {
	return [...history.filter((each) => each !== entry), entry].slice(-historyLength);
}

type JsonObject = Readonly<Record<string, unknown>>;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function objectOf(value: unknown): JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value.length <= longestText ? value : undefined;
}

function mapped<T>(value: unknown, read: (value: unknown) => T): Record<string, T> {
	// Own properties only, into an object of our own: `__proto__` in a file is a name like any other.
	const entries = Object.entries(objectOf(value)).map(([key, each]) => [key, read(each)] as const);
	return Object.fromEntries(entries);
}

function viewOf(value: unknown): ViewState {
	const {sorting, filter} = objectOf(value);
	const {columnId, isDescending} = objectOf(sorting);
	const column = textOf(columnId);
	return {
		sorting: column === undefined ? undefined : {columnId: column, isDescending: isDescending === true},
		filter: textOf(filter) ?? '',
	};
}

function historyOf(value: unknown): string[] {
	const entries = Array.isArray(value) ? value.flatMap((entry: unknown) => textOf(entry) ?? []) : [];
	return entries.slice(-historyLength);
}
