import {defaultContext, listContexts} from '../connection/contexts.ts';
import {dockerConfigDirectory, resolveEndpoint, type Surroundings} from '../connection/resolve.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {ContextEntity} from '../ui/registry/contexts.ts';
import {unknownCluster} from './cluster-snapshot.ts';
import type {List} from './get-lists.ts';

/** Docker's contexts, the default one first: read from its files, no engine is asked. */
export async function listDockerContexts(surroundings: Surroundings): Promise<List> {
	const [contexts, current, fallback] = await Promise.all([
		listContexts(dockerConfigDirectory(surroundings)),
		resolveEndpoint({}, surroundings),
		resolveEndpoint({context: defaultContext}, surroundings),
	]);
	const currentName =
		current.ok && current.value.origin.kind === 'context' ? current.value.origin.name : defaultContext;
	const all = [
		{name: defaultContext, description: '', host: fallback.ok ? fallback.value.url : undefined},
		...contexts.filter(({name}) => name !== defaultContext),
	];
	const items = all.map(({name, description, host}) => {
		const isCurrent = current.ok && name === currentName;
		const row: ContextEntity = {
			id: name,
			name: toSafeText(name),
			description: toSafeText(description),
			endpoint: toSafeText(host ?? ''),
			isCurrent,
			health: 'unknown',
		};
		return {
			row,
			object: () => ({Name: name, Current: isCurrent, Description: description, DockerEndpoint: host ?? ''}),
		};
	});
	return {items, cluster: unknownCluster()};
}
