/** All that its node's engine tells of one container. */
import type {ContainerEntity} from '../../../cluster/entities/contents.ts';
import type {ContainerView} from '../../../cluster/entities/inside.ts';
import type {ClusterState} from '../../../cluster/model.ts';
import {bytes, cpus, plural} from '../../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeLines, toSafeText} from '../../../text/safe-text.ts';
import type {ContainerChange, ContainerInspect, ContainerTop, HealthProbe} from '../../../wire/container.ts';
import {environmentLines} from '../environment.ts';
import {contentsIn} from './tabs.ts';

type Detail = readonly [label: string, value: SafeText];
type How = {readonly isRevealed?: boolean | undefined};

const none = toSafeText('');
/** The last probes that are shown, and lines of what each printed. */
const [mostProbes, mostLines] = [5, 4];
const mostProcesses = 30;
const mostChanges = 100;

export function containerDetails(
	row: ContainerEntity,
	cluster: ClusterState,
	{isRevealed = false}: How = {},
): readonly Detail[] {
	const contents = contentsIn(cluster);
	const looked = contents?.looked?.id === row.id ? contents.looked : undefined;
	return [
		['container', row.name],
		['ID', toSafeText(row.id)],
		['node', contents?.nodeName ?? none],
		['service', row.service],
		['task', toSafeText(row.taskId)],
		['image', row.image],
		['command', row.command],
		['status', row.status],
		['ports', row.ports],
		...(looked?.container ? inspected(looked.container) : []),
		...(looked ? insides(looked) : []),
		...several('env', environmentLines(looked?.container?.Config?.Env ?? [], isRevealed)),
		...several('changed', changed(looked?.changes)),
		['more', looked ? looked.problem : toSafeText('asking its engine…')],
	];
}

function inspected({
	State: state,
	HostConfig: host,
	Config: config,
	RestartCount: restarts,
}: ContainerInspect): Detail[] {
	const isOver = state.Status === 'exited' || state.Status === 'dead';
	const limits = [
		...(host?.Memory ? [safe`${bytes(host.Memory)} memory`] : []),
		...(host?.NanoCpus ? [safe`${cpus(host.NanoCpus)} CPU`] : []),
	];
	return [
		['started', moment(state.StartedAt)],
		['finished', isOver ? moment(state.FinishedAt) : none],
		['exit code', isOver ? safe`${state.ExitCode ?? 0}` : none],
		['OOM', state.OOMKilled ? toSafeText('the kernel killed a process of it for memory') : none],
		['error', toSafeText(state.Error ?? '')],
		['restarts', restarts ? safe`${restarts}` : none],
		['user', toSafeText(config?.User ?? '')],
		['folder', toSafeText(config?.WorkingDir ?? '')],
		['limit', joinSafe(limits, ', ')],
		['log driver', toSafeText(host?.LogConfig?.Type ?? '')],
		...healthDetails(state.Health ?? undefined),
	];
}

/** Go's zero time is none. */
const moment = (time: string | undefined): SafeText =>
	time === undefined || time.startsWith('0001-') ? none : toSafeText(time.replace(/\.\d+/, ''));

type HealthState = NonNullable<ContainerInspect['State']['Health']>;

function healthDetails(health: HealthState | undefined): Detail[] {
	if (!health || health.Status === 'none') return [];
	const streak = health.FailingStreak ? safe`, ${plural(health.FailingStreak, 'failed probe')} in a row` : none;
	const probes = (health.Log ?? []).slice(-mostProbes).reverse();
	return [['health', safe`${toSafeText(health.Status)}${streak}`], ...several('probe', probes.flatMap(probeLines))];
}

/** When, how it ended, and what it printed. */
function probeLines({Start: start, ExitCode: code, Output: output}: HealthProbe): SafeText[] {
	const lines = output.trim() === '' ? [] : toSafeLines(output.trim());
	const [first = none, ...rest] = lines;
	const head = safe`${moment(start)} ${toSafeText(code === 0 ? 'passed' : `exit ${code}`)}`;
	return [
		first === '' ? head : safe`${head}: ${first}`,
		...rest.slice(0, mostLines - 1).map((line) => safe`  ${line}`),
		...(rest.length >= mostLines ? [safe`  … ${plural(rest.length - mostLines + 1, 'more line')}`] : []),
	];
}

function insides({container, top}: ContainerView): Detail[] {
	const networks = Object.entries(container?.NetworkSettings?.Networks ?? {}).map(([name, network]) => {
		const addresses = [network.IPAddress, network.GlobalIPv6Address].filter(Boolean).join(' ');
		return toSafeText(`${name} ${addresses}`.trimEnd());
	});
	const mounts = (container?.Mounts ?? []).map(({Type, Name, Source, Destination, RW}) =>
		toSafeText(`${Type} ${Name ?? Source ?? ''} → ${Destination}${RW === false ? ' (read-only)' : ''}`),
	);
	return [
		...several('network', networks),
		...several('mount', mounts),
		...several('process', top ? processes(top) : []),
	];
}

/** PID, user and command: where `ps` of the node calls them so, else all it says. */
function processes({Titles: titles, Processes: rows}: ContainerTop): SafeText[] {
	const at = (...names: string[]): number => titles.findIndex((title) => names.includes(title));
	const columns = [at('PID'), at('UID', 'USER'), at('TIME'), at('CMD', 'COMMAND')].filter((index) => index >= 0);
	const lines = (rows ?? []).map((row) =>
		toSafeText((columns.length > 1 ? columns.map((index) => row[index] ?? '') : row).join('  ')),
	);
	return capped(lines, mostProcesses, 'more process', 'more processes');
}

const signs = ['~', '+', '-'] as const;

function changed(changes: readonly ContainerChange[] | undefined): SafeText[] {
	if (!changes) return [];
	const lines = changes.map(({Kind: kind, Path: path}) => toSafeText(`${signs[kind] ?? '?'} ${path}`));
	return capped(lines, mostChanges, 'more file', 'more files');
}

function capped(lines: readonly SafeText[], most: number, one: string, several: string): SafeText[] {
	const rest = lines.length - most;
	return rest > 0 ? [...lines.slice(0, most), safe`… ${plural(rest, one, several)}`] : [...lines];
}

function several(label: string, values: readonly SafeText[]): Detail[] {
	return values.map((value, index) => [index === 0 ? label : '', value]);
}
