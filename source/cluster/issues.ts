/** Everything in a swarm that is not as desired, with why and how grave it is: what the overview lists. Pure. */
import {memoized} from '../runtime/memoized.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import {isJob, isTerminal, isWanted, isWell} from './entities/health.ts';
import {isOfPresent, updatedTasks} from './entities/present.ts';
import {
	meantToRun,
	oldEntry,
	quorumIssue,
	stillCounted,
	tasksStarting,
	tooFewTasks,
	unreachableManager,
	updateState,
	updating,
} from './messages.ts';
import type {ClusterState, Health, NodeEntity, Quorum, ServiceEntity, TaskEntity} from './model.ts';
import {tasksOfServices} from './tasks-of.ts';
import {usageIssue} from './usage-issues.ts';
import {leftRunning, leftRunningWords} from './why/gone.ts';
import {jobFailureWords} from './why/job-failures.ts';
import {stuckWords} from './why/stuck.ts';

/** What one would do about it first. */
export type Remedy = 'logs' | 'tasks' | 'rollback' | 'remove' | 'wait' | 'managers' | 'why' | 'edit' | 'left-behind';

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

const ranks = {quorum: 0, manager: 1, node: 2, outage: 3, shortage: 4, risk: 5, progress: 6, waste: 7} as const;

export function issuesIn(state: ClusterState): ReadonlyMap<string, Issue> {
	const {quorum, nodes, services} = state;
	const issues = [
		...(quorum ? issueOfQuorum(quorum) : []),
		...[...nodes.values()].flatMap((node) => nodeIssue(node, state)),
		...[...services.values()].flatMap((service) => withUsage(service, serviceIssue(service, state), state)),
		...goneIssue(state),
	];
	return new Map(issues.map((issue) => [issue.id, issue]));
}

function issueOfQuorum(quorum: Quorum): Issue[] {
	const {managers, reachable, tolerated} = quorum;
	if (reachable === managers) return [];
	const isLost = tolerated < 0;
	return [
		{
			id: 'quorum',
			health: isLost || tolerated === 0 ? 'failing' : 'converging',
			kind: 'swarm',
			objectId: '',
			name: toSafeText('quorum'),
			state: safe`${reachable}/${managers}`,
			reason: quorumIssue(quorum),
			remedy: 'managers',
			rank: isLost ? ranks.quorum : ranks.manager,
		},
	];
}

function nodeIssue(node: NodeEntity, {tasks: all}: ClusterState): Issue[] {
	const {id, name, state, stateMessage, manager, health, isDuplicate, tasks} = node;
	if (isWell({health})) return [];
	const isUnreachable = manager?.reachability === 'unreachable';
	const left = tasks?.desired ? meantToRun(tasks.desired) : nothing;
	const counted = state === 'down' ? countedOn(id, all) : 0;
	const isOldEntry = isDuplicate && state === 'down';
	const parts = [
		isUnreachable ? unreachableManager : nothing,
		stateMessage,
		isOldEntry ? oldEntry : nothing,
		left,
		counted > 0 ? stillCounted(counted) : nothing,
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

/** Tasks that are over for the swarm and that the engine counts all the same, because nobody has heard of their end. */
function countedOn(nodeId: string, tasks: ReadonlyMap<string, TaskEntity>): number {
	let count = 0;
	for (const task of tasks.values()) {
		if (task.nodeId === nodeId && task.state === 'running' && !isWanted(task.desired)) count++;
	}
	return count;
}

/** What runs for nobody: nothing is wrong with it but that it takes what others could have. */
function goneIssue(state: ClusterState): Issue[] {
	const left = leftRunning(state);
	if (left.length === 0) return [];
	return [
		{
			id: 'gone',
			health: 'unknown',
			kind: 'swarm',
			objectId: '',
			name: toSafeText('gone services'),
			state: safe`${left.length}`,
			reason: leftRunningWords(left),
			remedy: 'left-behind',
			rank: ranks.risk,
		},
	];
}

function serviceIssue(service: ServiceEntity, state: ClusterState): Issue[] {
	const {id, name, health, counts, update} = service;
	const worst = worstTasks(state.tasks).get(id);
	const task = worst && (isOfPresent(worst, service) || !isTerminal(worst.state)) ? worst : undefined;
	if (isWell({health})) return [];
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
			reason: reasonOf(service, task, state),
			remedy: isPaused ? 'rollback' : health === 'failing' ? remedyFor(service, task) : 'wait',
			rank: health === 'failing' ? failing : health === 'unknown' ? ranks.risk : ranks.progress,
		},
	];
}

/** What the nodes' engines say of what it uses: beside what is wrong with it anyway, or a line of its own. */
function withUsage(service: ServiceEntity, issues: Issue[], state: ClusterState): Issue[] {
	const {id, name, counts} = service;
	const usage = usageIssue(service, state);
	if (!usage) return issues;
	const [issue] = issues;
	if (issue) return [{...issue, reason: safe`${issue.reason}; ${usage.words}`}];
	return [
		{
			id: `service ${id}`,
			health: usage.isWaste ? 'unknown' : 'converging',
			kind: 'service',
			objectId: id,
			name,
			state: counts ? safe`${counts.running}/${counts.desired}` : toSafeText('?'),
			reason: usage.words,
			remedy: usage.isKilled ? 'why' : 'edit',
			rank: usage.isWaste ? ranks.waste : ranks.risk,
		},
	];
}

/** What its update says, else what its worst task died of, else that it is on its way. */
function reasonOf(service: ServiceEntity, task: TaskEntity | undefined, state: ClusterState): SafeText {
	const {id, update, health, stuck} = service;
	const parts: SafeText[] = [];
	const isUnderWay = update && update.state !== 'completed' && update.state !== 'rollback_completed';
	if (isUnderWay) {
		parts.push(update.state === 'updating' ? updatingWords(service, state) : updateState(update.state, update.message));
	}
	const tasks = stuck === undefined && !isJob(service.mode) ? [] : (tasksOfServices(state.tasks).get(id) ?? []);
	const words = stuckWords(service, tasks, state);
	if (words !== undefined) parts.push(words);
	const failures = jobFailureWords(service, tasks);
	if (failures !== undefined && health === 'failing') parts.push(failures);
	else if (task && task.error !== '') parts.push(task.error);
	if (parts.length > 0) return joinSafe(parts, '; ');
	return health === 'converging' ? tasksStarting : tooFewTasks;
}

/** `updating 3/5`: how far it has come says more than the engine's own `update in progress`. */
function updatingWords(service: ServiceEntity, {tasks}: ClusterState): SafeText {
	const known = tasksOfServices(tasks).get(service.id) ?? [];
	const wanted = service.counts?.desired;
	if (known.length === 0 || wanted === undefined) return updating(undefined, 0);
	return updating(Math.min(updatedTasks(service, known), wanted), wanted);
}

/** Only what has run has logs: of a task that found no place, or was rejected, there is nothing to read but the reason. */
const remedyFor = ({stuck}: ServiceEntity, task: TaskEntity | undefined): Remedy =>
	stuck === undefined && task && task.nodeId !== '' && task.containerId !== '' && task.state !== 'rejected'
		? 'logs'
		: 'why';

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
