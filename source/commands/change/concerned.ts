import {objectOf} from '../../cluster/actions/names.ts';
import {nameOfNew} from '../../cluster/actions/new-object.ts';
import type {Actions} from '../../cluster/intent.ts';
import type {ClusterState, ServiceEntity} from '../../cluster/model.ts';

/** The services that the actions of this run were about, as far as they are there. */
export function concernedServices(actions: Actions, {services}: ClusterState): ServiceEntity[] {
	const all = [...services.values()];
	const found = actions.progress().flatMap(({intent, state}) => {
		// What was never sent has changed nothing.
		if (!('serviceId' in intent) || state === 'waiting' || state === 'held') return [];
		const id = objectOf(intent);
		const name = nameOfNew(id);
		return (name === undefined ? services.get(id) : all.find((each) => each.name === name)) ?? [];
	});
	return [...new Set(found)];
}
