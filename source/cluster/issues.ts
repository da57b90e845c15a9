/** Everything in a swarm that is not as desired, with why and how grave it is: what the overview lists. Pure. */
import {memoized} from '../runtime/memoized.ts';
import {plural} from '../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import type {ClusterState, Health, NodeEntity, Quorum, ServiceEntity, TaskEntity} from './model.ts';

/** What one would do about it first. */
export type Remedy = 'logs' | 'tasks' | 'rollback' | 'remove' | 'wait' | 'managers';

export type Issue = {
	readonly id: string;
	readonly health: Health;
	readonly kind: 'swarm' | 'node' | 'service';
	/** '' for the swarm as a whole. */
	readonly objectId: string;
	readonly name: SafeText;
	/** `0/3`, `down`. */
	readonly state: SafeText;
	readonly reason: SafeText;
	readonly remedy: Remedy;
	/** The lower, the worse. */
	readonly rank: number;
};

const nothing = toSafeText('');

const ranks = {quorum: 0, manager: 1, node: 2, outage: 3, shortage: 4, risk: 5, progress: 6} as const;

export function issuesIn({quorum, nodes, services, tasks}: ClusterState): ReadonlyMap<string, Issue> {
	const issues = [
		...(quorum ? quorumIssue(quorum) : []),
		...[...nodes.values()].flatMap(nodeIssue),
		...[...services.values()].flatMap((service) => serviceIssue(service, worstTasks(tasks).get(service.id))),
	];
	return new Map(issues.map((issue) => [issue.id, issue]));
}

function quorumIssue({managers, reachable, needed, tolerated}: Quorum): Issue[] {
	if (reachable === managers) return [];
	const isLost = tolerated < 0;
	const outlook = isLost
		? safe`${needed} are needed: nothing can be changed until enough of them are back`
		: tolerated === 0
			? toSafeText('if one more is lost, nothing can be changed any more')
			: safe`${tolerated} more can be lost`;
	return [
		{
			id: 'quorum',
			health: isLost || tolerated === 0 ? 'failing' : 'converging',
			kind: 'swarm',
			objectId: '',
			name: toSafeText('quorum'),
			state: safe`${reachable}/${managers}`,
			reason: safe`${plural(managers - reachable, 'manager')} can't be reached; ${outlook}`,
			remedy: 'managers',
			rank: isLost ? ranks.quorum : ranks.manager,
		},
	];
}

function nodeIssue(node: NodeEntity): Issue[] {
	const {id, name, state, stateMessage, manager, health, isDuplicate, tasks} = node;
	if (health === 'healthy' || health === 'idle') return [];
	const isUnreachable = manager?.reachability === 'unreachable';
	const left = tasks?.desired ? safe`${plural(tasks.desired, 'task')} are meant to run on it` : nothing;
	const isOldEntry = isDuplicate && state === 'down';
	const parts = [
		isUnreachable ? toSafeText('the other managers can not reach it') : nothing,
		stateMessage,
		isOldEntry ? toSafeText('another node has the same name: this may be its old entry') : nothing,
		left,
	];
	return [
		{
			id: `node ${id}`,
			health,
			kind: 'node',
			objectId: id,
			name,
			state: toSafeText(state === 'ready' && isUnreachable ? 'unreachable' : state),
			reason: joinSafe(
				parts.filter((part) => part !== nothing),
				'; ',
			),
			remedy: isOldEntry ? 'remove' : health === 'failing' ? 'tasks' : 'wait',
			rank: health === 'failing' ? (manager ? ranks.manager : ranks.node) : ranks.progress,
		},
	];
}

function serviceIssue(service: ServiceEntity, task: TaskEntity | undefined): Issue[] {
	const {id, name, health, counts, update} = service;
	if (health === 'healthy' || health === 'idle') return [];
	const isPaused = update?.state === 'paused' || update?.state === 'rollback_paused';
	const isStopped = (counts?.running ?? 0) === 0;
	const failing = isStopped ? ranks.outage : ranks.shortage;
	return [
		{
			id: `service ${id}`,
			health,
			kind: 'service',
			objectId: id,
			name,
			state: counts ? safe`${counts.running}/${counts.desired}` : toSafeText('?'),
			reason: reasonOf(service, task),
			remedy: isPaused ? 'rollback' : health === 'failing' ? remedyFor(task) : 'wait',
			rank: health === 'failing' ? failing : health === 'unknown' ? ranks.risk : ranks.progress,
		},
	];
}

/** What its update says, else what its worst task died of, else that it is on its way. */
function reasonOf({update, health}: ServiceEntity, task: TaskEntity | undefined): SafeText {
	const parts: SafeText[] = [];
	const isGoingOn = update && update.state !== 'completed' && update.state !== 'rollback_completed';
	if (isGoingOn) {
		const said = update.message === '' ? nothing : safe`: ${update.message}`;
		parts.push(safe`${toSafeText(update.state.replaceAll('_', ' '))}${said}`);
	}
	if (task && task.error !== '') parts.push(task.error);
	if (parts.length > 0) return joinSafe(parts, '; ');
	return toSafeText(health === 'converging' ? 'its tasks are starting' : 'fewer tasks run than are meant to');
}

/** A task that was never placed has no logs: its own words are the reason. */
function remedyFor(task: TaskEntity | undefined): Remedy {
	return task && task.nodeId === '' ? 'tasks' : 'logs';
}

/** Of every service the task that tells the most: one that can't be placed, else the one that failed last. */
const worstTasks = memoized((tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, TaskEntity> => {
	const worst = new Map<string, TaskEntity>();
	for (const task of tasks.values()) {
		if (task.error === '') continue;
		const other = worst.get(task.serviceId);
		if (!other || tellsMore(task, other)) worst.set(task.serviceId, task);
	}
	return worst;
});

function tellsMore(task: TaskEntity, other: TaskEntity): boolean {
	const isUnplaced = (each: TaskEntity): boolean => each.isCurrent && each.nodeId === '';
	if (isUnplaced(task) !== isUnplaced(other)) return isUnplaced(task);
	return task.since > other.since;
}
