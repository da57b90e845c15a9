import type {
	FileReference,
	Logging,
	Service,
	ServiceNetwork,
	ServicePort,
	ServiceVolume,
	StackConfig,
	Ulimit,
} from '../model.ts';

/**
 * Several files as one, each over what is before it, as docker merges them (docker/cli cli/compose/loader/merge.go): services by
 * their parts, networks, volumes, secrets and configs as a whole.
 */
export function mergeConfigs(configs: readonly StackConfig[]): StackConfig {
	return configs.reduce((base, over) => ({
		services: mergeServices(base.services, over.services),
		networks: {...base.networks, ...over.networks},
		volumes: {...base.volumes, ...over.volumes},
		secrets: {...base.secrets, ...over.secrets},
		configs: {...base.configs, ...over.configs},
	}));
}

function mergeServices(base: readonly Service[], over: readonly Service[]): Service[] {
	const services = new Map(base.map((service) => [service.name, service]));
	for (const service of over) {
		const below = services.get(service.name);
		services.set(service.name, below ? mergeService(below, service) : service);
	}
	return [...services.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function mergeService(base: Service, over: Service): Service {
	const merged = mergeParts(base, over, []) as Service;
	const own = <Key extends keyof Service>(key: Key, merge: (a: Defined<Key>, b: Defined<Key>) => Defined<Key>) => {
		const [a, b] = [base[key], over[key]];
		// What is on one side alone comes from there as it is.
		if (a === undefined || b === undefined) return {};
		return {[key]: merge(a as Defined<Key>, b as Defined<Key>)};
	};
	return {
		...merged,
		...own('command', (a, b) => (b.length > 0 ? b : a)),
		...own('entrypoint', (a, b) => (b.length > 0 ? b : a)),
		...own('ports', mergePorts),
		...own('secrets', mergeReferences),
		...own('configs', mergeReferences),
		...own('volumes', mergeVolumes),
		...own('logging', mergeLogging),
		...own('networks', mergeNetworks),
		...own('ulimits', (a, b): Readonly<Record<string, Ulimit>> => ({...a, ...b})),
	};
}

type Defined<Key extends keyof Service> = NonNullable<Service[Key]>;

/** Texts that override by being there, even when they are empty: labels, sysctls, options. */
const textMaps: readonly string[] = ['labels', 'sysctls'];
/** Numbers that override by being there, even when they are zero. */
const counts: readonly string[] = ['replicas', 'parallelism', 'retries', 'maxAttempts'];

/** What is empty, zero or false does not override; lists are put one after the other. */
function mergeParts(base: unknown, over: unknown, path: readonly string[]): unknown {
	const key = path.at(-1) ?? '';
	if (over === undefined || over === null) return base;
	if (base === undefined || base === null) return over;
	if (Array.isArray(base) && Array.isArray(over)) return [...base, ...over] as unknown[];
	if (isRecord(base) && isRecord(over)) {
		if (textMaps.includes(key)) return {...base, ...over};
		const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
		return Object.fromEntries([...keys].map((each) => [each, mergeParts(base[each], over[each], [...path, each])]));
	}
	if (counts.includes(key)) return over;
	return over === '' || over === 0 || over === false ? base : over;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** One list by key, the second over the first, in the order of what they are sorted by. */
function mergeLists<T>(base: readonly T[], over: readonly T[], keyOf: (each: T) => string): T[] {
	return [...new Map([...base, ...over].map((each) => [keyOf(each), each])).values()];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By the port that is published: of those that publish none docker keeps one. */
const mergePorts = (base: readonly ServicePort[], over: readonly ServicePort[]): ServicePort[] =>
	mergeLists(base, over, ({published}) => String(published ?? 0)).toSorted(
		(a, b) => (a.published ?? 0) - (b.published ?? 0),
	);

const mergeReferences = (base: readonly FileReference[], over: readonly FileReference[]): FileReference[] =>
	mergeLists(base, over, ({source}) => source).toSorted((a, b) => byText(a.source, b.source));

const mergeVolumes = (base: readonly ServiceVolume[], over: readonly ServiceVolume[]): ServiceVolume[] =>
	mergeLists(base, over, ({target}) => target).toSorted((a, b) => byText(a.target, b.target));

/** Options of the same driver are put together; of another one they are the second file's alone. */
function mergeLogging(base: Logging, over: Logging): Logging {
	const isSame = base.driver === over.driver || base.driver === '' || over.driver === '';
	if (!isSame) return over;
	// Docker loses the second file's options where the first has none.
	const options = base.options && {...base.options, ...over.options};
	return {driver: base.driver || over.driver, ...(options ? {options} : {})};
}

function mergeNetworks(
	base: Readonly<Record<string, ServiceNetwork | null>>,
	over: Readonly<Record<string, ServiceNetwork | null>>,
): Record<string, ServiceNetwork | null> {
	const merged = Object.entries(over).map(([key, network]) => {
		const below = Object.hasOwn(base, key) ? base[key] : undefined;
		if (!below || !network) return [key, network ?? below ?? null] as const;
		return [
			key,
			{...below, aliases: network.aliases, ipv4: network.ipv4 || below.ipv4, ipv6: network.ipv6 || below.ipv6},
		] as const;
	});
	return {...base, ...Object.fromEntries(merged)};
}
