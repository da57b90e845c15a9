/** What is wrong, or wasted, in what a service uses: as the engines of its nodes say it. Pure. */
import {cpus, percent} from '../text/format.ts';
import {joinSafe, type SafeText, toSafeText} from '../text/safe-text.ts';
import type {MemoryKill} from './entities/inside.ts';
import {isOfPresent} from './entities/present.ts';
import {heldBack, killedByKernel, killedForMemory, nearLimit, reservesCpu, reservesMemory} from './messages.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from './model.ts';
import {tasksOfServices} from './tasks-of.ts';
import {type Used, usageOfService, usageOfTask} from './usage-sums.ts';

export type UsageIssue = {
	readonly words: SafeText;
	/** Nothing suffers: it only keeps from others what it does not need. */
	readonly isWaste: boolean;
	/** The kernel ended a task for its memory. */
	readonly isKilled: boolean;
};

const nearLimitShare = 0.9;
const heldBackShare = 0.25;
/** Reserves so many times what it uses, and at least so much more. */
const wasteFactor = 4;
const wastedBytes = 512 * 2 ** 20;
const wastedNanoCpus = 1e9;

/** Undefined where nothing is, or no engine was asked. */
export function usageIssue(service: ServiceEntity, cluster: ClusterState): UsageIssue | undefined {
	const {inside} = cluster;
	if (!inside) return undefined;
	const tasks = tasksOfServices(cluster.tasks).get(service.id) ?? [];
	const kill = killed(tasks, service, inside.kills);
	const isKilled = kill !== undefined;
	const troubles = [kill, ...running(tasks, cluster)].filter((words) => words !== undefined);
	if (troubles.length > 0) return {words: joinSafe(troubles, '; '), isWaste: false, isKilled};
	const wasted = waste(service, cluster);
	return wasted.length > 0 ? {words: joinSafe(wasted, '; '), isWaste: true, isKilled} : undefined;
}

function killed(
	tasks: readonly TaskEntity[],
	service: ServiceEntity,
	kills: ReadonlyMap<string, MemoryKill>,
): SafeText | undefined {
	const found = tasks.flatMap((task) => {
		const kill = isOfPresent(task, service) ? kills.get(task.containerId) : undefined;
		return kill ? [{task, kill}] : [];
	});
	const [last, ...others] = found.sort((a, b) => b.kill.at - a.kill.at);
	if (!last) return undefined;
	const {task, kill} = last;
	const at = toSafeText(new Date(kill.at).toTimeString().slice(0, 8));
	return killedForMemory(task.name, killedByKernel(at, kill.limitBytes), others.length);
}

function running(tasks: readonly TaskEntity[], cluster: ClusterState): (SafeText | undefined)[] {
	const known = tasks.flatMap((task) => {
		const used = usageOfTask(cluster, task);
		return used ? [{task, used}] : [];
	});
	const worst = (
		share: (used: Used) => number,
		least: number,
		words: (task: SafeText, used: Used, others: number) => SafeText,
	): SafeText | undefined => {
		const [first, ...others] = known
			.filter(({used}) => share(used) > least)
			.sort((a, b) => share(b.used) - share(a.used));
		return first && words(first.task.name, first.used, others.length);
	};
	return [
		worst(
			({memoryBytes, memoryLimit}) => (memoryLimit ? memoryBytes / memoryLimit : 0),
			nearLimitShare,
			(task, {memoryBytes, memoryLimit = 0}, others) => nearLimit(task, memoryBytes, memoryLimit, others),
		),
		worst(
			({throttled}) => throttled ?? 0,
			heldBackShare,
			(task, {throttled = 0}, others) => heldBack(task, throttled, others),
		),
	];
}

/** CPU is spiky: what was used at most in the time that is remembered counts, not what is used now. */
function waste(service: ServiceEntity, cluster: ClusterState): SafeText[] {
	const used = usageOfService(cluster, service);
	if (!used?.reserved) return [];
	const {reserved, memoryBytes} = used;
	const words: SafeText[] = [];
	if (reserved.memoryBytes > memoryBytes * wasteFactor && reserved.memoryBytes - memoryBytes > wastedBytes) {
		words.push(reservesMemory(reserved.memoryBytes, memoryBytes));
	}
	const trace =
		cluster.inside?.history?.of(service.id, used.at)?.cpuPercent.filter((value) => value !== undefined) ?? [];
	const most = Math.max(...trace, 0);
	const mostNano = most * 1e7;
	const isSpare = reserved.nanoCpus > mostNano * wasteFactor && reserved.nanoCpus - mostNano > wastedNanoCpus;
	if (trace.length >= leastSteps && isSpare) words.push(reservesCpu(cpus(reserved.nanoCpus), percent(most)));
	return words;
}

/** Of some time: what has just started may need it yet. */
const leastSteps = 6;
