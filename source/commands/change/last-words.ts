import {causeOfEnd} from '../../cluster/actions/service-progress.ts';
import {hasEndedEarly, isOfPresent} from '../../cluster/entities/present.ts';
import type {Progress} from '../../cluster/intent.ts';
import type {ClusterState, ClusterStore, TaskEntity} from '../../cluster/model.ts';
import type {SwarmClient} from '../../engine/client.ts';
import {engineLogOpener} from '../../logs/engine-opener.ts';
import {readResponse} from '../../logs/read-response.ts';
import type {Clock} from '../../runtime/clock.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {type Before, concernedServices} from './concerned.ts';

/** Why a service did not converge, in its own words: the task that failed last, its error and the end of its log. */
export type LastWords = {
	/** The action that failed. */
	readonly title: SafeText;
	readonly task: SafeText;
	readonly taskId: string;
	readonly error: SafeText;
	readonly log: readonly SafeText[];
	/** Why the log is not there, or not all of it. */
	readonly logProblem: SafeText | undefined;
};

type Sources = {readonly store: ClusterStore; readonly client: SwarmClient; readonly clock: Clock};

const mostLines = 20;
/** A node that can't be reached keeps the engine waiting without end. */
const patienceMs = 5000;

/** Of an action that made no task of a service fail there are none. */
export async function lastWords(
	progress: Progress,
	before: Before,
	{store, client, clock}: Sources,
): Promise<LastWords | undefined> {
	const task = failedTask(progress, before, store.getState());
	if (!task) return undefined;
	const {name, id} = task;
	const words = {title: progress.title, task: name, taskId: id, error: causeOfEnd(task)};
	// What was rejected never had a container, and the engine would wait for one.
	if (task.state === 'rejected') return {...words, log: [], logProblem: undefined};
	return {...words, ...(await endOfLog(id, client, clock))};
}

/** The task that failed last of what the action is about; undefined while none has. */
export function failedTask(progress: Progress, before: Before, state: ClusterState): TaskEntity | undefined {
	const [service] = concernedServices([progress], state);
	if (!service) return undefined;
	// What an update has stopped can end with exit code 0 as well.
	const isCause = (task: TaskEntity): boolean =>
		hasEndedEarly(task, service) && (task.state !== 'complete' || isOfPresent(task, service));
	return [...state.tasks.values()]
		.filter((task) => task.serviceId === service.id && isCause(task) && !before.hadEnded(task.id))
		.toSorted((a, b) => b.since - a.since)[0];
}

async function endOfLog(
	taskId: string,
	client: SwarmClient,
	clock: Clock,
): Promise<Pick<LastWords, 'log' | 'logProblem'>> {
	const lines: {readonly stamp: string; readonly text: SafeText}[] = [];
	let logProblem: SafeText | undefined;
	const patience = new AbortController();
	const timer = clock.after(patienceMs, () => {
		logProblem = toSafeText(`its node did not send it within ${patienceMs / 1000} s`);
		patience.abort();
	});
	const ending = await readResponse(
		{target: {kind: 'task', id: taskId}, isFollowing: false, tail: mostLines, since: undefined},
		{
			opener: engineLogOpener(client),
			clock,
			signal: patience.signal,
			onItem(item) {
				if (item.kind === 'line') lines.push({stamp: item.line.stamp, text: toSafeText(item.line.text)});
				if (item.kind === 'problem') logProblem = toSafeText(item.message);
			},
		},
	);
	timer.cancel();
	if (ending) logProblem = toSafeText(ending.message);
	// What is written to both streams comes one after the other.
	const log = lines.toSorted((a, b) => (a.stamp < b.stamp ? -1 : Number(a.stamp > b.stamp))).map(({text}) => text);
	return {log: log.slice(-mostLines), logProblem};
}
