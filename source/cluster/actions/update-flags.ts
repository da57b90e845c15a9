import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Mount, PortConfig} from '../../wire/task.ts';
import type {Change} from '../edit/changes.ts';
import {quoted} from './shell.ts';

/** Changes of a service's spec as flags of `docker service update` (docker/cli cli/command/service/update.go). */

/** @returns the command; settings that docker has no flag for are named behind it */
export function updateCommand(changes: readonly Change[], service: SafeText): SafeText {
	const flags: SafeText[] = [];
	const others: SafeText[] = [];
	for (const change of changes.flatMap(leaves)) {
		const found = flagsOf(change);
		if (found) flags.push(...found);
		else others.push(toSafeText(change.path.join('.')));
	}
	const comment = others.length > 0 ? [safe`# no flag sets ${joinSafe(others, ', ')}`] : [];
	if (flags.length === 0) return joinSafe([safe`docker service inspect ${service}`, ...comment], ' ');
	return joinSafe([safe`docker service update`, ...flags, service, ...comment], ' ');
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A group of settings that comes or goes as a whole is the sum of its settings. */
function leaves(change: Change): Change[] {
	const {path, from, to} = change;
	if (hasOwnFlag(path) || (!isFields(from) && !isFields(to))) return [change];
	const [before, after] = [isFields(from) ? from : {}, isFields(to) ? to : {}];
	const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
	return [...keys].flatMap((key) => leaves({path: [...path, key], from: before[key], to: after[key]}));
}

type Flags = (change: Change) => readonly SafeText[];

const flag = (name: string, value: string): SafeText => safe`--${toSafeText(name)} ${quoted(value)}`;
const zeroable = (value: unknown): string => String(value ?? 0);
const seconds = (value: unknown): string => `${Number(value ?? 0) / 1e9}s`;
const plainFlag =
	(name: string, words: (value: unknown) => string = (value) => String(value ?? '')): Flags =>
	({to}) => [flag(name, words(to))];
const boolFlag =
	(name: string): Flags =>
	({to}) => [toSafeText(`--${name}=${to === true}`)];

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Lists that docker adds to and takes from entry by entry. */
function entryFlags(
	name: string,
	added: (entry: unknown) => string = String,
	removed: (entry: unknown) => string = added,
): Flags {
	return ({from, to}) => {
		const [before, after] = [listOf(from).map(added), listOf(to).map(added)];
		const gone = listOf(from).filter((entry) => !after.includes(added(entry)));
		const fresh = listOf(to).filter((entry) => !before.includes(added(entry)));
		const kept = new Set(fresh.map(removed));
		return [
			...gone.filter((entry) => !kept.has(removed(entry))).map((entry) => flag(`${name}-rm`, removed(entry))),
			...fresh.map((entry) => flag(`${name}-add`, added(entry))),
		];
	};
}

const nameOfVariable = (entry: unknown): string => String(entry).split('=')[0] ?? '';
const words = (value: unknown): string => listOf(value).map(String).join(' ');

function mountWords(entry: unknown): string {
	const {Type = 'volume', Source, Target, ReadOnly} = entry as Mount;
	return [`type=${Type}`, Source && `source=${Source}`, `target=${Target}`, ReadOnly && 'readonly']
		.filter(Boolean)
		.join(',');
}

function portWords(entry: unknown): string {
	const {PublishedPort, TargetPort, Protocol, PublishMode} = entry as PortConfig;
	return [
		PublishedPort && `published=${PublishedPort}`,
		`target=${TargetPort}`,
		Protocol && `protocol=${Protocol}`,
		PublishMode && `mode=${PublishMode}`,
	]
		.filter(Boolean)
		.join(',');
}

const spreadWords = (entry: unknown): string =>
	`spread=${(entry as {Spread?: {SpreadDescriptor?: string}}).Spread?.SpreadDescriptor ?? ''}`;

const container = 'TaskTemplate.ContainerSpec';

function updateFlags(config: string, prefix: string): Record<string, Flags> {
	return {
		[`${config}.Parallelism`]: plainFlag(`${prefix}-parallelism`, zeroable),
		[`${config}.Delay`]: plainFlag(`${prefix}-delay`, seconds),
		[`${config}.FailureAction`]: plainFlag(`${prefix}-failure-action`),
		[`${config}.Monitor`]: plainFlag(`${prefix}-monitor`, seconds),
		[`${config}.MaxFailureRatio`]: plainFlag(`${prefix}-max-failure-ratio`, zeroable),
		[`${config}.Order`]: plainFlag(`${prefix}-order`),
	};
}

const byPath: Readonly<Record<string, Flags>> = {
	...updateFlags('UpdateConfig', 'update'),
	...updateFlags('RollbackConfig', 'rollback'),
	'Mode.Replicated.Replicas': plainFlag('replicas', zeroable),
	'EndpointSpec.Mode': plainFlag('endpoint-mode'),
	'EndpointSpec.Ports': entryFlags('publish', portWords, (entry) => String((entry as PortConfig).TargetPort)),
	'TaskTemplate.ForceUpdate': () => [toSafeText('--force')],
	'TaskTemplate.Resources.Limits.NanoCPUs': plainFlag('limit-cpu', (value) => String(Number(value ?? 0) / 1e9)),
	'TaskTemplate.Resources.Limits.MemoryBytes': plainFlag('limit-memory', zeroable),
	'TaskTemplate.Resources.Limits.Pids': plainFlag('limit-pids', zeroable),
	'TaskTemplate.Resources.Reservations.NanoCPUs': plainFlag('reserve-cpu', (value) => String(Number(value ?? 0) / 1e9)),
	'TaskTemplate.Resources.Reservations.MemoryBytes': plainFlag('reserve-memory', zeroable),
	'TaskTemplate.RestartPolicy.Condition': plainFlag('restart-condition'),
	'TaskTemplate.RestartPolicy.Delay': plainFlag('restart-delay', seconds),
	'TaskTemplate.RestartPolicy.MaxAttempts': plainFlag('restart-max-attempts', zeroable),
	'TaskTemplate.RestartPolicy.Window': plainFlag('restart-window', seconds),
	'TaskTemplate.Placement.Constraints': entryFlags('constraint'),
	'TaskTemplate.Placement.MaxReplicas': plainFlag('replicas-max-per-node', zeroable),
	'TaskTemplate.Placement.Preferences': entryFlags('placement-pref', spreadWords),
	'TaskTemplate.Networks': entryFlags('network', (entry) => (entry as {Target?: string}).Target ?? ''),
	'TaskTemplate.LogDriver.Name': plainFlag('log-driver'),
	[`${container}.Image`]: plainFlag('image'),
	[`${container}.Env`]: entryFlags('env', String, nameOfVariable),
	[`${container}.Args`]: plainFlag('args', words),
	[`${container}.Command`]: plainFlag('entrypoint', words),
	[`${container}.Hostname`]: plainFlag('hostname'),
	[`${container}.Dir`]: plainFlag('workdir'),
	[`${container}.User`]: plainFlag('user'),
	[`${container}.Groups`]: entryFlags('group'),
	[`${container}.Hosts`]: entryFlags('host', (entry) => String(entry).split(' ').reverse().join(':')),
	[`${container}.DNSConfig.Nameservers`]: entryFlags('dns'),
	[`${container}.DNSConfig.Search`]: entryFlags('dns-search'),
	[`${container}.DNSConfig.Options`]: entryFlags('dns-option'),
	[`${container}.StopSignal`]: plainFlag('stop-signal'),
	[`${container}.StopGracePeriod`]: plainFlag('stop-grace-period', seconds),
	[`${container}.TTY`]: boolFlag('tty'),
	[`${container}.ReadOnly`]: boolFlag('read-only'),
	[`${container}.Init`]: boolFlag('init'),
	[`${container}.Isolation`]: plainFlag('isolation'),
	[`${container}.Mounts`]: entryFlags('mount', mountWords, (entry) => (entry as Mount).Target ?? ''),
	[`${container}.Secrets`]: entryFlags('secret', (entry) => (entry as {SecretName?: string}).SecretName ?? ''),
	[`${container}.Configs`]: entryFlags('config', (entry) => (entry as {ConfigName?: string}).ConfigName ?? ''),
	[`${container}.Healthcheck.Interval`]: plainFlag('health-interval', seconds),
	[`${container}.Healthcheck.Timeout`]: plainFlag('health-timeout', seconds),
	[`${container}.Healthcheck.StartPeriod`]: plainFlag('health-start-period', seconds),
	[`${container}.Healthcheck.Retries`]: plainFlag('health-retries', zeroable),
};

/** Maps whose keys are the user's: the flag that adds an entry, and takes one away. */
const byMap: Readonly<Record<string, string>> = {
	Labels: 'label',
	[`${container}.Labels`]: 'container-label',
	[`${container}.Sysctls`]: 'sysctl',
};

const hasOwnFlag = (path: readonly string[]): boolean => byPath[path.join('.')] !== undefined;

function flagsOf(change: Change): readonly SafeText[] | undefined {
	const {path, to} = change;
	const known = byPath[path.join('.')];
	if (known) return known(change);
	const map = byMap[path.slice(0, -1).join('.')];
	const key = path.at(-1);
	if (map === undefined || key === undefined) return undefined;
	return [to === undefined ? flag(`${map}-rm`, key) : flag(`${map}-add`, `${key}=${String(to)}`)];
}
