import {keyOfEntry} from '../../../cluster/docker-command/flag-row.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import type {ServiceSpec} from '../../../wire/service.ts';
import type {FlagValues} from '../../command-line/declaration.ts';
import {badValue, notInJobs} from '../messages.ts';
import {
	type Apply,
	bytes,
	command,
	container,
	cpus,
	type Flags,
	fromShell,
	many,
	one,
	type Surroundings,
	template,
	text,
	time,
	toggle,
	whole,
	withEntries,
	withLabels,
	withoutKeys,
} from './flag-values.ts';
import {healthFlags, restartFlags, updateFlags} from './group-flags.ts';
import {addPorts, removePorts} from './port-flags.ts';

/**
 * The flags of `docker service update` that are understood here, each with what it makes of a spec: what docker makes of it
 * (docker/cli cli/command/service/update.go), held against docker itself in test/docker-cli.
 */

type Resource = 'Limits' | 'Reservations';

const resource =
	(kind: Resource, change: (value: number) => object) =>
	(spec: ServiceSpec, value: number): ServiceSpec => {
		const {Resources} = spec.TaskTemplate;
		return template(spec, {Resources: {...Resources, [kind]: {...Resources?.[kind], ...change(value)}}});
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
				Env: (spec.TaskTemplate.ContainerSpec?.Env ?? []).filter((entry) => !names.includes(keyOfEntry(entry))),
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
	...healthFlags,
	...restartFlags,
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
