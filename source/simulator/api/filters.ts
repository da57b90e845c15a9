import {GoObject, type GoValue, hasMore, readGoJson} from './go/json-text.ts';
import {badRequest} from './refusal.ts';

/** The `filters` parameter: keys with values, in either of the forms that clients send (moby api/types/filters). */

export class Filters {
	readonly #values: ReadonlyMap<string, readonly string[]>;

	constructor(values: ReadonlyMap<string, readonly string[]>) {
		this.#values = values;
	}

	has(key: string): boolean {
		return (this.#values.get(key)?.length ?? 0) > 0;
	}

	get(key: string): readonly string[] {
		return this.#values.get(key) ?? [];
	}

	/** @throws Refused 400 `invalid filter 'key'` for a key that the endpoint doesn't know */
	accept(...keys: readonly string[]): this {
		for (const key of this.#values.keys()) {
			if (!keys.includes(key)) throw badRequest(`invalid filter '${key}'`);
		}
		return this;
	}

	/** One of the values is that text; also when the key isn't given. */
	isOneOf(key: string, text: string): boolean {
		return !this.has(key) || this.get(key).includes(text);
	}

	/** One of the values begins the text; also when the key isn't given. */
	beginsWith(key: string, text: string): boolean {
		return !this.has(key) || this.get(key).some((value) => text.startsWith(value));
	}

	/** One of the values is within the text; also when the key isn't given. */
	isWithin(key: string, text: string): boolean {
		return !this.has(key) || this.get(key).some((value) => text.includes(value));
	}

	/** Every `k` is there and every `k=v` is so. Also when the key isn't given. */
	matchesLabels(key: string, labels: Readonly<Record<string, string>>): boolean {
		return this.get(key).every((wanted) => {
			const cut = wanted.indexOf('=');
			const name = cut < 0 ? wanted : wanted.slice(0, cut);
			if (!Object.hasOwn(labels, name)) return false;
			return cut < 0 || labels[name] === wanted.slice(cut + 1);
		});
	}

	/** The same as SwarmKit has it: its label filters don't tell `k=` from `k` (controlapi filterMatchLabels). */
	matchesSwarmLabels(key: string, labels: Readonly<Record<string, string>>): boolean {
		const wanted = this.get(key).map((value) => value.replace(/=$/s, ''));
		return new Filters(new Map([[key, wanted]])).matchesLabels(key, labels);
	}
}

/** The values of a key as booleans, in the words that filters take. @throws what `refuse` makes of any other */
export const booleansOf = (filters: Filters, key: string, refuse: (value: string) => Error): boolean[] =>
	filters.get(key).map((value) => {
		if (/^(1|true)$/i.test(value)) return true;
		if (/^(0|false)$/i.test(value)) return false;
		throw refuse(value);
	});

/**
 * `{"name":{"a":true}}` or the older `{"name":["a"]}`; nothing at all is no filter.
 * @throws Refused 400 `invalid filter` for anything else
 */
export function parseFilters(query: URLSearchParams): Filters {
	const text = query.get('filters') ?? '';
	const values = new Map<string, readonly string[]>();
	if (text === '') return new Filters(values);
	for (const [key, member] of membersOf(text)) {
		values.set(key, valuesOf(member));
	}
	return new Filters(values);
}

function valuesOf(member: GoValue): string[] {
	if (member === null) return [];
	if (Array.isArray(member)) {
		const texts = member.filter((value) => typeof value === 'string');
		if (texts.length === member.length) return texts;
	} else if (member instanceof GoObject && member.members.every(([, value]) => typeof value === 'boolean')) {
		return member.members.map(([value]) => value);
	}
	throw badRequest('invalid filter');
}

function membersOf(text: string): GoObject['members'] {
	try {
		const {value, end} = readGoJson(text);
		if (hasMore(text, end)) throw badRequest('invalid filter');
		if (value instanceof GoObject) return value.members;
		if (value === null) return [];
	} catch {
		throw badRequest('invalid filter');
	}
	throw badRequest('invalid filter');
}
