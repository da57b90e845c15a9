import {notAsked} from '../cluster/entities/context.ts';
import type {Surroundings} from '../connection/resolve.ts';
import {toSafeText} from '../text/safe-text.ts';
import {unknownCluster} from './cluster-snapshot.ts';
import {readDockerContexts} from './docker-contexts.ts';
import type {List} from './get-lists.ts';

/** Docker's contexts as rows: no engine is asked. */
export async function listDockerContexts(surroundings: Surroundings): Promise<List> {
	const contexts = await readDockerContexts(surroundings);
	const items = contexts.map(({name, description, host = '', isCurrent}) => ({
		row: {
			...notAsked,
			id: name,
			name: toSafeText(name),
			description: toSafeText(description),
			endpoint: toSafeText(host || 'no docker endpoint'),
			isCurrent,
		},
		object: () => ({Name: name, Current: isCurrent, Description: description, DockerEndpoint: host}),
	}));
	return {items, cluster: unknownCluster()};
}
