/**
 * Go's struct types, described: what encoding/json makes of a body that is decoded into one, and how it writes one, with
 * the names that Go's error messages spell out. The specs of services and tasks are such descriptions, each said once:
 * their wire types are inferred from it, what a person may edit is checked against it (cluster/edit), and the simulator
 * decodes, answers and refuses by it.
 */

/** What a client may have sent for a T: every key can be missing, at every depth. */
export type Sent<T> = T extends readonly (infer E)[]
	? Sent<E>[]
	: T extends (...args: never[]) => unknown
		? T
		: T extends object
			? {[K in keyof T]?: Sent<T[K]> | undefined}
			: T;

/** A Go type; `T` is what it is here, by which the wire's types are inferred. */
export type Go<T> = GoType & {readonly wire?: T};

export type GoType =
	/** `words`: the only ones that the engine has a meaning for, whatever it decodes. */
	| {readonly kind: 'string'; readonly go: string; readonly words?: readonly string[]}
	| {readonly kind: 'bool'; readonly go: string}
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
/** `IsOptional`: the key may be missing in what the engine sends. */
type FieldOf<T = unknown, IsOptional extends boolean = boolean> = {
	readonly type: Go<T>;
	readonly omitEmpty: boolean;
	readonly embedded: string;
	readonly isOptional?: IsOptional;
};

export const field = <T>(type: Go<T>, {omitEmpty = false, embedded = ''}: FieldOptions = {}): FieldOf<T, false> => ({
	type,
	omitEmpty,
	embedded,
});

/** A field with `omitempty`: left out when false, 0, '', empty or nil. */
export const optional = <T>(type: Go<T>, {embedded = ''}: FieldOptions = {}): FieldOf<T, true> => ({
	type,
	omitEmpty: true,
	embedded,
});

/** Always written by the engine that keeps it, but not by all that show it. */
export const lenient = <T>(type: Go<T>): FieldOf<T, true> => ({type, omitEmpty: false, embedded: ''});

/** A field with `omitempty` that is never empty in what the engine sends. */
export const alwaysShown = <T>(type: Go<T>): FieldOf<T, false> => ({type, omitEmpty: true, embedded: ''});

type Members<Fields> = {
	[K in keyof Fields as Fields[K] extends FieldOf<unknown, false> ? K : never]: Fields[K] extends FieldOf<infer T>
		? T
		: never;
} & {
	[K in keyof Fields as Fields[K] extends FieldOf<unknown, false> ? never : K]?: Fields[K] extends FieldOf<infer T>
		? T
		: never;
};
type Flat<T> = {[K in keyof T]: T[K]};

/** The wire type that a description stands for. */
export type TypeOf<Described> = Described extends Go<infer T> ? T : never;

/** A struct whose wire type follows from its fields, given in wire order. */
export const struct = <Fields extends Record<string, FieldOf>>(
	go: string,
	fields: Fields,
): StructOf<Flat<Members<Fields>>> => structOf(go, fields);

/** A struct that stands for a wire type with a declaration of its own: every key of it needs its field, in wire order. */
export const structFor = <T>(go: string, fields: {[K in keyof Required<T>]: FieldOf}): StructOf<T> =>
	structOf(go, fields);

function structOf(go: string, fields: Readonly<Record<string, FieldOf>>): GoStruct {
	const list: GoField[] = Object.entries(fields).map(([name, given]) => ({name, ...given}));
	const byName = new Map<string, GoField>();
	for (const one of list) byName.set(one.name.toLowerCase(), one);
	return {kind: 'struct', go, fields: list, byName};
}

export const string: Go<string> = {kind: 'string', go: 'string'};
export const bool: Go<boolean> = {kind: 'bool', go: 'bool'};
export const bytes: Go<string> = {kind: 'bytes', go: '[]uint8'};
export const any: Go<unknown> = {kind: 'any', go: 'interface {}'};
export const float32: Go<number> = {kind: 'float', go: 'float32'};

const integer = (go: string, bits: number, isSigned: boolean): Go<number> => ({
	kind: 'integer',
	go,
	least: isSigned ? -(1n << BigInt(bits - 1)) : 0n,
	most: (1n << BigInt(isSigned ? bits - 1 : bits)) - 1n,
});

export const int: Go<number> = integer('int', 64, true);
export const int64: Go<number> = integer('int64', 64, true);
export const uint64: Go<number> = integer('uint64', 64, false);
export const uint32: Go<number> = integer('uint32', 32, false);
export const uint16: Go<number> = integer('uint16', 16, false);
export const fileMode: Go<number> = integer('fs.FileMode', 32, false);
export const duration: Go<number> = integer('time.Duration', 64, true);

/** A string type with a name of its own, such as `swarm.NodeRole`, and its words where they are few. */
export const stringType = <const T extends string = string>(go: string, words?: readonly T[]): Go<T> => ({
	kind: 'string',
	go,
	...(words && {words}),
});
export const slice = <T>(of: Go<T>): Go<T[]> => ({kind: 'slice', go: `[]${of.go}`, of});
export const map = <T>(of: Go<T>): Go<Record<string, T>> => ({kind: 'map', go: `map[string]${of.go}`, of});
export const pointer = <T>(of: Go<T>): Go<T> => ({kind: 'pointer', go: `*${of.go}`, of});
/** A pointer that the engine, or a client, may also write as null. */
export const nullable = <T>(of: Go<T>): Go<T | null> => pointer<T | null>(of);

export const strings = slice(string);
export const stringMap = map(string);
