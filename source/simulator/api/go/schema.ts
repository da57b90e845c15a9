/**
 * Go's struct types, described: what encoding/json makes of a body that is decoded into one, and how it writes one. The
 * engine's request types are such descriptions (shapes/), with the names that Go's error messages spell out.
 */

/** What a client may have sent for a T: every key can be missing, at every depth. */
export type Sent<T> = T extends readonly (infer E)[]
	? Sent<E>[]
	: T extends (...args: never[]) => unknown
		? T
		: T extends object
			? {[K in keyof T]?: Sent<T[K]> | undefined}
			: T;

export type GoType =
	| {readonly kind: 'string' | 'bool'; readonly go: string}
	| {readonly kind: 'float'; readonly go: string}
	| {readonly kind: 'integer'; readonly go: string; readonly least: bigint; readonly most: bigint}
	/** []byte, base64 on the wire; kept as base64. */
	| {readonly kind: 'bytes'; readonly go: string}
	| {readonly kind: 'slice' | 'map' | 'pointer'; readonly go: string; readonly of: GoType}
	/** interface{}, kept as it came. */
	| {readonly kind: 'any'; readonly go: string}
	| GoStruct;

export type GoStruct = {
	readonly kind: 'struct';
	/** With its package: `swarm.ServiceSpec`. */
	readonly go: string;
	/** In the order of the declaration, which is the order on the wire. */
	readonly fields: readonly GoField[];
	readonly byName: ReadonlyMap<string, GoField>;
};

export type GoField = {
	readonly name: string;
	readonly type: GoType;
	readonly omitEmpty: boolean;
	/** The embedded struct that the field belongs to, which error messages name before the field. */
	readonly embedded: string;
};

/** A struct type that stands for the wire type T. */
export type StructOf<T> = GoStruct & {readonly wire?: T};

type FieldOptions = {readonly omitEmpty?: boolean; readonly embedded?: string};
type FieldOf = {readonly type: GoType; readonly omitEmpty: boolean; readonly embedded: string};

export const field = (type: GoType, {omitEmpty = false, embedded = ''}: FieldOptions = {}): FieldOf => ({
	type,
	omitEmpty,
	embedded,
});

/** A field with `omitempty`: left out when false, 0, '', empty or nil. */
export const optional = (type: GoType, options: FieldOptions = {}): FieldOf =>
	field(type, {...options, omitEmpty: true});

/** Every key of T needs its field, in wire order. */
export function struct<T>(go: string, fields: {[K in keyof Required<T>]: FieldOf}): StructOf<T> {
	const list: GoField[] = Object.entries<FieldOf>(fields).map(([name, given]) => ({name, ...given}));
	const byName = new Map<string, GoField>();
	for (const one of list) byName.set(one.name.toLowerCase(), one);
	return {kind: 'struct', go, fields: list, byName};
}

export const string: GoType = {kind: 'string', go: 'string'};
export const bool: GoType = {kind: 'bool', go: 'bool'};
export const bytes: GoType = {kind: 'bytes', go: '[]uint8'};
export const any: GoType = {kind: 'any', go: 'interface {}'};
export const float32: GoType = {kind: 'float', go: 'float32'};

const integer = (go: string, bits: number, isSigned: boolean): GoType => ({
	kind: 'integer',
	go,
	least: isSigned ? -(1n << BigInt(bits - 1)) : 0n,
	most: (1n << BigInt(isSigned ? bits - 1 : bits)) - 1n,
});

export const int: GoType = integer('int', 64, true);
export const int64: GoType = integer('int64', 64, true);
export const uint64: GoType = integer('uint64', 64, false);
export const uint32: GoType = integer('uint32', 32, false);
export const uint16: GoType = integer('uint16', 16, false);
export const fileMode: GoType = integer('fs.FileMode', 32, false);
export const duration: GoType = integer('time.Duration', 64, true);

/** A string type with a name of its own, such as `swarm.NodeRole`. */
export const stringType = (go: string): GoType => ({kind: 'string', go});
export const slice = (of: GoType): GoType => ({kind: 'slice', go: `[]${of.go}`, of});
export const map = (of: GoType): GoType => ({kind: 'map', go: `map[string]${of.go}`, of});
export const pointer = (of: GoType): GoType => ({kind: 'pointer', go: `*${of.go}`, of});

export const strings = slice(string);
export const stringMap = map(string);
