import {parseTime} from '../text/format.ts';
import type {PortConfig, Task, TaskState} from '../wire/task.ts';

/**
 * A task cut down to what lists, counts and capacity need: a tenth of the engine's object, so that 100,000 of them fit.
 * Texts are the engine's own, not yet made safe. The whole object comes from `SwarmClient.task(id)`.
 */
export type TaskRow = {
	readonly id: string;
	readonly version: number;
	/** '' for a task that no service owns (a container's attachment to a network). */
	readonly serviceId: string;
	/** 0 for tasks of global services and for the first slot of a replicated job. */
	readonly slot: number;
	/** '' until the scheduler has assigned it. */
	readonly nodeId: string;
	readonly state: TaskState;
	readonly desired: TaskState;
	/** Unix milliseconds, as all times here; 0 when the engine gave none. */
	readonly createdAt: number;
	readonly updatedAt: number;
	/** When `state` was reached. */
	readonly since: number;
	readonly message: string;
	/** '' when there is none. */
	readonly error: string;
	/** '' before there is a container. */
	readonly containerId: string;
	/** Undefined before there is a container; 0 both while it runs and after it ended well. */
	readonly exitCode: number | undefined;
	readonly image: string;
	/** Spec.ForceUpdate: tells the tasks of a restart from those before it. */
	readonly forceUpdate: number;
	/** The job's run this task belongs to; undefined for tasks that are not of a job. */
	readonly jobIteration: number | undefined;
	readonly reservedNanoCpus: number;
	readonly reservedMemoryBytes: number;
	/** Ports published on the task's own node (host mode); ingress ports are the service's. */
	readonly ports: readonly PortConfig[];
};

const noPorts: readonly PortConfig[] = [];

export function toTaskRow(task: Task): TaskRow {
	const {Status: status, Spec: spec} = task;
	const reserved = spec.Resources?.Reservations;
	return {
		id: task.ID,
		version: task.Version.Index,
		serviceId: task.ServiceID ?? '',
		slot: task.Slot ?? 0,
		nodeId: task.NodeID ?? '',
		state: status.State,
		desired: task.DesiredState,
		createdAt: milliseconds(task.CreatedAt),
		updatedAt: milliseconds(task.UpdatedAt),
		since: milliseconds(status.Timestamp),
		message: status.Message ?? '',
		error: status.Err ?? '',
		containerId: status.ContainerStatus?.ContainerID ?? '',
		exitCode: exitCodeOf(task),
		image: spec.ContainerSpec?.Image ?? '',
		forceUpdate: spec.ForceUpdate ?? 0,
		// The first run of a job is iteration 0, which the engine writes as an empty object.
		jobIteration: task.JobIteration && (task.JobIteration.Index ?? 0),
		reservedNanoCpus: reserved?.NanoCPUs ?? 0,
		reservedMemoryBytes: reserved?.MemoryBytes ?? 0,
		ports: status.PortStatus?.Ports ?? noPorts,
	};
}

/**
 * Gives rows that came from another thread one copy of each text that many of them have: a third of the memory of 100,000
 * rows. A sharer is for one list; it keeps every text it has seen.
 */
export function createRowSharer(): (row: TaskRow) => TaskRow {
	const seen = new Map<string, string>();
	const share = <Text extends string>(text: Text): Text => {
		const known = seen.get(text);
		if (known !== undefined) return known as Text;
		seen.set(text, text);
		return text;
	};
	return (row) => ({
		...row,
		serviceId: share(row.serviceId),
		nodeId: share(row.nodeId),
		state: share(row.state),
		desired: share(row.desired),
		message: share(row.message),
		error: share(row.error),
		image: share(row.image),
		ports: row.ports.length === 0 ? noPorts : row.ports,
	});
}

function milliseconds(timestamp: string | undefined): number {
	return timestamp === undefined ? 0 : (parseTime(timestamp) ?? 0);
}

function exitCodeOf(task: Task): number | undefined {
	const container = task.Status.ContainerStatus;
	return container?.ContainerID ? (container.ExitCode ?? 0) : undefined;
}
