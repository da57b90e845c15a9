import {withoutDigest} from '../../engine/registry-reference.ts';
import {parseTime} from '../../text/format.ts';
import type {Service} from '../../wire/service.ts';
import type {TaskSpec} from '../../wire/task.ts';
import {isOfPresentSpec} from '../entities/present.ts';
import type {ServiceEntity, TaskEntity} from '../model.ts';

/**
 * Which tasks were made from settings that their service no longer has, and what those were. Lists of tasks tell only the
 * image and how often a restart was asked for; the rest follows from when a task was made. Pure.
 */

/** The settings of a task of this service where they aren't the present ones; the same object for the same settings. */
export function formerSpecs(service: ServiceEntity): (task: TaskEntity) => TaskSpec | undefined {
	const made = new Map<string, TaskSpec>();
	const since = newSince(service.raw);
	return (task) => {
		if (isOfPresentSpec(task, service) && task.createdAt >= since) return undefined;
		const key = `${task.image} ${task.forceUpdate}`;
		let spec = made.get(key);
		if (!spec) {
			spec = formerSpec(task, service.raw);
			made.set(key, spec);
		}
		return spec;
	};
}

/** Tasks that are older than an update which has not come to its end are older than its settings. */
function newSince({UpdateStatus: status, UpdatedAt: updatedAt}: Service): number {
	switch (status?.State) {
		case 'updating':
		case 'paused':
			return parseTime(status.StartedAt ?? updatedAt) ?? 0;
		case 'rollback_started':
		case 'rollback_paused':
			// One that the swarm began by itself goes back to the settings that the older tasks have.
			return status.Message.includes('manually') ? (parseTime(status.StartedAt ?? '') ?? 0) : 0;
		default:
			return 0;
	}
}

function formerSpec({image, forceUpdate}: TaskEntity, {Spec, PreviousSpec}: Service): TaskSpec {
	const template = (PreviousSpec ?? Spec).TaskTemplate;
	const container = template.ContainerSpec;
	const isSameImage = withoutDigest(container?.Image ?? '') === image;
	return {
		...template,
		ForceUpdate: forceUpdate,
		ContainerSpec: {...container, ...(!isSameImage && {Image: image})},
	};
}
