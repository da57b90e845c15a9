import {objectOf} from '../../cluster/actions/names.ts';
import {nameOfNew} from '../../cluster/actions/new-object.ts';
import {keyOf} from '../../cluster/edit/changes.ts';
import {isTerminal} from '../../cluster/entities/health.ts';
import type {Progress} from '../../cluster/intent.ts';
import type {ClusterState, ServiceEntity} from '../../cluster/model.ts';

/** The services that these actions were about, as far as they are there. */
export function concernedServices(actions: readonly Progress[], {services}: ClusterState): ServiceEntity[] {
	const all = [...services.values()];
	const found = actions.flatMap(({intent}) => {
		if (!('serviceId' in intent)) return [];
		const id = objectOf(intent);
		const name = nameOfNew(id);
		return (name === undefined ? services.get(id) : all.find((each) => each.name === name)) ?? [];
	});
	return [...new Set(found)];
}

/** How the swarm was before anything was sent: what came of this run is told from what was there before. */
export type Before = {
	readonly hasChanged: (service: ServiceEntity) => boolean;
	readonly hadEnded: (taskId: string) => boolean;
};

export function rememberBefore(state: ClusterState): Before {
	const services = new Map([...state.services.values()].map((service) => [service.id, stateOf(service)]));
	const ended = endedTasks(state);
	return {
		hasChanged: (service) => services.get(service.id) !== stateOf(service),
		hadEnded: (taskId) => ended.has(taskId),
	};
}

/** A rollback brings back the spec that was there before, but not the status of the update. */
const stateOf = ({raw}: ServiceEntity): string => keyOf([raw.Spec, raw.UpdateStatus?.StartedAt ?? '']);

export const hasFailed = (state: string): boolean => state === 'failed' || state === 'rejected';

const endedTasks = ({tasks}: ClusterState): ReadonlySet<string> =>
	new Set([...tasks.values()].filter(({state}) => isTerminal(state)).map(({id}) => id));
