import {newRestartPolicy, newUpdateConfig} from '../../../cluster/docker-command/group-rows.ts';
import type {ServiceSpec, UpdateConfig} from '../../../wire/service.ts';
import type {TaskSpec} from '../../../wire/task.ts';
import {words} from '../../command-line/declaration.ts';
import {container, type Flags, one, oneOf, ratio, template, text, time, toggle, whole} from './flag-values.ts';

/** Flags of a group: the first of them sets it with docker's defaults. */

const updating =
	(kind: 'UpdateConfig' | 'RollbackConfig') =>
	<T>(change: (value: T) => Partial<UpdateConfig>) =>
	(spec: ServiceSpec, value: T): ServiceSpec => ({
		...spec,
		[kind]: {...(spec[kind] ?? newUpdateConfig), ...change(value)},
	});

export function updateFlags(prefix: 'update' | 'rollback', kind: 'UpdateConfig' | 'RollbackConfig'): Flags {
	const set = updating(kind);
	const of = prefix === 'update' ? 'an update' : 'a rollback';
	const failures =
		prefix === 'update' ? (['pause', 'continue', 'rollback'] as const) : (['pause', 'continue'] as const);
	const orders = ['start-first', 'stop-first'] as const;
	return {
		[`${prefix}-parallelism`]: {
			title: `tasks replaced at once by ${of}, 0 for all`,
			value: 'N',
			apply: one(
				whole,
				set((Parallelism) => ({Parallelism})),
			),
		},
		[`${prefix}-delay`]: {
			title: `the pause between tasks of ${of}`,
			value: 'TIME',
			apply: one(
				time,
				set((Delay) => ({Delay})),
			),
		},
		[`${prefix}-monitor`]: {
			title: `how long a task is watched after ${of}`,
			value: 'TIME',
			apply: one(
				time,
				set((Monitor) => ({Monitor})),
			),
		},
		[`${prefix}-max-failure-ratio`]: {
			title: `the part of tasks that may fail in ${of}`,
			value: 'RATIO',
			apply: one(
				ratio,
				set((MaxFailureRatio) => ({MaxFailureRatio})),
			),
		},
		[`${prefix}-failure-action`]: {
			title: `what a failure of ${of} does`,
			detail: failures.join(', '),
			value: 'ACTION',
			completes: words(...failures),
			apply: one(
				oneOf(...failures),
				set((FailureAction) => ({FailureAction})),
			),
		},
		[`${prefix}-order`]: {
			title: `the order of ${of}`,
			detail: orders.join(', '),
			value: 'ORDER',
			completes: words(...orders),
			apply: one(
				oneOf(...orders),
				set((Order) => ({Order})),
			),
		},
	};
}

const restarting =
	<T>(change: (value: T) => Partial<NonNullable<TaskSpec['RestartPolicy']>>) =>
	(spec: ServiceSpec, value: T): ServiceSpec =>
		template(spec, {RestartPolicy: {...(spec.TaskTemplate.RestartPolicy ?? newRestartPolicy), ...change(value)}});

export const restartFlags: Flags = {
	'restart-condition': {
		title: 'when tasks are restarted',
		detail: 'none, on-failure, any',
		value: 'CONDITION',
		completes: words('none', 'on-failure', 'any'),
		apply: one(
			oneOf('none', 'on-failure', 'any'),
			restarting((Condition) => ({Condition})),
		),
	},
	'restart-delay': {
		title: 'the pause before a restart',
		value: 'TIME',
		apply: one(
			time,
			restarting((Delay) => ({Delay})),
		),
	},
	'restart-max-attempts': {
		title: 'the most restarts',
		value: 'N',
		apply: one(
			whole,
			restarting((MaxAttempts) => ({MaxAttempts})),
		),
	},
	'restart-window': {
		title: 'the time that restarts are counted in',
		value: 'TIME',
		apply: one(
			time,
			restarting((Window) => ({Window})),
		),
	},
};

/** A probe takes the place of "none". */
const probing =
	<T>(change: (value: T) => object) =>
	(spec: ServiceSpec, value: T): ServiceSpec => {
		const {Test, ...before} = spec.TaskTemplate.ContainerSpec?.Healthcheck ?? {};
		const isNone = Test?.[0] === 'NONE';
		return container(spec, {Healthcheck: {...before, ...(Test && !isNone && {Test}), ...change(value)}});
	};

export const healthFlags: Flags = {
	'health-cmd': {
		title: 'the health check',
		value: 'COMMAND',
		apply: one(
			text,
			probing((value) => ({Test: value === '' ? [] : ['CMD-SHELL', value]})),
		),
	},
	'health-interval': {
		title: 'the time between health checks',
		value: 'TIME',
		apply: one(
			time,
			probing((Interval) => ({Interval})),
		),
	},
	'health-timeout': {
		title: 'how long a health check may take',
		value: 'TIME',
		apply: one(
			time,
			probing((Timeout) => ({Timeout})),
		),
	},
	'health-retries': {
		title: 'failed checks until it is unhealthy',
		value: 'N',
		apply: one(
			whole,
			probing((Retries) => ({Retries})),
		),
	},
	'health-start-period': {
		title: 'how long failures do not count',
		value: 'TIME',
		apply: one(
			time,
			probing((StartPeriod) => ({StartPeriod})),
		),
	},
	'no-healthcheck': {
		title: 'no health check at all',
		apply: toggle((spec, isOn) => (isOn ? container(spec, {Healthcheck: {Test: ['NONE']}}) : spec)),
	},
};
