/** Which of the engine's logs make up what was asked for: a node has none of its own, a stack those of its services. Pure. */
import type {ClusterState, TaskEntity, TaskScope} from '../../cluster/model.ts';
import type {LogTarget as Source} from '../../logs/log-opener.ts';
import type {TaskState} from '../../wire/task.ts';
import type {LogTarget} from './log-feed.ts';

const endedStates: ReadonlySet<TaskState> = new Set<TaskState>([
	'complete',
	'shutdown',
	'failed',
	'rejected',
	'remove',
	'orphaned',
]);

/** A task's last words are still on their way when its end is known already. */
const lastWordsMs = 15_000;

/**
 * @param now milliseconds since the epoch
 * @param open what is read already: it is kept while its last words may come
 */
export function sourcesOf(target: LogTarget, state: ClusterState, now: number, open: readonly Source[] = []): Source[] {
	switch (target.kind) {
		case 'service':
		case 'task':
			return [{kind: target.kind, id: target.id}];
		case 'stack':
			return [...state.services.values()]
				.filter(({stack}) => stack === target.id)
				.map(({id}) => ({kind: 'service', id}));
		case 'node':
			return nodeTasks(target.id, state, now, open);
		case 'several': {
			const sources = (target.parts ?? []).flatMap((part) => sourcesOf(part, state, now, open));
			return [...new Map(sources.map((source) => [`${source.kind} ${source.id}`, source])).values()];
		}
	}
}

/** The tasks whose names the logs need, and which are shown beside them; undefined: those that are there stay. */
export function tasksBeside({kind, id, name}: LogTarget): TaskScope | undefined {
	if (kind === 'stack') return {kind, name};
	return kind === 'service' || kind === 'node' ? {kind, id} : undefined;
}

/**
 * Whether a task that has said something is over.
 * @param isServiceKnown other tasks of its service are known: then one that is not is gone
 */
export function hasStopped(task: TaskEntity | undefined, isServiceKnown: boolean): boolean {
	return task ? endedStates.has(task.state) : isServiceKnown;
}

function nodeTasks(nodeId: string, {tasks}: ClusterState, now: number, open: readonly Source[]): Source[] {
	const isOpen = new Set(open.map(({id}) => id));
	return [...tasks.values()]
		.filter((task) => task.nodeId === nodeId)
		.filter(({id, state, since}) => !endedStates.has(state) || (isOpen.has(id) && now - since < lastWordsMs))
		.map(({id}) => ({kind: 'task', id}));
}
