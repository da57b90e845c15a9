import type {GoStruct, GoType, Sent, StructOf} from '../../../wire/spec/go-types.ts';
import {badRequest} from '../refusal.ts';
import {GoNumber, GoObject, GoSyntaxError, type GoValue, hasMore, readGoJson} from './json-text.ts';
import {type Misfits, newerMisfits, olderMisfits, type Place, within} from './misfits.ts';

/**
 * Request bodies, decoded as encoding/json decodes into a struct: field names in any case, unknown fields ignored, null
 * leaves a field alone, a value of the wrong type is passed over and the first such error reported at the end.
 */

/** The Go that an engine was built with: its words for what is wrong differ. */
export type GoRelease = 'go1.24' | 'go1.27';

/** What the request said of its body, and who reads it. */
type Reading = {readonly contentType: string | undefined; readonly go: GoRelease};

/**
 * The body as the engine reads it (moby api/server/httputils ReadJSON): an empty one counts as an empty object.
 * @throws Refused 400 with the engine's words
 */
export function decodeBody<T>(type: StructOf<T>, body: Buffer, {contentType, go}: Reading): Sent<T> {
	if (body.length === 0 && !contentType) return {} as Sent<T>;
	requireJson(contentType ?? '');
	if (body.length === 0) return {} as Sent<T>;
	const text = body.toString('utf8');
	const {value, end} = readBody(text, go);
	const decoded = decodeValue(type, value, go);
	if (hasMore(text, end)) throw badRequest('unexpected content after JSON');
	return decoded;
}

/**
 * A parsed value, fitted into the type.
 * @throws Refused 400 `invalid JSON: json: cannot unmarshal …` for the first value that doesn't fit
 */
function decodeValue<T>(type: StructOf<T>, value: GoValue, go: GoRelease): Sent<T> {
	const decoder = new Decoder(go === 'go1.24' ? olderMisfits : newerMisfits);
	const decoded = decoder.decode(type, value, {root: type, struct: type, path: []});
	if (decoder.error !== undefined) throw badRequest(`invalid JSON: ${decoder.error}`);
	return (decoded ?? {}) as Sent<T>;
}

function readBody(text: string, go: GoRelease): {value: GoValue; end: number} {
	try {
		return readGoJson(text);
	} catch (error) {
		if (!(error instanceof GoSyntaxError)) throw error;
		const message = go === 'go1.24' ? error.message : (error.newerMessage ?? error.message);
		throw badRequest(`invalid JSON: ${error.kind === 'empty' ? 'got EOF while reading request body' : message}`);
	}
}

/** moby api/server/httputils matchesContentType, with the words of Go's mime.ParseMediaType. */
function requireJson(contentType: string): void {
	const [first = '', ...parameters] = contentType.split(';');
	const mediaType = first.trim().toLowerCase();
	const malformed = (why: string) => badRequest(`malformed Content-Type header (${contentType}): mime: ${why}`);
	if (mediaType === '') throw malformed('no media type');
	const isComplete = parameters.every(
		(text, index) => /^\s*[^\s=]+=\S/.test(text) || (text.trim() === '' && index === parameters.length - 1),
	);
	if (!isComplete) throw malformed('invalid media parameter');
	if (mediaType !== 'application/json') {
		throw badRequest(`unsupported Content-Type header (${contentType}): must be 'application/json'`);
	}
}

class Decoder {
	error: string | undefined;
	readonly #words: Misfits;

	constructor(words: Misfits) {
		this.#words = words;
	}

	decode(type: GoType, value: GoValue, place: Place): unknown {
		if (value === null) return undefined;
		switch (type.kind) {
			case 'pointer':
				return this.decode(type.of, value, place);
			case 'any':
				return plain(value);
			case 'string':
				return typeof value === 'string' ? value : this.#misfit(type, value, place);
			case 'bool':
				return typeof value === 'boolean' ? value : this.#misfit(type, value, place);
			case 'integer':
			case 'float':
				return this.#number(type, value, place);
			case 'bytes':
				return this.#bytes(type, value, place);
			case 'slice':
				return Array.isArray(value) ? this.#slice(type.of, value, place) : this.#misfit(type, value, place);
			case 'map':
				return value instanceof GoObject ? this.#map(type.of, value, place) : this.#misfit(type, value, place);
			case 'struct':
				return value instanceof GoObject ? this.#struct(type, value, place) : this.#misfit(type, value, place);
		}
	}

	#struct(type: GoStruct, value: GoObject, place: Place): Record<string, unknown> {
		const made: Record<string, unknown> = {};
		for (const [name, member] of value.members) {
			const field = type.byName.get(name.toLowerCase());
			if (!field) continue;
			const decoded = this.decode(field.type, member, {
				...place,
				struct: type,
				path: [...place.path, field],
			});
			if (decoded !== undefined) made[field.name] = decoded;
			else if (member === null && isNillable(field.type)) delete made[field.name];
		}
		return made;
	}

	#slice(of: GoType, elements: readonly GoValue[], place: Place): unknown[] {
		return elements.map((element, index) => this.decode(of, element, within(place, index)) ?? zeroOf(of));
	}

	#map(of: GoType, value: GoObject, place: Place): Record<string, unknown> {
		const entries = value.members.map(([key, member]) => [
			key,
			this.decode(of, member, within(place, key)) ?? zeroOf(of),
		]);
		return Object.fromEntries(entries);
	}

	#number(type: GoType & {kind: 'integer' | 'float'}, value: GoValue, place: Place): number | undefined {
		if (!(value instanceof GoNumber)) return this.#misfit(type, value, place);
		if (type.kind === 'float') return Number(value.literal);
		if (!/^-?\d+$/.test(value.literal)) return this.#misfit(type, value, place, `number ${value.literal}`);
		const whole = BigInt(value.literal);
		if (whole < type.least || whole > type.most) return this.#misfit(type, value, place, `number ${value.literal}`);
		return Number(whole);
	}

	#bytes(type: GoType, value: GoValue, place: Place): string | undefined {
		if (typeof value !== 'string') return this.#misfit(type, value, place);
		const wrong = firstNonBase64(value);
		if (wrong === undefined) return value.replaceAll(/[\r\n]/g, '');
		this.error ??= this.#words.badBase64(`illegal base64 data at input byte ${wrong}`, type, place);
		return undefined;
	}

	/** Go remembers the first misfit and goes on. */
	#misfit(type: GoType, value: GoValue, place: Place, what = nameOf(value)): undefined {
		this.error ??= this.#words.misfit(what, type, place);
		return undefined;
	}
}

const isNillable = ({kind}: GoType): boolean => kind === 'pointer' || kind === 'slice' || kind === 'map';

function nameOf(value: GoValue): string {
	if (value instanceof GoNumber) return 'number';
	if (value instanceof GoObject) return 'object';
	if (Array.isArray(value)) return 'array';
	return typeof value === 'string' ? 'string' : 'bool';
}

/** What a null or a misfit leaves in the place of an element. */
function zeroOf(type: GoType): unknown {
	if (type.kind === 'struct') return {};
	if (type.kind === 'string' || type.kind === 'bytes') return '';
	if (type.kind === 'bool') return false;
	if (type.kind === 'integer' || type.kind === 'float') return 0;
	return null;
}

/** The value as JSON.parse would have given it. */
function plain(value: GoValue): unknown {
	if (value instanceof GoNumber) return Number(value.literal);
	if (value instanceof GoObject) return Object.fromEntries(value.members.map(([key, member]) => [key, plain(member)]));
	return Array.isArray(value) ? value.map(plain) : value;
}

/** The index that Go's base64 decoder complains about, or undefined for a text that is well-formed. */
function firstNonBase64(text: string): number | undefined {
	let position = 0;
	while (position < text.length) {
		const quantum = decodeQuantum(text, position);
		if (quantum.error !== undefined) return quantum.error;
		position = quantum.next;
	}
	return undefined;
}

/** Four characters from `start` on, line ends not counted (encoding/base64 decodeQuantum). */
function decodeQuantum(text: string, start: number): {next: number; error?: number} {
	let next = start;
	for (let taken = 0; taken < 4; ) {
		const character = text.charAt(next);
		if (character === '') return taken === 0 ? {next} : {next, error: next - taken};
		next++;
		if (isLineEnd(character)) continue;
		if (base64Digit.test(character)) taken++;
		else if (character !== '=' || taken < 2) return {next, error: next - 1};
		else return afterPadding(text, next, taken);
	}
	return {next};
}

/** One sign of padding was read: another belongs to it after two digits, and nothing may follow. */
function afterPadding(text: string, start: number, taken: number): {next: number; error?: number} {
	let next = skipLineEnds(text, start);
	if (taken === 2) {
		if (next === text.length) return {next, error: text.length};
		if (text.charAt(next) !== '=') return {next, error: next - 1};
		next = skipLineEnds(text, next + 1);
	}
	return next < text.length ? {next, error: next} : {next};
}

const base64Digit = /[A-Za-z0-9+/]/;
const isLineEnd = (character: string): boolean => character === '\r' || character === '\n';

function skipLineEnds(text: string, start: number): number {
	let position = start;
	while (isLineEnd(text.charAt(position))) position++;
	return position;
}
