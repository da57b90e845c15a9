import type {ClusterState, TaskEntity} from '../model.ts';

/** The tasks of the few services and nodes that are being watched, found in one pass over all. */
export type TaskLookup = {
	readonly ofService: (id: string) => readonly TaskEntity[];
	readonly onNode: (id: string) => readonly TaskEntity[];
};

const none: readonly TaskEntity[] = [];

export function taskLookup({tasks}: Pick<ClusterState, 'tasks'>, watched: ReadonlySet<string>): TaskLookup {
	const found = new Map<string, TaskEntity[]>();
	const add = (id: string, task: TaskEntity): void => {
		if (!watched.has(id)) return;
		const list = found.get(id);
		if (list) list.push(task);
		else found.set(id, [task]);
	};
	for (const task of tasks.values()) {
		add(task.serviceId, task);
		add(task.nodeId, task);
	}
	const of = (id: string): readonly TaskEntity[] => found.get(id) ?? none;
	return {ofService: of, onNode: of};
}
