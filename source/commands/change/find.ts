import type {ClusterState, NodeEntity, ServiceEntity} from '../../cluster/model.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {closest} from '../command-line/suggest.ts';
import {ambiguous, noSuch} from './messages.ts';

/** Finds what a word means as docker does: an ID, a name, or the beginning of an ID that fits one object alone. */
function find<T extends {readonly id: string; readonly name: string}>(
	kind: string,
	word: string,
	all: Iterable<T>,
): Result<T, string> {
	const objects = [...all];
	const byId = objects.find(({id}) => id === word);
	if (byId) return ok(byId);
	const named = objects.filter(({name}) => name === word);
	const fits = named.length > 0 || word === '' ? named : objects.filter(({id}) => id.startsWith(word));
	const [found, ...others] = fits;
	if (found && others.length === 0) return ok(found);
	if (found) {
		return failed(
			ambiguous(
				kind,
				word,
				fits.map(({id}) => id.slice(0, 12)),
			),
		);
	}
	return failed(
		noSuch(
			kind,
			word,
			closest(
				word,
				objects.map(({name}) => name),
			),
		),
	);
}

export const findService = (word: string, {services}: ClusterState): Result<ServiceEntity, string> =>
	find('service', word, services.values());

/** `self` is the engine that is asked, as with docker. */
export function findNode(word: string, {nodes, engine}: ClusterState): Result<NodeEntity, string> {
	const self = word === 'self' && engine ? nodes.get(engine.nodeId) : undefined;
	return self ? ok(self) : find('node', word, nodes.values());
}

/** All of them, once each; the first that there is not ends it. */
export function findAll<T extends {readonly id: string}>(
	words: readonly string[],
	findOne: (word: string) => Result<T, string>,
): Result<readonly T[], string> {
	const found = new Map<string, T>();
	for (const word of words) {
		const one = findOne(word);
		if (!one.ok) return one;
		found.set(one.value.id, one.value);
	}
	return ok([...found.values()]);
}
