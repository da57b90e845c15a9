/**
 * What changes in a service's spec, as the docker command that changes just that. What docker's flags would leave otherwise
 * than it is meant to be is found by comparing the two specs, so that it can be said.
 */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {type Change, changesBetween, valueAt, withChanges} from '../edit/changes.ts';
import type {FlagContext, FlagRow} from './flag-row.ts';
import {argumentsRow, flagTable, imageRow} from './flag-table.ts';
import {modeFlags} from './group-rows.ts';
import {leavesOut, nothingDoes} from './messages.ts';
import {plainSpec} from './plain-spec.ts';

/** A line for the shell, and what it does not do. */
export type DockerCommand = {
	/** Empty where docker's command line has nothing that does it. */
	readonly line: SafeText;
	/** A sentence; undefined where the line does all of it. */
	readonly note: SafeText | undefined;
};

export const wholeCommand = (...words: readonly string[]): DockerCommand => ({line: shellLine(words), note: undefined});

type Names = Pick<FlagContext, 'networkWord'> & {
	/** The login for its registry goes with it. */
	readonly sendsLogin?: boolean | undefined;
};

type UpdateOptions = Names & {
	/** What docker is to look up in its registry, as it was asked for: also where it comes out as what the service has. */
	readonly image?: string | undefined;
};

/** @param service what docker finds it by */
export function updateCommand(
	service: string,
	before: ServiceSpec,
	after: ServiceSpec,
	{networkWord, image, sendsLogin}: UpdateOptions,
): DockerCommand {
	const completions = scaledTo(before, after);
	if (completions !== undefined) return wholeCommand('docker', 'service', 'scale', `${service}=${completions}`);
	const rows = image === undefined ? flagTable : flagTable.filter((each) => each !== imageRow);
	const base = image === undefined ? before : withChanges(before, [imageOf(after)]);
	const {words, result} = flagsBetween(base, after, rows, {form: 'update', networkWord});
	const all = [...(image === undefined ? [] : ['--image', image]), ...words, ...(sendsLogin ? [loginFlag] : [])];
	const left = leftBetween(result, after, all.includes('--image'));
	if (all.length === 0) return {line: toSafeText(''), note: left.length === 0 ? undefined : nothingDoes(left)};
	const line = shellLine(['docker', 'service', 'update', ...all, ...operands(service)]);
	return {line, note: left.length === 0 ? undefined : leavesOut('docker service update', left)};
}

const loginFlag = '--with-registry-auth';

const imageOf = ({TaskTemplate: {ContainerSpec: container}}: ServiceSpec): Change => ({
	path: ['TaskTemplate', 'ContainerSpec', 'Image'],
	from: undefined,
	to: container?.Image,
});

/** Of a service that is not there yet. */
export function createCommand(spec: ServiceSpec, {networkWord, sendsLogin}: Names): DockerCommand {
	const {ContainerSpec: container = {}} = spec.TaskTemplate;
	const {Image: image = '', Args: args = []} = container;
	const mode = modeFlags(spec.Mode);
	const base: ServiceSpec = {
		Name: spec.Name,
		Labels: {},
		Mode: spec.Mode,
		TaskTemplate: {ContainerSpec: {Image: image, Args: args}, Placement: {}},
	};
	const rows = flagTable.filter((each) => each !== imageRow && each !== argumentsRow);
	const {words, result} = flagsBetween(base, spec, rows, {form: 'create', networkWord});
	const left = leftBetween(result, spec, true);
	const line = shellLine([
		...['docker', 'service', 'create', '--name', spec.Name],
		...(mode?.words ?? []),
		...words,
		...(sendsLogin ? [loginFlag] : []),
		...operands(image, ...args),
	]);
	return {line, note: left.length === 0 ? undefined : leavesOut('docker service create', left)};
}

/** What stands behind the flags: behind `--` where it could be taken for one. */
export const operands = (...words: readonly string[]): readonly string[] =>
	words[0]?.startsWith('-') ? ['--', ...words] : words;

/** The number where nothing else changes, and docker has its own command. */
function scaledTo(before: ServiceSpec, after: ServiceSpec): number | undefined {
	const changes = changesBetween(plainSpec(before), plainSpec(after));
	const [change] = changes;
	if (changes.length !== 1 || typeof change?.to !== 'number') return undefined;
	const path = change.path.join('.');
	const isScale = path === 'Mode.Replicated.Replicas' || path === 'Mode.ReplicatedJob.TotalCompletions';
	return isScale ? change.to : undefined;
}

/** @returns the words, and the spec as docker would leave it */
function flagsBetween(before: ServiceSpec, after: ServiceSpec, rows: readonly FlagRow[], context: FlagContext) {
	let result: ServiceSpec = before;
	const words: string[] = [];
	for (const {path, flagsOf} of rows) {
		const [from, to] = [valueAt(result, path), valueAt(after, path)];
		if (isPlainlySame(from, to, path)) continue;
		const flags = flagsOf(from, to, context);
		if (!flags) continue;
		words.push(...flags.words);
		result = withChanges(result, [{path, from, to: flags.becomes}]);
	}
	return {words, result};
}

const isPlainlySame = (from: unknown, to: unknown, path: readonly string[]): boolean =>
	changesBetween({value: plainSpec(from, path.join('.'))}, {value: plainSpec(to, path.join('.'))}).length === 0;

/** @param isResolved docker asks the registry for the platforms of an image that it is given */
function leftBetween(result: ServiceSpec, after: ServiceSpec, isResolved: boolean): string[] {
	const paths = changesBetween(plainSpec(result), plainSpec(after)).map(({path}) => path.join('.'));
	return paths.filter((path) => !isResolved || path !== 'TaskTemplate.Placement.Platforms');
}
