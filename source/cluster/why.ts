import {constraintsOf, meetsConstraints} from '../simulator/scheduler/constraints.ts';
import {bytes, cpus, duration, plural} from '../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import {freeOn} from './capacity.ts';
import {isTerminal, isWanted} from './entities/health.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity} from './model.ts';

/** Why a service, or one of its tasks, is not as desired: everything that is known about it, as labels and values. Pure. */

export type Reasons = readonly (readonly [label: string, value: SafeText])[];

/** @param now milliseconds since the epoch, for how long ago something was */
export function whyService(service: ServiceEntity, state: ClusterState, now: number): Reasons {
	const tasks = [...state.tasks.values()].filter(({serviceId}) => serviceId === service.id);
	return [
		['now', standing(service)],
		...updateReasons(service),
		...waitingReasons(tasks),
		...failureReasons(tasks, now),
		...placementReasons(service, tasks, state),
		['restarts', restartWords(service)],
	];
}

/** A task's own state first, then all that holds for its service. */
export function whyTask(task: TaskEntity, state: ClusterState, now: number): Reasons {
	const service = state.services.get(task.serviceId);
	const words = [toSafeText(task.state), task.message, task.error].filter((text) => text !== '');
	const own: Reasons = [
		['task', safe`${task.name}: ${joinSafe(words, ', ')} for ${duration(Math.max(0, now - task.since))}`],
		['desired', toSafeText(task.desired)],
	];
	if (!service) return [...own, ['service', safe`${task.serviceName} is gone: its tasks are being stopped`]];
	return [...own, ...whyService(service, state, now)];
}

function standing({name, mode, counts, replicas}: ServiceEntity): SafeText {
	if (!counts) return safe`how many tasks of ${name} run is not known yet`;
	if (mode.endsWith('job')) return safe`${counts.completed} of ${replicas ?? counts.desired} complete`;
	const wanted = replicas ?? counts.desired;
	const words = safe`${counts.running} of ${wanted} run`;
	return counts.running === wanted ? safe`${words}: as it should be` : words;
}

function updateReasons({update}: ServiceEntity): Reasons {
	if (!update || update.state === 'completed') return [];
	const words = toSafeText(update.state.replaceAll('_', ' '));
	return [['update', update.message === '' ? words : safe`${words}: ${update.message}`]];
}

/** What the scheduler says of tasks without a place; the same words of several tasks are said once. */
function waitingReasons(tasks: readonly TaskEntity[]): Reasons {
	const byWords = new Map<SafeText, number>();
	for (const task of tasks) {
		if (task.state !== 'pending' || !isWanted(task.desired)) continue;
		const words = task.error === '' ? task.message : task.error;
		byWords.set(words, (byWords.get(words) ?? 0) + 1);
	}
	return [...byWords].map(([words, count]) => ['scheduler', safe`${plural(count, 'task')} pending: ${words}`]);
}

const failuresShown = 5;

function failureReasons(tasks: readonly TaskEntity[], now: number): Reasons {
	const failures = tasks
		.filter(({state}) => state === 'failed' || state === 'rejected' || state === 'orphaned')
		.sort((a, b) => b.since - a.since);
	return failures.slice(0, failuresShown).map((task) => {
		const place = task.nodeName === '' ? safe`` : safe` on ${task.nodeName}`;
		const exit = task.exitCode === undefined ? safe`` : safe`, exit code ${task.exitCode}`;
		const ago = duration(Math.max(0, now - task.since));
		return ['failure', safe`${task.name}${place} ${toSafeText(task.state)} ${ago} ago${exit}: ${task.error}`];
	});
}

/** Only where something waits for a place, or should run and does not. */
function placementReasons(service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Reasons {
	const {counts, replicas} = service;
	const isShort = counts !== undefined && counts.running < (replicas ?? counts.desired);
	if (!isShort && !tasks.some((task) => task.state === 'pending')) return [];
	const {Placement: placement, Resources: resources} = service.raw.Spec.TaskTemplate;
	const wanted = [
		...(placement?.Constraints ?? []).map((constraint) => toSafeText(constraint)),
		...reservationWords(resources?.Reservations),
		...((placement?.MaxReplicas ?? 0) > 0 ? [safe`at most ${placement?.MaxReplicas ?? 0} on a node`] : []),
	];
	const nodes = [...state.nodes.values()].sort((a, b) => (a.hostname < b.hostname ? -1 : 1));
	return [
		['needs', wanted.length === 0 ? toSafeText('no more than a node that takes tasks') : joinSafe(wanted, ', ')],
		...nodes.map((node): Reasons[number] => {
			const against = obstacles(service, node, tasks);
			const verdict = against.length === 0 ? toSafeText('fits') : safe`no: ${joinSafe(against, '; ')}`;
			return ['node', safe`${node.hostname}: ${verdict}`];
		}),
	];
}

type Reserved = {readonly NanoCPUs?: number; readonly MemoryBytes?: number} | undefined;

function reservationWords(reserved: Reserved): SafeText[] {
	return [
		...(reserved?.NanoCPUs ? [safe`${cpus(reserved.NanoCPUs)} CPUs`] : []),
		...(reserved?.MemoryBytes ? [safe`${bytes(reserved.MemoryBytes)} of memory`] : []),
	];
}

/** What keeps a task of the service off a node, in the order of the scheduler's filters (swarmkit scheduler/pipeline.go). */
function obstacles(service: ServiceEntity, node: NodeEntity, tasks: readonly TaskEntity[]): SafeText[] {
	const {Placement: placement, Resources: resources} = service.raw.Spec.TaskTemplate;
	return [
		...(node.state === 'ready' ? [] : [safe`it is ${toSafeText(node.state)}`]),
		...(node.availability === 'active' ? [] : [safe`its availability is ${toSafeText(node.availability)}`]),
		...shortages(node, resources?.Reservations),
		...unmet(placement?.Constraints ?? [], node),
		...crowding(placement?.MaxReplicas ?? 0, node, tasks),
	];
}

function shortages(node: NodeEntity, reserved: Reserved): SafeText[] {
	const free = freeOn(node);
	if (!free) return [];
	const [nanoCpus, memoryBytes] = [reserved?.NanoCPUs ?? 0, reserved?.MemoryBytes ?? 0];
	return [
		...(nanoCpus > free.nanoCpus ? [safe`${cpus(free.nanoCpus)} CPUs free of the ${cpus(nanoCpus)} reserved`] : []),
		...(memoryBytes > free.memoryBytes
			? [safe`${bytes(free.memoryBytes)} free of the ${bytes(memoryBytes)} reserved`]
			: []),
	];
}

function unmet(constraints: readonly string[], {raw}: NodeEntity): SafeText[] {
	const node = {
		id: raw.ID,
		role: raw.Spec.Role,
		spec: raw.Spec,
		description: raw.Description,
		status: raw.Status,
	};
	return constraints
		.filter((constraint) => !meetsConstraints(constraintsOf([constraint]), node))
		.map((constraint) => safe`${toSafeText(constraint)} does not hold`);
}

function crowding(most: number, {id}: NodeEntity, tasks: readonly TaskEntity[]): SafeText[] {
	if (most <= 0) return [];
	const there = tasks.filter(
		({nodeId, state, desired}) => nodeId === id && isWanted(desired) && !isTerminal(state),
	).length;
	return there >= most ? [safe`it has ${there} of them already`] : [];
}

const nanosPerMs = 1_000_000;
/** swarmkit's api/defaults/service.go. */
const defaultDelayMs = 5000;

function restartWords({raw}: ServiceEntity): SafeText {
	const {Condition: condition = 'any', Delay, MaxAttempts = 0, Window = 0} = raw.Spec.TaskTemplate.RestartPolicy ?? {};
	if (condition === 'none') return toSafeText('never: the restart condition is none');
	const when = condition === 'any' ? toSafeText('always') : toSafeText('after a failure');
	const delay = duration(Delay === undefined ? defaultDelayMs : Delay / nanosPerMs);
	const within = Window > 0 ? safe` within ${duration(Window / nanosPerMs)}` : safe``;
	const attempts = MaxAttempts > 0 ? safe`${plural(MaxAttempts, 'attempt')}${within}` : toSafeText('without a limit');
	return safe`${when}, ${delay} later, ${attempts}`;
}
