import type {GoType, Sent, StructOf} from '../../../wire/spec/go-types.ts';

/**
 * Objects as encoding/json writes them: fields in the order of the struct, the zero value for what is missing, nothing for
 * an empty field with `omitempty`, the keys of maps sorted.
 */

/** `value` with exactly the keys that the engine would send, in its order. */
export const encode = <T>(type: StructOf<T>, value: Sent<T>): T => encodeValue(type, value) as T;

function encodeValue(type: GoType, value: unknown): unknown {
	switch (type.kind) {
		case 'string':
		case 'bytes':
			return value ?? '';
		case 'bool':
			return value ?? false;
		case 'integer':
		case 'float':
			return value ?? 0;
		case 'any':
			return value ?? null;
		case 'pointer':
			return value === undefined || value === null ? null : encodeValue(type.of, value);
		case 'slice':
			return Array.isArray(value) ? value.map((element) => encodeValue(type.of, element)) : null;
		case 'map':
			return isRecord(value) ? sorted(value, (member) => encodeValue(type.of, member)) : null;
		case 'struct':
			return encodeStruct(type, isRecord(value) ? value : {});
	}
}

function encodeStruct(type: GoType & {kind: 'struct'}, value: Record<string, unknown>): Record<string, unknown> {
	const made: Record<string, unknown> = {};
	for (const {name, type: fieldType, omitEmpty} of type.fields) {
		const member = value[name];
		if (omitEmpty && isEmpty(fieldType, member)) continue;
		made[name] = encodeValue(fieldType, member);
	}
	return made;
}

/** Go's isEmptyValue: a struct never is. */
function isEmpty(type: GoType, value: unknown): boolean {
	switch (type.kind) {
		case 'struct':
			return false;
		case 'pointer':
		case 'any':
			return value === undefined || value === null;
		case 'slice':
			return !Array.isArray(value) || value.length === 0;
		case 'map':
			return !isRecord(value) || Object.keys(value).length === 0;
		default:
			return value === undefined || value === null || value === '' || value === 0 || value === false;
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A map with its keys in the order of their bytes. */
export function sorted<V, W>(record: Readonly<Record<string, V>>, convert: (value: V) => W): Record<string, W> {
	const keys = Object.keys(record).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	return Object.fromEntries(keys.map((key) => [key, convert(record[key] as V)]));
}
