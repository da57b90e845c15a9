/** What of a spec an engine would keep: a setting that it leaves out can't be what a deployment is about. Pure. */
import type {ServiceSpec} from '../../wire/service.ts';
import {droppedBy} from '../edit/newer-fields.ts';

/** The spec as an engine of that API version comes to have it. */
export function asKeptBy(apiVersion: string, spec: ServiceSpec): ServiceSpec {
	const dropped = droppedBy(apiVersion, spec).map(({setting}) => setting.split('.'));
	return dropped.reduce((kept, path) => withoutSetting(kept, path), spec);
}

/** Settings are named from the part where a person looks for them. */
function withoutSetting(spec: ServiceSpec, path: readonly string[]): ServiceSpec {
	const {ContainerSpec: container, ...template} = spec.TaskTemplate;
	const {TaskTemplate: _, ...rest} = spec;
	return {
		...without(rest, path),
		TaskTemplate: {...without(template, path), ...(container && {ContainerSpec: without(container, path)})},
	};
}

function without<T>(value: T, [key, ...rest]: readonly string[]): T {
	if (Array.isArray(value)) return value.map((each) => without(each, [key ?? '', ...rest])) as T;
	if (typeof value !== 'object' || value === null || key === undefined || !(key in value)) return value;
	const entries = Object.entries(value).flatMap(([name, each]) =>
		name !== key ? [[name, each]] : rest.length === 0 ? [] : [[name, without(each, rest)]],
	);
	return Object.fromEntries(entries) as T;
}
