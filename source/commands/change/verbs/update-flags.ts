// A long file: one entry for each flag of docker.
import {parsePorts} from '../../../compose/load/ports.ts';
import {splitWords} from '../../../compose/load/words.ts';
import {parseBytes, parseCpus, parseDuration} from '../../../compose/units.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import type {ServiceSpec, UpdateConfig} from '../../../wire/service.ts';
import type {ContainerSpec, PortConfig, TaskSpec} from '../../../wire/task.ts';
import type {FlagDeclaration, FlagValues} from '../../command-line/declaration.ts';
import {words} from '../../command-line/declaration.ts';
import {badValue, notInJobs} from '../messages.ts';

/**
 * The flags of `docker service update` that are understood here, each with what it makes of a spec: what docker makes of it
 * (docker/cli cli/command/service/update.go), held against docker itself in test/docker-cli.
 */

/** What a flag's values make of a spec; an error is one sentence. */
type Apply = (spec: ServiceSpec, values: readonly string[], flag: string) => Result<ServiceSpec, string>;
type Surroundings = {readonly environment: Readonly<Record<string, string | undefined>>};
type UpdateFlag = FlagDeclaration & {readonly apply: (surroundings: Surroundings) => Apply};

const container = (spec: ServiceSpec, change: Partial<ContainerSpec>): ServiceSpec =>
	template(spec, {ContainerSpec: {...spec.TaskTemplate.ContainerSpec, ...change}});
const template = (spec: ServiceSpec, change: Partial<TaskSpec>): ServiceSpec => ({
	...spec,
	TaskTemplate: {...spec.TaskTemplate, ...change},
});

// ---- values

type Read<T> = {readonly read: (text: string) => T | undefined; readonly wanted: string};

const text: Read<string> = {read: (value) => value, wanted: 'a text'};
const whole: Read<number> = {
	read: (value) => (/^\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : undefined),
	wanted: 'a whole number',
};
const cpus: Read<number> = {read: parseCpus, wanted: 'a number of CPUs, as 0.5'};
const bytes: Read<number> = {read: parseBytes, wanted: 'a size, as 512m or 1g'};
const time: Read<number> = {read: parseDuration, wanted: 'a time, as 30s or 1m30s'};
const ratio: Read<number> = {
	read: (value) => (/^\d*\.?\d+$/.test(value) && Number(value) <= 1 ? Number(value) : undefined),
	wanted: 'a number from 0 to 1',
};
const command: Read<readonly string[]> = {read: (value) => splitWords(value), wanted: 'a command line'};
const oneOf = <T extends string>(...choices: readonly T[]): Read<T> => ({
	read: (value) => choices.find((choice) => choice === value),
	wanted: choices.join(', '),
});

/** A flag that counts once: its last value. */
const one =
	<T>({read, wanted}: Read<T>, set: (spec: ServiceSpec, value: T) => ServiceSpec) =>
	(): Apply =>
	(spec, values, flag) => {
		const typed = values.at(-1) ?? '';
		const value = read(typed);
		return value === undefined ? failed(badValue(flag, typed, wanted)) : ok(set(spec, value));
	};

/** A flag without a value; `--tty=false` takes it back. */
const toggle = (set: (spec: ServiceSpec, isOn: boolean) => ServiceSpec) => (): Apply => (spec, values) =>
	ok(set(spec, values.at(-1) !== 'false'));

const many =
	(change: (spec: ServiceSpec, values: readonly string[], surroundings: Surroundings) => ServiceSpec) =>
	(surroundings: Surroundings): Apply =>
	(spec, values) =>
		ok(change(spec, values, surroundings));

const keyOf = (entry: string): string => entry.split('=', 1)[0] ?? '';

function withEntries(before: readonly string[] = [], added: readonly string[]): string[] {
	const entries = new Map(before.map((entry) => [keyOf(entry), entry]));
	for (const entry of added) entries.set(keyOf(entry), entry);
	return [...entries.values()];
}

function withLabels(before: Readonly<Record<string, string>> = {}, added: readonly string[]): Record<string, string> {
	const pairs = added.map((entry) => [keyOf(entry), entry.slice(keyOf(entry).length + 1)] as const);
	return {...before, ...Object.fromEntries(pairs)};
}

const withoutKeys = (before: Readonly<Record<string, string>> = {}, keys: readonly string[]): Record<string, string> =>
	Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key)));

/** As docker does: without a value it comes from the shell, and is left away where the shell has none. */
const fromShell = (entries: readonly string[], {environment}: Surroundings): string[] =>
	entries.flatMap((entry) => {
		if (entry.includes('=')) return [entry];
		const value = environment[entry];
		return value === undefined ? [] : [`${entry}=${value}`];
	});

// ---- parts of a spec

type Resource = 'Limits' | 'Reservations';

const resource =
	(kind: Resource, change: (value: number) => object) =>
	(spec: ServiceSpec, value: number): ServiceSpec => {
		const {Resources} = spec.TaskTemplate;
		return template(spec, {Resources: {...Resources, [kind]: {...Resources?.[kind], ...change(value)}}});
	};

/** What docker begins with where a service has no rule of its own (moby/swarmkit api/defaults). */
const usualUpdate: UpdateConfig = {
	Parallelism: 1,
	Delay: 0,
	FailureAction: 'pause',
	Monitor: 5e9,
	MaxFailureRatio: 0,
	Order: 'stop-first',
};
const usualRestart = {Condition: 'any', Delay: 5e9, MaxAttempts: 0} as const;

const updating =
	(kind: 'UpdateConfig' | 'RollbackConfig') =>
	<T>(change: (value: T) => Partial<UpdateConfig>) =>
	(spec: ServiceSpec, value: T): ServiceSpec => ({...spec, [kind]: {...(spec[kind] ?? usualUpdate), ...change(value)}});

function updateFlags(prefix: 'update' | 'rollback', kind: 'UpdateConfig' | 'RollbackConfig'): Flags {
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
		template(spec, {RestartPolicy: {...(spec.TaskTemplate.RestartPolicy ?? usualRestart), ...change(value)}});

/** A probe takes the place of "none". */
const probing =
	<T>(change: (value: T) => object) =>
	(spec: ServiceSpec, value: T): ServiceSpec => {
		const {Test, ...before} = spec.TaskTemplate.ContainerSpec?.Healthcheck ?? {};
		const isNone = Test?.[0] === 'NONE';
		return container(spec, {Healthcheck: {...before, ...(Test && !isNone && {Test}), ...change(value)}});
	};

const portKey = ({TargetPort, Protocol = 'tcp'}: PortConfig): string => `${TargetPort}/${Protocol}`;

const addPorts = (): Apply => (spec, values, flag) => {
	const before = spec.EndpointSpec?.Ports ?? [];
	const added: PortConfig[] = [];
	for (const value of values) {
		const ports = parsePorts(value);
		if (!ports.ok) return failed(badValue(flag, value, 'PUBLISHED:TARGET[/PROTOCOL]'));
		for (const {target = 0, published = 0, protocol} of ports.value) {
			added.push({
				Protocol: protocol as NonNullable<PortConfig['Protocol']>,
				TargetPort: target,
				PublishedPort: published,
				PublishMode: 'ingress',
			});
		}
	}
	const isSame = (a: PortConfig, b: PortConfig): boolean =>
		portKey(a) === portKey(b) && a.PublishedPort === b.PublishedPort && a.PublishMode === b.PublishMode;
	const kept = before.filter((port) => !added.some((each) => isSame(each, port)));
	return ok({...spec, EndpointSpec: {...spec.EndpointSpec, Ports: [...kept, ...added]}});
};

const removePorts = (): Apply => (spec, values, flag) => {
	const wanted: string[] = [];
	for (const value of values) {
		const match = /^(\d+)(?:\/(tcp|udp|sctp))?$/.exec(value);
		if (!match) return failed(badValue(flag, value, "the container's port, as 80 or 80/udp"));
		wanted.push(`${match[1]}/${match[2] ?? 'tcp'}`);
	}
	const Ports = (spec.EndpointSpec?.Ports ?? []).filter((port) => !wanted.includes(portKey(port)));
	return ok({...spec, EndpointSpec: {...spec.EndpointSpec, Ports}});
};

const setReplicas = (): Apply => (spec, values, flag) => {
	const value = whole.read(values.at(-1) ?? '');
	if (value === undefined) return failed(badValue(flag, values.at(-1) ?? '', whole.wanted));
	const {Mode} = spec;
	if (Mode?.Replicated) return ok({...spec, Mode: {Replicated: {Replicas: value}}});
	if (Mode?.ReplicatedJob)
		return ok({...spec, Mode: {ReplicatedJob: {...Mode.ReplicatedJob, TotalCompletions: value}}});
	return failed(notInJobs(flag, spec.Name));
};

type Flags = Readonly<Record<string, UpdateFlag>>;

/** In the order in which docker applies them: what is taken away first, then what is added. */
export const flags: Flags = {
	image: {
		title: 'the image',
		value: 'IMAGE',
		apply: one(text, (spec, Image) => container(spec, {Image})),
	},
	args: {
		title: 'the arguments',
		value: 'ARGS',
		apply: one(command, (spec, Args) => container(spec, {Args: [...Args]})),
	},
	entrypoint: {
		title: 'the command',
		value: 'COMMAND',
		apply: one(command, (spec, Command) => container(spec, {Command: [...Command]})),
	},
	replicas: {title: 'the number of replicas', value: 'N', apply: setReplicas},
	'replicas-max-per-node': {
		title: 'the most replicas on one node, 0 for any',
		value: 'N',
		apply: one(whole, (spec, MaxReplicas) =>
			template(spec, {Placement: {...spec.TaskTemplate.Placement, MaxReplicas}}),
		),
	},
	'env-rm': {
		title: 'remove a variable',
		value: 'NAME',
		isMultiple: true,
		apply: many((spec, names) =>
			container(spec, {
				Env: (spec.TaskTemplate.ContainerSpec?.Env ?? []).filter((entry) => !names.includes(keyOf(entry))),
			}),
		),
	},
	'env-add': {
		title: 'set a variable',
		value: 'NAME=VALUE',
		isMultiple: true,
		apply: many((spec, entries, shell) =>
			container(spec, {Env: withEntries(spec.TaskTemplate.ContainerSpec?.Env, fromShell(entries, shell))}),
		),
	},
	'label-rm': {
		title: 'remove a label of the service',
		value: 'NAME',
		isMultiple: true,
		apply: many((spec, names) => ({...spec, Labels: withoutKeys(spec.Labels, names)})),
	},
	'label-add': {
		title: 'set a label of the service',
		value: 'NAME=VALUE',
		isMultiple: true,
		apply: many((spec, entries) => ({...spec, Labels: withLabels(spec.Labels, entries)})),
	},
	'container-label-rm': {
		title: 'remove a label of its containers',
		value: 'NAME',
		isMultiple: true,
		apply: many((spec, names) =>
			container(spec, {Labels: withoutKeys(spec.TaskTemplate.ContainerSpec?.Labels, names)}),
		),
	},
	'container-label-add': {
		title: 'set a label of its containers',
		value: 'NAME=VALUE',
		isMultiple: true,
		apply: many((spec, entries) =>
			container(spec, {Labels: withLabels(spec.TaskTemplate.ContainerSpec?.Labels, entries)}),
		),
	},
	'constraint-rm': {
		title: 'remove a placement constraint',
		value: 'CONSTRAINT',
		isMultiple: true,
		apply: many((spec, gone) => withConstraints(spec, (all) => all.filter((each) => !gone.includes(each)))),
	},
	'constraint-add': {
		title: 'add a placement constraint',
		value: 'CONSTRAINT',
		isMultiple: true,
		apply: many((spec, added) => withConstraints(spec, (all) => [...new Set([...all, ...added])].sort())),
	},
	'publish-rm': {title: 'no longer publish a port', value: 'PORT', isMultiple: true, apply: removePorts},
	'publish-add': {title: 'publish a port', value: 'PUBLISHED:TARGET', isMultiple: true, apply: addPorts},
	'limit-cpu': {
		title: 'the most CPUs a task may use',
		value: 'CPUS',
		apply: one(
			cpus,
			resource('Limits', (NanoCPUs) => ({NanoCPUs})),
		),
	},
	'limit-memory': {
		title: 'the most memory a task may use',
		value: 'BYTES',
		apply: one(
			bytes,
			resource('Limits', (MemoryBytes) => ({MemoryBytes})),
		),
	},
	'limit-pids': {
		title: 'the most processes of a task',
		value: 'N',
		apply: one(
			whole,
			resource('Limits', (Pids) => ({Pids})),
		),
	},
	'reserve-cpu': {
		title: 'CPUs reserved for each task',
		value: 'CPUS',
		apply: one(
			cpus,
			resource('Reservations', (NanoCPUs) => ({NanoCPUs})),
		),
	},
	'reserve-memory': {
		title: 'memory reserved for each task',
		value: 'BYTES',
		apply: one(
			bytes,
			resource('Reservations', (MemoryBytes) => ({MemoryBytes})),
		),
	},
	hostname: {title: 'the host name', value: 'NAME', apply: one(text, (spec, Hostname) => container(spec, {Hostname}))},
	user: {title: 'the user', value: 'USER', apply: one(text, (spec, User) => container(spec, {User}))},
	workdir: {title: 'the folder it runs in', value: 'DIR', apply: one(text, (spec, Dir) => container(spec, {Dir}))},
	tty: {title: 'give it a terminal', apply: toggle((spec, TTY) => container(spec, {TTY}))},
	'read-only': {title: 'mount its files read-only', apply: toggle((spec, ReadOnly) => container(spec, {ReadOnly}))},
	init: {title: 'run an init in it', apply: toggle((spec, Init) => container(spec, {Init}))},
	'stop-signal': {
		title: 'the signal that stops it',
		value: 'SIGNAL',
		apply: one(text, (spec, StopSignal) => container(spec, {StopSignal})),
	},
	'stop-grace-period': {
		title: 'how long it may take to stop',
		value: 'TIME',
		apply: one(time, (spec, StopGracePeriod) => container(spec, {StopGracePeriod})),
	},
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
	...updateFlags('update', 'UpdateConfig'),
	...updateFlags('rollback', 'RollbackConfig'),
	force: {
		title: 'replace every task even where nothing changes',
		apply: toggle((spec, isOn) =>
			isOn ? template(spec, {ForceUpdate: (spec.TaskTemplate.ForceUpdate ?? 0) + 1}) : spec,
		),
	},
};

function withConstraints(spec: ServiceSpec, change: (all: readonly string[]) => string[]): ServiceSpec {
	const {Placement} = spec.TaskTemplate;
	return template(spec, {Placement: {...Placement, Constraints: change(Placement?.Constraints ?? [])}});
}

/** What the flags as they were typed make of a spec. */
export function updatedSpec(
	spec: ServiceSpec,
	values: FlagValues<Flags>,
	surroundings: Surroundings,
): Result<ServiceSpec, string> {
	let next = spec;
	for (const [name, flag] of Object.entries(flags)) {
		const value: unknown = values[name];
		if (value === undefined) continue;
		const typed = Array.isArray(value) ? value.map(String) : [String(value)];
		const applied = flag.apply(surroundings)(next, typed, name);
		if (!applied.ok) return applied;
		next = applied.value;
	}
	return ok(next);
}

/** Whether anything was asked for. */
export const hasChanges = (values: FlagValues<Flags>): boolean =>
	Object.keys(flags).some((name) => values[name] !== undefined);
