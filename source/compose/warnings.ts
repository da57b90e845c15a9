import {isYamlMap, type YamlMap} from '../documents/stack-yaml/values.ts';
import type {Service, StackConfig} from './model.ts';
import {mapAt, Refusal} from './refusal.ts';

/** Options that `docker stack deploy` names and goes on without, and those that it refuses, in its words. */

const unsupported = [
	'build',
	'cgroupns_mode',
	'cgroup_parent',
	'devices',
	'domainname',
	'external_links',
	'ipc',
	'links',
	'mac_address',
	'network_mode',
	'pid',
	'privileged',
	'restart',
	'security_opt',
	'shm_size',
	'userns_mode',
];

const deprecated: Readonly<Record<string, string>> = {
	container_name: 'Setting the container name is not supported.',
	expose:
		"Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
};

const inDeploy = 'it is not taken here: set resource limits below deploy.resources';

const forbidden: Readonly<Record<string, string>> = {
	extends: 'docker stack deploy does not follow extends: write the service out, or use a YAML anchor',
	volume_driver: 'it is not taken here: name the driver of the volume below the top-level volumes',
	volumes_from: 'it is not taken here: name a top-level volume in each service that shares it',
	cpu_quota: inDeploy,
	cpu_shares: inDeploy,
	cpuset: inDeploy,
	mem_limit: inDeploy,
	memswap_limit: inDeploy,
};

const servicesOf = (file: YamlMap): (readonly [string, YamlMap])[] =>
	[...mapAt(file, 'services')].flatMap(([name, service]) => (isYamlMap(service) ? [[name, service] as const] : []));

/** What of the files' options does nothing on a swarm. */
export function ignoredOptions(files: readonly YamlMap[]): string[] {
	const used = new Set(files.flatMap(servicesOf).flatMap(([, service]) => [...service.keys()]));
	const ignored = unsupported.filter((option) => used.has(option)).toSorted();
	const old = Object.entries(deprecated).filter(([option]) => used.has(option));
	const descriptions = old.map(([option, description]) => `${option}: ${description}`);
	return [
		...(ignored.length > 0 ? [`Ignoring unsupported options: ${ignored.join(', ')}`] : []),
		...(old.length > 0 ? [`Ignoring deprecated options: ${descriptions.join(' ')}`] : []),
	];
}

/** Refuses what docker refuses before it looks at anything else. */
export function refuseForbidden(file: YamlMap): void {
	for (const [name, service] of servicesOf(file)) {
		const option = Object.keys(forbidden).find((each) => service.has(each));
		if (option !== undefined) throw new Refusal(['services', name, option], forbidden[option] ?? '');
	}
}

/** What docker takes and loses without a word. It is lost here as well: what each deploys is the same to the other. */
export function lostOptions({services}: StackConfig): string[] {
	const names = (has: (service: Service) => boolean) => services.filter(has).map(({name}) => name);
	const lost: readonly (readonly [string, readonly string[]])[] = [
		['oom_score_adj', names((service) => service.oomScoreAdj !== undefined)],
		['tmpfs', names((service) => service.hasTmpfs === true)],
		[
			'ipv4_address and ipv6_address',
			names(({networks = {}}) => Object.values(networks).some((each) => each && each.ipv4 + each.ipv6 !== '')),
		],
	];
	return lost.flatMap(([option, of]) =>
		of.length === 0
			? []
			: [`${option} of ${of.join(', ')} has no effect: docker stack deploy does not send it either.`],
	);
}
