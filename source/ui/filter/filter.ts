/**
 * The filter language of every list: words that must all be found, `!word` for those that must not, `field=value` for one
 * field alone, `~word` for letters in order. Letter case never matters.
 */

/** What a row offers to filters: its texts, and the fields that can be named. */
export type Filterable<Row> = {
	/** Searched by plain words. */
	readonly texts: readonly ((row: Row) => string)[];
	/** Searched by `name=value`; a field can have several values, as labels do. */
	readonly fields: Readonly<Record<string, (row: Row) => readonly string[]>>;
};

export type Term = {
	readonly isInverse: boolean;
	readonly kind: 'text' | 'fuzzy' | 'field';
	/** Lower case. */
	readonly text: string;
	/** Of `field` terms: the name before the `=`, lower case. */
	readonly field: string;
};

export type Filter = {
	/** What was typed, trimmed: two filters of the same text are the same filter. */
	readonly text: string;
	readonly terms: readonly Term[];
};

export const noFilter: Filter = {text: '', terms: []};

/** Never fails: what makes no sense yet (a lone `!`, `=x`) asks for nothing, so that every keystroke leaves a valid filter. */
export function parseFilter(text: string): Filter {
	const trimmed = text.trim();
	const terms = trimmed
		.split(/\s+/)
		.map(parseTerm)
		.filter((term) => term.text !== '');
	return {text: trimmed, terms};
}

function parseTerm(word: string): Term {
	const isInverse = word.startsWith('!');
	const rest = (isInverse ? word.slice(1) : word).toLowerCase();
	if (rest.startsWith('~')) return {isInverse, kind: 'fuzzy', text: rest.slice(1), field: ''};
	const field = /^([a-z]+)=(.*)$/.exec(rest);
	if (field) return {isInverse, kind: 'field', text: field[2] ?? '', field: field[1] ?? ''};
	return {isInverse, kind: 'text', text: rest, field: ''};
}

export function matches<Row>(filter: Filter, row: Row, filterable: Filterable<Row>): boolean {
	for (const term of filter.terms) {
		if (isFound(term, row, filterable) === term.isInverse) return false;
	}
	return true;
}

/** Whether everything that `narrow` lets through is let through by `wide` too, as far as the texts alone tell. */
export function isNarrower(narrow: Filter, wide: Filter): boolean {
	if (wide.terms.length > narrow.terms.length) return false;
	return wide.terms.every((term, index) => {
		const other = narrow.terms[index];
		if (!other || other.kind !== term.kind || other.field !== term.field) return false;
		if (term.isInverse !== other.isInverse) return false;
		return term.isInverse ? term.text === other.text : other.text.startsWith(term.text);
	});
}

/** The fields of a row with their values in one text each: what custom commands can name. */
export function fieldTexts<Row>(row: Row, {fields}: Filterable<Row>): Record<string, string> {
	// What an object is called is one text, whatever else it is found by.
	const textOf = (name: string, values: readonly string[]): string =>
		name === 'name' ? (values[0] ?? '') : [...new Set(values)].join(',');
	const texts = Object.entries(fields).map(
		([name, values]) => [name, textOf(name, values(row).filter(Boolean))] as const,
	);
	return Object.fromEntries(texts);
}

function isFound<Row>(term: Term, row: Row, filterable: Filterable<Row>): boolean {
	switch (term.kind) {
		case 'text':
			// A loop: this runs for each of 100,000 tasks while one types.
			for (const text of filterable.texts) if (text(row).toLowerCase().includes(term.text)) return true;
			return false;
		case 'fuzzy':
			return filterable.texts.some((text) => hasInOrder(text(row).toLowerCase(), term.text));
		case 'field': {
			const values = filterable.fields[term.field];
			// An unknown field is a plain word with an equals sign in it, such as part of a label or an image's argument.
			if (!values) return isFound({...term, kind: 'text', text: `${term.field}=${term.text}`}, row, filterable);
			return values(row).some((value) => value.toLowerCase().includes(term.text));
		}
	}
}

function hasInOrder(text: string, letters: string): boolean {
	let at = 0;
	for (const letter of letters) {
		const found = text.indexOf(letter, at);
		if (found === -1) return false;
		at = found + letter.length;
	}
	return true;
}
