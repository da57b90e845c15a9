import {joinSafe, type SafeText} from '../../text/safe-text.ts';
import {freeOn, plus, takesTasks} from '../capacity.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {ClusterState, NodeEntity, TaskEntity} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {moving as words} from './messages.ts';

/** Which tasks move, stop, or leave their service without any, and whether the rest of the swarm has room. */
export function movingLines(node: NodeEntity, state: ClusterState): PlanLine[] {
	const tasks = tasksOn(node.id, state);
	if (node.tasks === undefined || node.isTallied) return [words.tasksUnknown];
	if (tasks.length === 0) return [words.noTasks];
	const isGlobal = (task: TaskEntity) => state.services.get(task.serviceId)?.mode.startsWith('global') ?? false;
	const stopping = tasks.filter(isGlobal);
	const moving = tasks.filter((task) => !isGlobal(task));
	return [
		...(moving.length > 0 ? [words.elsewhere(moving.length, servicesOf(moving))] : []),
		...(stopping.length > 0 ? [words.globalStop(stopping.length, servicesOf(stopping))] : []),
		...outageLines(moving, state),
		...roomLines(node, state),
	];
}

function tasksOn(nodeId: string, {tasks}: ClusterState): TaskEntity[] {
	return [...tasks.values()].filter(
		(task) => task.nodeId === nodeId && isWanted(task.desired) && !isTerminal(task.state),
	);
}

/** `web ×2, api, cache`, most first. */
function servicesOf(tasks: readonly TaskEntity[]): SafeText {
	const counts = new Map<SafeText, number>();
	for (const {serviceName} of tasks) counts.set(serviceName, (counts.get(serviceName) ?? 0) + 1);
	const sorted = [...counts].sort(([, a], [, b]) => b - a);
	const named = sorted.slice(0, shownAtMost).map(([service, count]) => words.tasksOf(service, count));
	const rest = sorted.length - named.length;
	return joinSafe(rest > 0 ? [...named, words.more(rest)] : named, ', ');
}

const shownAtMost = 8;

/** Services all of whose running tasks are on the node: they are down until the first has started elsewhere. */
function outageLines(moving: readonly TaskEntity[], {services}: ClusterState): PlanLine[] {
	const here = new Map<string, number>();
	for (const {serviceId, state} of moving) if (state === 'running') here.set(serviceId, (here.get(serviceId) ?? 0) + 1);
	const down = [...here].flatMap(([id, count]) => {
		const service = services.get(id);
		return service && (service.counts?.running ?? count) <= count ? [service.name] : [];
	});
	if (down.length === 0) return [];
	return [words.isDown(down)];
}

function roomLines(node: NodeEntity, {nodes}: ClusterState): PlanLine[] {
	const others = [...nodes.values()].filter((other) => other.id !== node.id && takesTasks(other));
	if (others.length === 0) return [words.noRoom];
	const free = others.map(freeOn).reduce((sum, each) => (sum && each ? plus(sum, each) : undefined));
	const {reserved} = node;
	if (!free || !reserved) return [];
	const isTight = reserved.nanoCpus > free.nanoCpus || reserved.memoryBytes > free.memoryBytes;
	return [words.room(reserved, free, isTight)];
}
