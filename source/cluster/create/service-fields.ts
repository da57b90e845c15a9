/**
 * The fields of a service that a form asks for: where each stands in the spec, and how it is written as texts. A long file: one
 * table, and what goes through it in both directions. Pure.
 */

import {ok} from '../../runtime/result.ts';
import {type Entries, listOf, textOf} from '../../text/entries.ts';
import {splitWords} from '../../text/shell-words.ts';
import type {NetworkAttachmentConfig} from '../../wire/network.ts';
import type {ServiceMode, ServiceSpec} from '../../wire/service.ts';
import type {ConfigReference, Mount, PortConfig, SecretReference} from '../../wire/task.ts';
import {durationWord} from '../docker-command/flag-row.ts';
import {newRestartPolicy, newUpdateConfig} from '../docker-command/group-rows.ts';
import {valueAt, withChanges, withoutNulls} from '../edit/changes.ts';
import {parsePlacementConstraint, parsePreference} from './placement.ts';
import {
	attachmentWord,
	mountWord,
	parseAttachment,
	parseMount,
	parsePort,
	parseReference,
	portWord,
	referenceWord,
} from './records.ts';
import {
	bytesWord,
	type Parse,
	parseCommand,
	parseCpuCount,
	parseEnv,
	parseImageName,
	parseMemory,
	parsePair,
	parsePositive,
	parseProbeTime,
	parseRatio,
	parseReplicas,
	parseTime,
	parseWhole,
} from './values.ts';

export const modes = ['replicated', 'global', 'replicated-job', 'global-job'] as const;
export type ModeWord = (typeof modes)[number];

/** How specs call things by ID, and people by name. */
export type Naming = {readonly networkName: (id: string) => string};

type FieldRule = {
	readonly path: readonly string[];
	/** What of the spec it shows, as texts. */
	readonly read: (value: unknown, naming: Naming) => readonly string[];
	/** What the texts make of what stands in the spec: what was not touched stays as it is. */
	readonly write: (texts: readonly string[], present: unknown, naming: Naming) => unknown;
	/** What is wrong with one of the texts. */
	readonly parse: Parse<unknown>;
	/** Modes of service in which it means nothing. */
	readonly notIn?: readonly ModeWord[];
	/** It is one of a group, which is sent with docker's defaults or not at all. */
	readonly group?: {readonly path: readonly string[]; readonly defaults: object};
};

const path = (text: string): readonly string[] => text.split('.');
const container = (rest: string): readonly string[] => path(`TaskTemplate.ContainerSpec.${rest}`);
const readAs = <T>(parse: Parse<T>, text: string): T | undefined => {
	const parsed = parse(text);
	return parsed.ok ? parsed.value : undefined;
};

/** One value; empty is not set. */
function one<T>(
	at: readonly string[],
	parse: Parse<T>,
	word: (value: T) => string,
	more: Partial<FieldRule> = {},
): FieldRule {
	const read = (value: unknown) => (value === undefined || value === '' ? [] : [word(value as T)]);
	return {
		path: at,
		read,
		write: ([text = ''], present) => {
			if (text === '') return undefined;
			return present !== undefined && read(present)[0] === text ? present : readAs(parse, text);
		},
		parse,
		...more,
	};
}

/** A list of them; an entry that reads as it did stays what it was, with all that the form doesn't show of it. */
function many<T>(
	at: readonly string[],
	parse: Parse<readonly T[]>,
	word: (value: T, naming: Naming) => string,
	more: Partial<FieldRule> = {},
): FieldRule {
	return {
		path: at,
		read: (value, naming) => ((value ?? []) as readonly T[]).map((each) => word(each, naming)),
		write: (texts, present, naming) => {
			const before = new Map(((present ?? []) as readonly T[]).map((each) => [word(each, naming), each]));
			const values = texts.flatMap((text) => {
				const kept = before.get(text);
				return kept === undefined ? (readAs(parse, text) ?? []) : [kept];
			});
			return values.length === 0 ? undefined : values;
		},
		parse,
		...more,
	};
}

const each =
	<T>(parse: Parse<T>): Parse<readonly T[]> =>
	(text) => {
		const parsed = parse(text);
		return parsed.ok ? ok([parsed.value]) : parsed;
	};

const asIs: Parse<string> = (text) => ok(text);
const same = (text: string): string => text;
const number = (value: number): string => String(value);
const isZeroNothing = (rule: FieldRule): FieldRule => ({
	...rule,
	read: (value, naming) => (value === 0 ? [] : rule.read(value, naming)),
});

const secretsOf: Parse<SecretReference> = (text) => {
	const parsed = parseReference('secret', text);
	return parsed.ok ? ok({File: {...parsed.value.file}, SecretID: '', SecretName: parsed.value.name}) : parsed;
};
const configsOf: Parse<ConfigReference> = (text) => {
	const parsed = parseReference('config', text);
	return parsed.ok ? ok({File: {...parsed.value.file}, ConfigID: '', ConfigName: parsed.value.name}) : parsed;
};

const jobs: readonly ModeWord[] = ['replicated-job', 'global-job'];
const update = {path: ['UpdateConfig'], defaults: newUpdateConfig};
const restart = {path: path('TaskTemplate.RestartPolicy'), defaults: newRestartPolicy};
const ofUpdate = {notIn: jobs, group: update};
const notSpread = {notIn: ['global', 'replicated-job', 'global-job'] as const};

const healthTest: FieldRule = {
	path: container('Healthcheck.Test'),
	read: (value) => {
		const [kind, ...words] = (value ?? []) as readonly string[];
		if (kind === 'CMD-SHELL') return [words[0] ?? ''];
		return kind === 'CMD' ? [splitWords(words)] : [];
	},
	write: ([text = ''], present) => {
		if (text === '') return ((present ?? []) as readonly string[])[0] === 'NONE' ? present : undefined;
		return healthTest.read(present, noNames)[0] === text ? present : ['CMD-SHELL', text];
	},
	parse: asIs,
};

const noNames: Naming = {networkName: same};

const labels: FieldRule = {
	path: ['Labels'],
	read: (value) => Object.entries((value ?? {}) as Record<string, string>).map(([key, text]) => `${key}=${text}`),
	write: (texts) => Object.fromEntries(texts.flatMap((text) => (parsePair(text).ok ? [splitPair(text)] : []))),
	parse: parsePair,
};

function splitPair(text: string): readonly [string, string] {
	const at = text.indexOf('=');
	return [text.slice(0, at), text.slice(at + 1)];
}

/** By the ID of the field. Mode and replicas are one thing in the spec: see `withMode`. */
export const serviceFields: Readonly<Record<string, FieldRule>> = {
	image: one(container('Image'), parseImageName, same),
	name: one(['Name'], asIs, same),
	command: one(container('Args'), parseCommand, splitWords),
	entrypoint: one(container('Command'), parseCommand, splitWords),
	ports: many<PortConfig>(path('EndpointSpec.Ports'), parsePort, portWord),
	endpoint: one(path('EndpointSpec.Mode'), asIs, same),
	networks: many<NetworkAttachmentConfig>(
		path('TaskTemplate.Networks'),
		each(parseAttachment),
		(value, {networkName}) => attachmentWord(value, networkName),
	),
	env: many<string>(container('Env'), each(parseEnv), same),
	mounts: many<Mount>(container('Mounts'), each(parseMount), mountWord),
	secrets: many<SecretReference>(container('Secrets'), each(secretsOf), ({SecretName, File}) =>
		referenceWord(SecretName, File ?? undefined),
	),
	configs: many<ConfigReference>(container('Configs'), each(configsOf), ({ConfigName, File}) =>
		referenceWord(ConfigName, File),
	),
	constraints: many<string>(path('TaskTemplate.Placement.Constraints'), each(parsePlacementConstraint), same),
	preferences: many<{Spread?: {SpreadDescriptor: string} | null}>(
		path('TaskTemplate.Placement.Preferences'),
		each(parsePreference),
		({Spread}) => `spread=${Spread?.SpreadDescriptor ?? ''}`,
	),
	'max-per-node': isZeroNothing(one(path('TaskTemplate.Placement.MaxReplicas'), parseReplicas, number, notSpread)),
	'limit-cpu': one(path('TaskTemplate.Resources.Limits.NanoCPUs'), parseCpuCount, (nanos) => String(nanos / 1e9)),
	'limit-memory': one(path('TaskTemplate.Resources.Limits.MemoryBytes'), parseMemory, bytesWord),
	'reserve-cpu': one(path('TaskTemplate.Resources.Reservations.NanoCPUs'), parseCpuCount, (nanos) =>
		String(nanos / 1e9),
	),
	'reserve-memory': one(path('TaskTemplate.Resources.Reservations.MemoryBytes'), parseMemory, bytesWord),
	'health-cmd': healthTest,
	'health-interval': one(container('Healthcheck.Interval'), parseProbeTime, durationWord),
	'health-timeout': one(container('Healthcheck.Timeout'), parseProbeTime, durationWord),
	'health-retries': one(container('Healthcheck.Retries'), parseWhole, number),
	'health-start': one(container('Healthcheck.StartPeriod'), parseProbeTime, durationWord),
	'restart-condition': one(path('TaskTemplate.RestartPolicy.Condition'), asIs, same, {group: restart}),
	'restart-delay': one(path('TaskTemplate.RestartPolicy.Delay'), parseTime, durationWord, {group: restart}),
	'restart-attempts': one(path('TaskTemplate.RestartPolicy.MaxAttempts'), parseWhole, number, {group: restart}),
	'restart-window': one(path('TaskTemplate.RestartPolicy.Window'), parseTime, durationWord, {group: restart}),
	'update-parallelism': one(path('UpdateConfig.Parallelism'), parseWhole, number, ofUpdate),
	'update-delay': one(path('UpdateConfig.Delay'), parseTime, durationWord, ofUpdate),
	'update-order': one(path('UpdateConfig.Order'), asIs, same, ofUpdate),
	'update-failure': one(path('UpdateConfig.FailureAction'), asIs, same, ofUpdate),
	'update-monitor': one(path('UpdateConfig.Monitor'), parseTime, durationWord, ofUpdate),
	'update-ratio': one(path('UpdateConfig.MaxFailureRatio'), parseRatio, number, ofUpdate),
	labels,
};

/** What the number of tasks is read as. */
export const countFields: Readonly<Record<string, Parse<number>>> = {
	replicas: parseReplicas,
	completions: parsePositive,
	concurrent: parsePositive,
};

const modeWord = ({Global, ReplicatedJob, GlobalJob}: ServiceMode): ModeWord =>
	Global ? 'global' : ReplicatedJob ? 'replicated-job' : GlobalJob ? 'global-job' : 'replicated';

const isMode = (text: string): text is ModeWord => modes.some((mode) => mode === text);

export const modeIn = (entries: Entries): ModeWord => {
	const text = textOf(entries, 'mode');
	return isMode(text) ? text : 'replicated';
};

/** Whether a field means anything in that mode. */
export function hasField(id: string, mode: ModeWord): boolean {
	if (id === 'replicas') return mode === 'replicated';
	if (id === 'completions' || id === 'concurrent') return mode === 'replicated-job';
	return !serviceFields[id]?.notIn?.includes(mode);
}

/** What a form shows of a spec. */
export function entriesOf(spec: ServiceSpec, naming: Naming): Entries {
	const {Replicated, ReplicatedJob} = spec.Mode;
	const count = (value: number | null | undefined): readonly string[] => [
		value === undefined || value === null ? '' : String(value),
	];
	const fields = Object.entries(serviceFields).map(([id, {path: at, read}]) => [id, read(valueAt(spec, at), naming)]);
	return {
		...Object.fromEntries(fields),
		mode: [modeWord(spec.Mode)],
		replicas: [String(Replicated?.Replicas ?? 1)],
		completions: count(ReplicatedJob?.TotalCompletions),
		concurrent: count(ReplicatedJob?.MaxConcurrent),
	};
}

/** An empty service, from which a new one starts. */
export const emptySpec: ServiceSpec = {
	Name: '',
	Labels: {},
	TaskTemplate: {ContainerSpec: {}},
	Mode: {Replicated: {Replicas: 1}},
};

/**
 * The spec that the entries ask for.
 * @param base what they were made from: what the form doesn't show stays
 */
export function specOf(entries: Entries, base: ServiceSpec, naming: Naming): ServiceSpec {
	const mode = modeIn(entries);
	let spec: ServiceSpec = {...base, Mode: modeOf(mode, entries, base)};
	const groups = new Map<string, NonNullable<FieldRule['group']>>();
	for (const [id, {path: at, write, notIn, group}] of Object.entries(serviceFields)) {
		const texts = notIn?.includes(mode) ? [] : listOf(entries, id);
		const present = valueAt(base, at);
		const value = write(texts, present, naming);
		if (group && value !== undefined) groups.set(group.path.join('.'), group);
		spec = withChanges(spec, [{path: at, from: undefined, to: value}]);
	}
	for (const group of [update, restart]) {
		const key = group.path.join('.');
		const present = valueAt(spec, group.path) as object | undefined;
		const to = groups.has(key) ? {...group.defaults, ...present} : undefined;
		spec = withChanges(spec, [{path: group.path, from: undefined, to}]);
	}
	if (jobs.includes(mode)) spec = withChanges(spec, [{path: ['RollbackConfig'], from: undefined, to: undefined}]);
	return withoutEmpty(withoutNulls(spec)) as ServiceSpec;
}

function modeOf(mode: ModeWord, entries: Entries, {Mode}: ServiceSpec): ServiceMode {
	const count = (id: string): number | undefined => {
		const text = textOf(entries, id);
		const parse = countFields[id];
		return text === '' || !parse ? undefined : readAs(parse, text);
	};
	switch (mode) {
		case 'replicated':
			return {Replicated: {...Mode.Replicated, Replicas: count('replicas') ?? 1}};
		case 'global':
			return {Global: {}};
		case 'replicated-job': {
			const completions = count('completions') ?? count('concurrent') ?? 1;
			return {ReplicatedJob: {MaxConcurrent: count('concurrent') ?? completions, TotalCompletions: completions}};
		}
		case 'global-job':
			return {GlobalJob: {}};
		default:
			return mode satisfies never;
	}
}

/** Objects that a form has emptied say nothing; those of a mode, and maps of people's own keys, do. */
function withoutEmpty(value: unknown, key = ''): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	if (key === 'Mode') return value;
	const entries = Object.entries(value).flatMap(([name, member]) => {
		const kept = withoutEmpty(member, name);
		const isEmpty = typeof kept === 'object' && kept !== null && !Array.isArray(kept) && Object.keys(kept).length === 0;
		return isEmpty && name !== 'Labels' && name !== 'ContainerSpec' ? [] : [[name, kept] as const];
	});
	return Object.fromEntries(entries);
}
