import {defaultContext, listContexts} from '../connection/contexts.ts';
import {dockerConfigDirectory, resolveEndpoint, type Surroundings} from '../connection/resolve.ts';

/** A context as docker's files have it. */
type ListedContext = {
	readonly name: string;
	readonly description: string;
	/** As written in the context; undefined for one without a docker endpoint. */
	readonly host: string | undefined;
	readonly isCurrent: boolean;
};

/** Docker's contexts, the default one first: read from its files, no engine is asked and nothing is written. */
export async function readDockerContexts(surroundings: Surroundings): Promise<readonly ListedContext[]> {
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
	return all.map(({name, description, host}) => ({
		name,
		description,
		host,
		isCurrent: current.ok && name === currentName,
	}));
}
