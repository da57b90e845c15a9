/** A service's spec without the differences that mean nothing: what two specs have in common is compared on this. */
import {keyOf, withoutNulls} from '../edit/changes.ts';

const container = 'TaskTemplate.ContainerSpec';

/** Where 0, false or an empty object is a setting of its own, other than none. */
const meaningful: ReadonlySet<string> = new Set([
	'Mode.Replicated',
	'Mode.Replicated.Replicas',
	'Mode.Global',
	'Mode.ReplicatedJob',
	'Mode.ReplicatedJob.MaxConcurrent',
	'Mode.ReplicatedJob.TotalCompletions',
	'Mode.GlobalJob',
	'UpdateConfig',
	'RollbackConfig',
	`${container}.Init`,
	`${container}.StopGracePeriod`,
	`${container}.Configs.Runtime`,
	'TaskTemplate.RestartPolicy.Delay',
	'TaskTemplate.RestartPolicy.MaxAttempts',
	'TaskTemplate.RestartPolicy.Window',
]);

/** Lists whose order nobody reads. */
const sets: ReadonlySet<string> = new Set([
	'EndpointSpec.Ports',
	'TaskTemplate.Networks',
	'TaskTemplate.Placement.Constraints',
	'TaskTemplate.Resources.Reservations.GenericResources',
	`${container}.Env`,
	`${container}.Groups`,
	`${container}.Mounts`,
	`${container}.Secrets`,
	`${container}.Configs`,
	`${container}.Ulimits`,
	`${container}.CapabilityAdd`,
	`${container}.CapabilityDrop`,
]);

/** What the engine takes a setting for that is not given. */
const defaults: Readonly<Record<string, unknown>> = {
	'EndpointSpec.Mode': 'vip',
	'EndpointSpec.Ports.Protocol': 'tcp',
	'EndpointSpec.Ports.PublishMode': 'ingress',
	'TaskTemplate.Runtime': 'container',
	[`${container}.Isolation`]: 'default',
};

export function plainSpec(value: unknown, path = ''): unknown {
	if (value === undefined || value === null || value === defaults[path]) return undefined;
	if (Array.isArray(value)) return plainList(value, path);
	if (typeof value === 'object') return plainFields(value, path);
	return meaningful.has(path) || (value !== 0 && value !== false && value !== '') ? value : undefined;
}

function plainList(list: readonly unknown[], path: string): unknown {
	if (list.length === 0) return undefined;
	const entries = list.map((entry) => (typeof entry === 'object' ? (plainSpec(entry, path) ?? {}) : entry));
	return sets.has(path) ? entries.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) : entries;
}

function plainFields(fields: object, path: string): unknown {
	const isMap = /(?:^|\.)(?:Labels|Options|Sysctls|DriverOpts)$/.test(path);
	const entries = Object.entries(fields).flatMap(([key, member]) => {
		const kept = isMap ? withoutNulls(member) : plainSpec(member, path === '' ? key : `${path}.${key}`);
		return kept === undefined ? [] : [[key, kept] as const];
	});
	return entries.length === 0 && !meaningful.has(path) ? undefined : Object.fromEntries(entries);
}
