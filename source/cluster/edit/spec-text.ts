/** A spec as the YAML that a person edits: what its numbers mean stands beside them. */
import {Document, isMap, isScalar, isSeq, type Pair, visit} from 'yaml';
import type {DocumentProblem} from '../../documents/document.ts';
import {bytes, cpus, duration} from '../../text/format.ts';
import {withoutNulls} from './changes.ts';

/** What is wrong with such a text, and where. */
export type Problem = DocumentProblem;

export type Edited = {
	readonly kind: 'service' | 'node' | 'swarm';
	readonly id: string;
	/** As people call it. */
	readonly name: string;
	readonly version: number;
	/** The spec as the engine gave it. */
	readonly spec: unknown;
};

const nanosPerMs = 1_000_000;
const durations = [
	'Delay',
	'Monitor',
	'Window',
	'Interval',
	'Timeout',
	'StartPeriod',
	'StartInterval',
	'StopGracePeriod',
	'HeartbeatPeriod',
	'NodeCertExpiry',
];

/** Keys whose numbers nobody reads. */
const meanings: Readonly<Record<string, (value: number) => string>> = {
	...Object.fromEntries(durations.map((key) => [key, (nanos: number) => duration(nanos / nanosPerMs)])),
	NanoCPUs: (nanos) => `${cpus(nanos)} CPUs`,
	MemoryBytes: bytes,
};

/** The text to edit: a heading that says what happens with it, then the spec. */
export function specText({kind, name, id, version, spec}: Edited): string {
	return `${heading(kind, name, id, version)}${yamlOf(spec)}`;
}

/** The text of a service that is only to be made. */
export const newSpecText = (
	spec: unknown,
): string => `# A new service. Save and leave the editor: then it stands in the form, and nothing is sent yet.
${unitsNote}${yamlOf(spec)}`;

/** The lines of a spec, for a diff: without the comments, which say nothing of their own. */
export function specLines(spec: unknown): string[] {
	const document = new Document(withoutNulls(spec), {aliasDuplicateObjects: false});
	const text = document.toString(style);
	return text === '{}\n' ? [] : text.trimEnd().split('\n');
}

const unitsNote = '# Times are in nanoseconds, CPUs in billionths, memory in bytes.\n';

const style = {lineWidth: 0, flowCollectionPadding: false} as const;

function yamlOf(spec: unknown): string {
	const document = new Document(spec, {aliasDuplicateObjects: false, merge: true});
	visit(document, {Pair: (_, pair) => explain(pair)});
	return document.toString(style);
}

function explain({key, value}: Pair): void {
	if (!isScalar(key) || !isScalar(value) || isMap(value) || isSeq(value)) return;
	const meaning = meanings[String(key.value)];
	if (meaning && typeof value.value === 'number' && value.value > 0) value.comment = ` ${meaning(value.value)}`;
}

function heading(kind: Edited['kind'], name: string, id: string, version: number): string {
	const units = {
		service: unitsNote,
		node: '',
		swarm: '# Times are in nanoseconds.\n',
	}[kind];
	const what = kind === 'swarm' ? 'settings of the swarm' : `${kind} ${name.replaceAll(/\s/g, ' ')}`;
	return `# The ${what} (${id}), as it was in version ${version}.
# Save and leave the editor: what that changes is shown before it is sent.
# Left as it is, nothing happens.
${units}`;
}
