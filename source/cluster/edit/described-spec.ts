/** What a stack file calls by name and the engine by ID; and whether a service is already as its file describes it. Pure. */
import {taggedImage, withoutDigest} from '../../engine/registry-reference.ts';
import type {Network} from '../../wire/network.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {Config, Secret} from '../../wire/store.ts';
import {changesBetween} from './changes.ts';

export type References = {
	readonly networks: readonly Network[];
	readonly secrets: readonly Secret[];
	readonly configs: readonly Config[];
};

/** The spec with IDs in place of the names that are known; a name that is not stays one. */
export function withIds(spec: ServiceSpec, {networks, secrets, configs}: References): ServiceSpec {
	// What a node has for itself may bear the name of what the swarm has: services are attached to the latter.
	const swarmLast = networks.toSorted((a, b) => Number(a.Scope === 'swarm') - Number(b.Scope === 'swarm'));
	const networkIds = new Map(swarmLast.map(({Id, Name}) => [Name, Id]));
	const secretIds = new Map(secrets.map(({ID, Spec}) => [Spec.Name, ID]));
	const configIds = new Map(configs.map(({ID, Spec}) => [Spec.Name, ID]));
	const {ContainerSpec: container, Networks, ...template} = spec.TaskTemplate;
	return {
		...spec,
		TaskTemplate: {
			...template,
			...(Networks && {
				Networks: Networks.map(({Target = '', ...rest}) => ({...rest, Target: networkIds.get(Target) ?? Target})),
			}),
			...(container && {
				ContainerSpec: {
					...container,
					...(container.Secrets && {
						Secrets: container.Secrets.map((each) => ({
							...each,
							SecretID: secretIds.get(each.SecretName) ?? each.SecretID,
						})),
					}),
					...(container.Configs && {
						Configs: container.Configs.map((each) => ({
							...each,
							ConfigID: configIds.get(each.ConfigName ?? '') ?? each.ConfigID,
						})),
					}),
					...(container.Privileges && {Privileges: withCredentials(container.Privileges, configIds)}),
				},
			}),
		},
	};
}

/** A credential spec that is a config is named by the file, and identified for the engine. */
function withCredentials(
	privileges: Record<string, unknown>,
	configIds: ReadonlyMap<string, string>,
): Record<string, unknown> {
	const credentials = privileges['CredentialSpec'];
	if (typeof credentials !== 'object' || credentials === null || !('Config' in credentials)) return privileges;
	const name = String(credentials.Config);
	return {...privileges, CredentialSpec: {...credentials, Config: configIds.get(name) ?? name}};
}

/**
 * The spec of a file laid onto the service as it is: what docker and the engine wrote into it by themselves stays (the
 * number of restarts, the isolation), or nothing but that would restart it. An image whose digest is not known keeps the
 * present one while its name is the same, and the platforms with it.
 */
export function appliedTo(present: ServiceSpec, wanted: ServiceSpec): ServiceSpec {
	const [before, after] = [present.TaskTemplate, wanted.TaskTemplate];
	const image = before.ContainerSpec?.Image ?? '';
	const asked = taggedImage(after.ContainerSpec?.Image ?? '');
	const keepsImage = asked === image || (!asked.includes('@') && withoutDigest(image) === asked);
	const {Platforms: platforms} = before.Placement ?? {};
	return {
		...wanted,
		TaskTemplate: {
			...after,
			...(before.Runtime === undefined ? {} : {Runtime: before.Runtime}),
			ForceUpdate: before.ForceUpdate ?? 0,
			...(platforms && keepsImage && {Placement: {...after.Placement, Platforms: platforms}}),
			ContainerSpec: {
				...after.ContainerSpec,
				Image: keepsImage ? image : asked,
				...(before.ContainerSpec?.Isolation === undefined ? {} : {Isolation: before.ContainerSpec.Isolation}),
			},
		},
	};
}

/** Whether bringing the service to that spec would change anything that a file can say. */
export function isAsDescribed(present: ServiceSpec, wanted: ServiceSpec): boolean {
	return changesBetween(withoutDefaults(present), withoutDefaults(appliedTo(present, wanted))).length === 0;
}

/** Whether it would change what the service's tasks are made from, so that they are replaced. */
export function isReplacing(present: ServiceSpec, wanted: ServiceSpec): boolean {
	const after = appliedTo(present, wanted);
	const parts = ({TaskTemplate, EndpointSpec}: ServiceSpec): unknown => withoutDefaults({TaskTemplate, EndpointSpec});
	return changesBetween(parts(present), parts(after)).length > 0;
}

/** A spec without what means the same whether it is written or not: what is left can be compared. */
export const comparable = (spec: ServiceSpec): unknown => withoutDefaults(spec);

/** Without what means the same whether it is written or not: empty lists and objects, and zeros. */
function withoutDefaults(value: unknown, isMap = false): unknown {
	if (Array.isArray(value)) return value.map((each) => withoutDefaults(each));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).flatMap(([key, each]) => {
		const kept = withoutDefaults(each, maps.has(key));
		return !isMap && isDefault(key, kept) ? [] : [[key, kept] as const];
	});
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Their keys are people's own: an empty value is one. */
const maps: ReadonlySet<string> = new Set(['Labels', 'Sysctls', 'Options', 'DriverOpts']);

/** Where nothing and nought, or no and nothing said, are two things. */
const meaningful: ReadonlySet<string> = new Set([
	...['Parallelism', 'Init'],
	...['Replicated', 'Global', 'ReplicatedJob', 'GlobalJob'],
]);

/** The engine gives these back where a spec is silent: each is the first of its kind on the wire. */
const defaultWords: ReadonlySet<string> = new Set([
	'Mode vip',
	'Isolation default',
	'Runtime container',
	'FailureAction pause',
	'Order stop-first',
	'Condition any',
	'Protocol tcp',
	'PublishMode ingress',
]);

function isDefault(key: string, value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (meaningful.has(key)) return false;
	if (value === 0 || value === false || value === '') return true;
	if (typeof value === 'object') return Object.keys(value).length === 0;
	return defaultWords.has(`${key} ${String(value)}`);
}
