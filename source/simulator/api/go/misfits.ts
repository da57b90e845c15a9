import type {GoField, GoStruct, GoType} from '../../../wire/spec/go-types.ts';

/** The words of encoding/json for a value that doesn't fit its place, which changed with the Go that engines are built with. */

/** Where the decoder is: in which struct of which body, and the fields, indexes and keys on the way from the top. */
export type Place = {
	readonly root: GoStruct;
	readonly struct: GoStruct;
	readonly path: readonly (GoField | string | number)[];
};

/** One step into a slice or a map. */
export const within = (place: Place, step: string | number): Place => ({...place, path: [...place.path, step]});

export type Misfits = {
	readonly misfit: (what: string, type: GoType, place: Place) => string;
	readonly badBase64: (complaint: string, type: GoType, place: Place) => string;
};

const plainName = ({go}: GoStruct): string => go.replace(/^.*\./, '');

const isField = (step: GoField | string | number): step is GoField => typeof step === 'object';

/** Go 1.24 (engine 26.1): the innermost struct, embedded structs in the path, no indexes, no keys. */
export const olderMisfits: Misfits = {
	misfit: (what, type, {struct, path}) => {
		const fields = path.filter(isField).map(({embedded, name}) => (embedded ? `${embedded}.${name}` : name));
		const target =
			fields.length > 0
				? `Go struct field ${plainName(struct)}.${fields.join('.')} of type ${type.go}`
				: `Go value of type ${type.go}`;
		return `json: cannot unmarshal ${what} into ${target}`;
	},
	badBase64: (complaint) => complaint,
};

/** Go 1.27 (engine 28.5): the body's struct, and every step of the way. */
export const newerMisfits: Misfits = {
	misfit: (what, type, {root, path}) => {
		if (path.length === 0) return `json: cannot unmarshal ${what} into Go value of type ${type.go}`;
		const steps = path.map((step) => (isField(step) ? step.name : step));
		// An element of a list is not said to be a field.
		const kind = typeof path.at(-1) === 'number' ? '' : 'Go struct field ';
		return `json: cannot unmarshal ${what} into ${kind}${newerName(root)}.${steps.join('.')} of type ${type.go}`;
	},
	badBase64: (complaint, type, place) => `${newerMisfits.misfit('string', type, place)}: ${complaint}`,
};

/** Types that have been given other names since. */
const newerName = (root: GoStruct): string => renamed[root.go] ?? plainName(root);
const renamed: Readonly<Record<string, string>> = {'types.NetworkCreateRequest': 'CreateRequest'};
