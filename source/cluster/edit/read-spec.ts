/** What a person made of a spec's text: the changes, or what is wrong with it, line by line. */
import type {z} from 'zod';
import {type DocumentProblem, parseSource, problemsOf, type Source} from '../../documents/document.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {type Change, changesBetween, withoutNulls} from './changes.ts';
import {nodeSpecSchema, serviceSpecSchema, swarmSpecSchema} from './spec-schema.ts';
import type {Edited} from './spec-text.ts';

/** @param file what the problems call the text */
export function readSpec(text: string, {kind, spec}: Edited, file: string): Result<Change[], DocumentProblem[]> {
	const source = parseSource(text, file);
	if (!source.ok) return source;
	const {value} = source.value;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return failed([{file, line: 1, key: '', message: `this is no longer a ${kind}: its keys are missing`}]);
	}
	const changes = changesBetween(spec, value);
	const problems = [...misfits(source.value, kind, spec), ...fixed(changes, source.value)];
	return problems.length > 0 ? failed(problems.toSorted((a, b) => a.line - b.line)) : ok(changes);
}

const schemas = {service: serviceSpecSchema, node: nodeSpecSchema, swarm: swarmSpecSchema};

/** The spec of a new service as a person wrote it. */
export function readNewSpec(text: string, file: string): Result<ServiceSpec, DocumentProblem[]> {
	const source = parseSource(text, file);
	if (!source.ok) return source;
	const {value} = source.value;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return failed([{file, line: 1, key: '', message: 'this is no longer a service: its keys are missing'}]);
	}
	const problems = misfits(source.value, 'service', {});
	// The schema has just found it to be one.
	return problems.length > 0 ? failed(problems) : ok(withoutNulls(value) as ServiceSpec);
}

/** What does not fit the schema; keys that an engine newer than the schema has there are its own business. */
function misfits(source: Source, kind: Edited['kind'], spec: unknown): DocumentProblem[] {
	const schema = schemas[kind];
	const checked = schema.safeParse(denulled(source.value));
	if (checked.success) return [];
	return checked.error.issues
		.flatMap((issue) => problemsOf(withoutKnown(issue, spec), source))
		.map((problem) => ({...problem, message: problem.message.replace(/^invalid input: /, '')}));
}

function withoutKnown(issue: z.core.$ZodIssue, spec: unknown): z.core.$ZodIssue {
	if (issue.code !== 'unrecognized_keys') return issue;
	return {...issue, keys: issue.keys.filter((key) => !isThere(spec, [...issue.path, key]))};
}

function isThere(spec: unknown, path: readonly PropertyKey[]): boolean {
	let at: unknown = spec;
	for (const key of path) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
		at = (at as Record<PropertyKey, unknown>)[key];
	}
	return true;
}

/** A key without a value is as good as none. Entries of lists stay where they are: problems name them by number. */
function denulled(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((each) => (each === null ? '' : denulled(each)));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, denulled(member)]])),
	);
}

/** What an engine refuses to change, and why it is so. */
function fixed(changes: readonly Change[], source: Source): DocumentProblem[] {
	const at = (path: readonly string[], message: string): DocumentProblem => ({
		file: source.file,
		line: source.lineOf(path),
		key: path.join('.'),
		message,
	});
	return changes.flatMap(({path, from, to}) => {
		if (path.length === 1 && path[0] === 'Name')
			return [at(path, 'the name of a service, a node or the swarm can’t be changed')];
		const isMode = path[0] === 'Mode' && path.length === 2 && (from === undefined || to === undefined);
		return isMode && to !== undefined
			? [at(path, 'the mode of a service can’t be changed: remove it and create it again')]
			: [];
	});
}
