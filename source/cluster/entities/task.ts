/** A task of the wire as the screens see it: named by its service and slot, placed on its node, judged. */

import type {TaskRow} from '../../engine/task-row.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceMode, TaskEntity} from '../model.ts';
import {cleanWord, noText, portsOf, splitImage} from './common.ts';
import {taskHealth} from './health.ts';

/** What other objects tell about a task. */
export type TaskJoins = {
	/** Undefined while its service is not known, or no longer there. */
	readonly service: {readonly name: SafeText; readonly mode: ServiceMode} | undefined;
	/** Undefined while its node is not known, or no longer there. */
	readonly node: {readonly name: SafeText; readonly isDown: boolean} | undefined;
	readonly isCurrent: boolean;
	/** It was there, or the task is older than the engine's list of services. */
	readonly isServiceGone: boolean;
	readonly isStuck: boolean;
};

/** What belongs to the task's object alone. */
export type TaskFacts = Omit<
	TaskEntity,
	'name' | 'serviceName' | 'slotKey' | 'nodeName' | 'isServiceGone' | 'isCurrent' | 'health'
>;

const shortIdLength = 12;
const shortId = (id: string): SafeText => toSafeText(id.slice(0, shortIdLength));

/** Cleans and reshapes; everything that does not depend on other objects. */
export function taskFacts(row: TaskRow): TaskFacts {
	return {
		id: cleanWord(row.id),
		version: row.version,
		serviceId: cleanWord(row.serviceId),
		slot: row.slot,
		nodeId: cleanWord(row.nodeId),
		image: splitImage(row.image).image,
		forceUpdate: row.forceUpdate,
		state: cleanWord(row.state),
		desired: cleanWord(row.desired),
		since: row.since,
		createdAt: row.createdAt,
		message: toSafeText(row.message),
		error: toSafeText(row.error),
		exitCode: row.exitCode,
		containerId: toSafeText(row.containerId),
		ports: portsOf(row.ports),
	};
}

/**
 * What a row per slot groups by. A job's first slot is 0 and is left out of the JSON, so that its task looks like a
 * global service's: only the service's mode tells (recordings: tasks/batch.json).
 */
export function slotKeyOf(task: Pick<TaskFacts, 'slot' | 'nodeId'>, mode: ServiceMode | undefined): string {
	const isPerNode = mode === undefined ? task.slot === 0 : mode === 'global' || mode === 'global-job';
	return isPerNode ? task.nodeId : String(task.slot);
}

export function taskEntity(
	facts: TaskFacts,
	{service, node, isCurrent, isServiceGone, isStuck}: TaskJoins,
): TaskEntity {
	const slotKey = slotKeyOf(facts, service?.mode);
	const id = shortId(facts.serviceId);
	const serviceName = service?.name ?? (isServiceGone ? safe`gone ${id}` : id);
	// One literal, not a spread: fields added to a copy lie in a second object, a tenth of the memory of 100,000 tasks.
	return {
		id: facts.id,
		version: facts.version,
		serviceId: facts.serviceId,
		name: safe`${serviceName}.${toSafeText(slotKey)}`,
		serviceName,
		slot: facts.slot,
		slotKey,
		nodeId: facts.nodeId,
		nodeName: facts.nodeId === '' ? noText : (node?.name ?? shortId(facts.nodeId)),
		image: facts.image,
		forceUpdate: facts.forceUpdate,
		state: facts.state,
		desired: facts.desired,
		since: facts.since,
		createdAt: facts.createdAt,
		message: facts.message,
		error: facts.error,
		exitCode: facts.exitCode,
		containerId: facts.containerId,
		ports: facts.ports,
		isServiceGone,
		isCurrent,
		health: taskHealth({
			state: facts.state,
			desired: facts.desired,
			hasError: facts.error !== '',
			isNodeDown: node?.isDown ?? false,
			isStuck,
			isServiceGone,
		}),
	};
}
