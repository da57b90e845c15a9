import type {ObjectOf} from '../../swarmkit/state/objects.ts';
import type {StoreReader} from '../../swarmkit/state/store.ts';
import {taskName} from './names.ts';
import {badRequest, notFound} from './refusal.ts';

/**
 * Objects by what a person typed: the full ID, else the exact name, else the beginning of an ID (moby
 * daemon/cluster/helpers.go). Names of services and nodes are told by case here, those of secrets and configs are not.
 */

type Named = 'service' | 'node' | 'task' | 'secret' | 'config';

/** @throws Refused 404 `KIND X not found`, 400 `KIND X is ambiguous (N matches found)` */
export function lookUp<K extends Named>(store: StoreReader, kind: K, reference: string): ObjectOf[K] {
	const exact = store.get(kind, reference);
	if (exact) return exact;
	const all = store.all(kind);
	const called = all.filter((object) => isCalled(object, reference));
	const found = called.length > 0 ? called : all.filter((object) => object.id.startsWith(reference));
	const [only] = found;
	if (!only) throw notFound(`${kind} ${reference} not found`);
	if (found.length > 1) throw badRequest(`${kind} ${reference} is ambiguous (${found.length} matches found)`);
	return only;
}

function isCalled(object: ObjectOf[Named], name: string): boolean {
	switch (object.kind) {
		case 'service':
			return object.spec.Name === name;
		case 'node':
			return object.description.Hostname === name;
		case 'task':
			return taskName(object) === name;
		case 'secret':
		case 'config':
			return object.spec.Name.toLowerCase() === name.toLowerCase();
	}
}
