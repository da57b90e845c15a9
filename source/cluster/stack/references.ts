/** What a stack file calls by name and the engine by ID; and whether a service is already as its file describes it. Pure. */
import type {Network} from '../../wire/network.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {Config, Secret} from '../../wire/store.ts';
import type {TaskSpec} from '../../wire/task.ts';
import {changesBetween} from '../edit/changes.ts';

export type References = {
	readonly networks: readonly Pick<Network, 'Id' | 'Name'>[];
	readonly secrets: readonly Pick<Secret, 'ID' | 'Spec'>[];
	readonly configs: readonly Pick<Config, 'ID' | 'Spec'>[];
};

/** The spec with IDs in place of the names that are known; a name that is not stays one. */
export function withIds(spec: ServiceSpec, {networks, secrets, configs}: References): ServiceSpec {
	const networkIds = new Map(networks.map(({Id, Name}) => [Name, Id]));
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
				},
			}),
		},
	};
}

/**
 * The spec of a file laid onto the service as it is: what docker and the engine wrote into it by themselves stays (the
 * image's digest while the image is the same, platforms, the number of restarts), or nothing but that would restart it.
 */
export function laidOnto(present: ServiceSpec, wanted: ServiceSpec): ServiceSpec {
	const [before, after] = [present.TaskTemplate, wanted.TaskTemplate];
	const image = before.ContainerSpec?.Image ?? '';
	const isSameImage = image.split('@')[0] === (after.ContainerSpec?.Image ?? '');
	const {Platforms: platforms} = before.Placement ?? {};
	return {
		...wanted,
		TaskTemplate: {
			...after,
			...(before.Runtime === undefined ? {} : {Runtime: before.Runtime}),
			ForceUpdate: before.ForceUpdate ?? 0,
			...(platforms && isSameImage && {Placement: {...after.Placement, Platforms: platforms}}),
			ContainerSpec: {
				...after.ContainerSpec,
				...(isSameImage && {Image: image}),
				...(before.ContainerSpec?.Isolation === undefined ? {} : {Isolation: before.ContainerSpec.Isolation}),
			},
		},
	};
}

/** Whether bringing the service to that spec would change anything that a file can say. */
export function isAsDescribed(present: ServiceSpec, wanted: ServiceSpec): boolean {
	return changesBetween(withoutDefaults(present), withoutDefaults(laidOnto(present, wanted))).length === 0;
}

/** Without what means the same whether it is written or not: empty lists and objects, and zeros. */
function withoutDefaults(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutDefaults);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).flatMap(([key, each]) => {
		const kept = withoutDefaults(each);
		return isDefault(key, kept) ? [] : [[key, kept] as const];
	});
	return Object.fromEntries(entries);
}

/** docker writes these where a file is silent (docker/cli cli/compose/convert). */
const defaultWords: ReadonlySet<string> = new Set(['Mode vip', 'Isolation default', 'Runtime container']);

function isDefault(key: string, value: unknown): boolean {
	if (value === undefined || value === null || value === 0 || value === false || value === '') return true;
	if (typeof value === 'object') return Object.keys(value).length === 0;
	return defaultWords.has(`${key} ${String(value)}`);
}

/** What the spec names that is not there. */
export function missingReferences(template: TaskSpec, {networks}: Pick<References, 'networks'>): string[] {
	const known = new Set(networks.flatMap(({Id, Name}) => [Id, Name]));
	return (template.Networks ?? []).map(({Target = ''}) => Target).filter((target) => !known.has(target));
}
