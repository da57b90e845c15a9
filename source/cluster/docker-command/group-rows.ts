/** Settings that docker reads as a group: what one flag of it sets, the group's defaults complete. */

import type {Driver} from '../../wire/common.ts';
import type {ServiceMode, UpdateConfig} from '../../wire/service.ts';
import type {ContainerSpec, Healthcheck, Placement, RestartPolicy} from '../../wire/task.ts';
import {keyOf} from '../edit/changes.ts';
import {durationWord, each, type FlagRow, type Flags, flags, row} from './flag-row.ts';

/** What docker begins with where a service has none (swarmkit api/defaults/service.go). */
export const newUpdateConfig: UpdateConfig = {
	Parallelism: 1,
	Delay: 0,
	FailureAction: 'pause',
	Monitor: 5e9,
	MaxFailureRatio: 0,
	Order: 'stop-first',
};

type Setting = readonly [key: keyof UpdateConfig, flag: string, word: (value: never) => string, absent: unknown];

const updateSettings: readonly Setting[] = [
	['Parallelism', 'parallelism', String, 0],
	['Delay', 'delay', durationWord, 0],
	['FailureAction', 'failure-action', String, ''],
	['Monitor', 'monitor', durationWord, 0],
	['MaxFailureRatio', 'max-failure-ratio', String, 0],
	['Order', 'order', String, ''],
];

/** @param prefix `update` or `rollback` */
export const updateConfigRow = (path: string, prefix: string): FlagRow =>
	row<UpdateConfig>(path, (from, to) => {
		if (to === undefined) return undefined;
		const base = from ?? newUpdateConfig;
		const differing = updateSettings.filter(([key, , , absent]) => (base[key] ?? absent) !== (to[key] ?? absent));
		const words = differing.flatMap(([key, flag, word, absent]) => [
			`--${prefix}-${flag}`,
			word((to[key] ?? absent) as never),
		]);
		// One flag at least makes the group, with docker's defaults.
		if (words.length === 0) words.push(`--${prefix}-parallelism`, String(to.Parallelism ?? 0));
		return flags(words, to);
	});

/** Likewise. */
export const newRestartPolicy: RestartPolicy = {Condition: 'any', Delay: 5e9, MaxAttempts: 0};

export const restartPolicyRow = row<RestartPolicy>('TaskTemplate.RestartPolicy', (from, to) => {
	if (to === undefined) return undefined;
	const base = from ?? newRestartPolicy;
	const words: string[] = [];
	const {Condition: condition, ...becomes} = base;
	if ((condition ?? '') !== (to.Condition ?? '')) words.push('--restart-condition', to.Condition ?? '');
	// These three can be set, and not be unset again.
	const set = (key: 'Delay' | 'MaxAttempts' | 'Window', flag: string, word: (value: number) => string): void => {
		const value = to[key];
		if (value === undefined || value === base[key]) return;
		words.push(flag, word(value));
		becomes[key] = value;
	};
	set('Delay', '--restart-delay', durationWord);
	set('MaxAttempts', '--restart-max-attempts', String);
	set('Window', '--restart-window', durationWord);
	return words.length === 0 ? undefined : flags(words, {...becomes, ...(to.Condition && {Condition: to.Condition})});
});

export const healthcheckRow = row<Healthcheck>(
	'TaskTemplate.ContainerSpec.Healthcheck',
	(from = {}, to = {}, {form}): Flags | undefined => {
		const test = to.Test ?? [];
		if (test[0] === 'NONE') return flags(['--no-healthcheck'], {Test: ['NONE']});
		const words: string[] = [];
		const {Test: before = [], ...kept} = from;
		const becomes: Healthcheck = before[0] === 'NONE' ? kept : {...from};
		const [kind, command, ...more] = test;
		const isShell = kind === 'CMD-SHELL' && command !== undefined && command !== '' && more.length === 0;
		if (keyOf(becomes.Test ?? []) !== keyOf(test) && (isShell || test.length === 0)) {
			words.push('--health-cmd', command ?? '');
			becomes.Test = [...test];
		}
		const set = (key: CheckSetting, flag: string, word = durationWord): void => {
			const value = to[key] ?? 0;
			if (value === (becomes[key] ?? 0)) return;
			words.push(flag, word(value));
			becomes[key] = value;
		};
		set('Interval', '--health-interval');
		set('Timeout', '--health-timeout');
		set('StartPeriod', '--health-start-period');
		set('Retries', '--health-retries', String);
		// An update has the flag, too, and does nothing with it.
		if (form === 'create') set('StartInterval', '--health-start-interval');
		// Whichever flag it is takes the word away that there is to be no check.
		if (words.length === 0 && before[0] === 'NONE') words.push('--health-cmd', '');
		return words.length === 0 ? undefined : flags(words, becomes);
	},
);

type CheckSetting = 'Interval' | 'Timeout' | 'StartPeriod' | 'StartInterval' | 'Retries';

/** Its options are replaced as a whole; no flag takes it away. */
export const logDriverRow = row<Driver>('TaskTemplate.LogDriver', (_, to) => {
	if (!to?.Name) return undefined;
	const options = Object.entries(to.Options ?? {});
	if (options.some(([key]) => !/^[^=\s]+$/.test(key))) return undefined;
	const words = options.map(([key, value]) => `${key}=${value}`);
	return flags(['--log-driver', to.Name, ...each('--log-opt', words)], to);
});

/**
 * Both lists at once: to docker, dropping what was added only takes it back, and the other way round. What goes from one list
 * to the other needs both reset.
 */
export const capabilitiesRow = row<ContainerSpec>('TaskTemplate.ContainerSpec', (from = {}, to = {}) => {
	const [wasAdded, wasDropped] = [from.CapabilityAdd ?? [], from.CapabilityDrop ?? []];
	const [added, dropped] = [to.CapabilityAdd ?? [], to.CapabilityDrop ?? []];
	if (isSameSet(wasAdded, added) && isSameSet(wasDropped, dropped)) return undefined;
	if ([added, dropped].some(isMixed) || added.some((name) => dropped.includes(name))) return undefined;
	const hasMoved = added.some((name) => wasDropped.includes(name)) || dropped.some((name) => wasAdded.includes(name));
	// docker ignores the dropping of what is added by the same command.
	const wasBoth = wasAdded.some((name) => wasDropped.includes(name));
	const isReset = hasMoved || wasBoth || [wasAdded, wasDropped, added, dropped].some((list) => list.includes('ALL'));
	const [add, drop] = isReset
		? [withReset(wasAdded, added), withReset(wasDropped, dropped)]
		: [
				[...lacking(added, wasAdded), ...lacking(wasDropped, dropped)],
				[...lacking(dropped, wasDropped), ...lacking(wasAdded, added)],
			];
	const words = [...each('--cap-add', add), ...each('--cap-drop', drop)];
	return flags(words, {...from, CapabilityAdd: added, CapabilityDrop: dropped});
});

type Texts = readonly string[];
const lacking = (list: Texts, known: Texts): Texts => list.filter((name) => !known.includes(name));
const isSameSet = (a: Texts, b: Texts): boolean => keyOf([...a].sort()) === keyOf([...b].sort());
const withReset = (before: Texts, after: Texts): Texts => (before.length > 0 ? ['RESET', ...after] : after);

/** docker writes the names whole, and `ALL` alone. */
const isMixed = (list: Texts): boolean =>
	list.some((name) => !/^(?:CAP_[A-Z_]+|ALL)$/.test(name)) || (list.includes('ALL') && list.length > 1);

/** docker takes it only where there is a placement, which it makes for a constraint or a preference. */
export const maxReplicasRow = row<Placement>('TaskTemplate.Placement', (from, to, {form}) => {
	const [before, after] = [from?.MaxReplicas ?? 0, to?.MaxReplicas ?? 0];
	if (before === after || (from === undefined && form === 'update')) return undefined;
	return flags(['--replicas-max-per-node', String(after)], {...from, MaxReplicas: after});
});

export const forceRow = row<number>('TaskTemplate.ForceUpdate', (from = 0, to = 0) =>
	to === from + 1 ? flags(['--force'], to) : undefined,
);

/** Of a service that is there; jobs are scaled by `docker service scale` alone. */
export const replicasRow = row<ServiceMode>('Mode', (from, to) => {
	const [before, after] = [from?.Replicated?.Replicas, to?.Replicated?.Replicas];
	if (!from?.Replicated || !to?.Replicated || after === undefined || after === null || after === before)
		return undefined;
	return flags(['--replicas', String(after)], {Replicated: {Replicas: after}});
});

/** Of a service that is made. */
export function modeFlags(mode: ServiceMode): Flags | undefined {
	const {Replicated: replicated, ReplicatedJob: job} = mode;
	if (replicated) {
		const {Replicas: replicas} = replicated;
		return typeof replicas === 'number' ? flags(['--replicas', String(replicas)], mode) : flags([], mode);
	}
	if (!job) return flags(['--mode', mode.GlobalJob ? 'global-job' : 'global'], mode);
	const {TotalCompletions: total, MaxConcurrent: concurrent} = job;
	return flags(
		[
			...['--mode', 'replicated-job'],
			...(total === undefined ? [] : ['--replicas', String(total)]),
			...(concurrent === undefined || concurrent === total ? [] : ['--max-concurrent', String(concurrent)]),
		],
		{ReplicatedJob: {...(total !== undefined && {TotalCompletions: total}), MaxConcurrent: concurrent ?? total}},
	);
}
