/** Stacks: the swarm knows none, only the label that docker stack writes on all that it makes. */
import type {SafeText} from '../../text/safe-text.ts';
import type {Health, ServiceEntity} from '../model.ts';

export type StackEntity = {
	/** Its name: stacks have no other ID. */
	readonly id: string;
	readonly name: SafeText;
	readonly services: readonly ServiceEntity[];
	/** Undefined while a service's counts are not known. Finished jobs desire nothing. */
	readonly counts: {readonly running: number; readonly desired: number} | undefined;
	readonly networks: number;
	readonly secrets: number;
	readonly configs: number;
	/** When the oldest of its services was made, or changed last of all; 0 without services. */
	readonly createdAt: number;
	readonly updatedAt: number;
	/** The worst of its services'. */
	readonly health: Health;
};

/** What a stack can be made of besides its services. */
type Labelled = {readonly stack: SafeText | undefined};

/** A stack whose services are all gone still is one while a network, a secret or a config of it is left. */
export function stacksOf({
	services,
	networks = [],
	secrets = [],
	configs = [],
}: {
	readonly services: Iterable<ServiceEntity>;
	readonly networks?: Iterable<Labelled>;
	readonly secrets?: Iterable<Labelled>;
	readonly configs?: Iterable<Labelled>;
}): Map<string, StackEntity> {
	const byStack = {
		services: grouped(services),
		networks: grouped(networks),
		secrets: grouped(secrets),
		configs: grouped(configs),
	};
	const names = new Set(Object.values(byStack).flatMap((groups) => [...groups.keys()]));
	const count = (groups: ReadonlyMap<SafeText, readonly unknown[]>, name: SafeText) => groups.get(name)?.length ?? 0;
	return new Map(
		[...names].map((name) => [
			name,
			{
				id: name,
				name,
				...summary(byStack.services.get(name) ?? []),
				networks: count(byStack.networks, name),
				secrets: count(byStack.secrets, name),
				configs: count(byStack.configs, name),
			},
		]),
	);
}

function grouped<T extends Labelled>(objects: Iterable<T>): Map<SafeText, T[]> {
	const groups = new Map<SafeText, T[]>();
	for (const object of objects) {
		if (object.stack === undefined) continue;
		const group = groups.get(object.stack);
		if (group) group.push(object);
		else groups.set(object.stack, [object]);
	}
	return groups;
}

/** The most worrying first. */
const worstFirst: readonly Health[] = ['failing', 'converging', 'unknown', 'healthy', 'idle'];

function summary(
	services: readonly ServiceEntity[],
): Pick<StackEntity, 'services' | 'counts' | 'createdAt' | 'updatedAt' | 'health'> {
	let counts: StackEntity['counts'] = {running: 0, desired: 0};
	for (const {counts: own} of services) {
		counts = counts && own && {running: counts.running + own.running, desired: counts.desired + own.desired};
	}
	return {
		services,
		counts,
		createdAt: services.length === 0 ? 0 : Math.min(...services.map(({createdAt}) => createdAt)),
		updatedAt: Math.max(0, ...services.map(({updatedAt}) => updatedAt)),
		health: worstFirst.find((health) => services.some((service) => service.health === health)) ?? 'idle',
	};
}
