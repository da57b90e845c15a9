import {replicasOf} from '../entities/service.ts';
import type {Progress} from '../intent.ts';
import type {ServiceEntity} from '../model.ts';

/**
 * What a service that is scaled to 0 had before, where anybody knows: the engine keeps the settings before the last update
 * (PreviousSpec), and they tell it as long as nothing else has been changed since; after that, what was scaled down in this
 * session is remembered. Undefined where neither tells: then whoever resumes it is asked.
 */
export function formerReplicas({id, raw}: ServiceEntity, actions: readonly Progress[]): number | undefined {
	const previous = raw.PreviousSpec ? (replicasOf(raw.PreviousSpec) ?? 0) : 0;
	if (previous > 0) return previous;
	for (const {undo} of actions) {
		if (undo?.action === 'service.scale' && undo.serviceId === id && undo.replicas > 0) return undo.replicas;
	}
	return undefined;
}
