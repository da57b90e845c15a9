import {z} from 'zod';

/** What a stack file may say: compose file format 3 as `docker stack deploy` reads it (docker/cli cli/compose/schema). */

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const nullableText = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const listOrMap = z.union([z.array(z.string()), z.record(z.string(), nullableText)]);
const stringOrList = z.union([z.string(), z.array(z.string())]);
const command = z.union([z.string(), z.array(z.string())]).nullable();
const duration = z.string();
const size = z.union([z.string(), z.number()]);

const fileReference = z.union([
	z.string(),
	z.strictObject({
		source: z.string(),
		target: z.string().optional(),
		uid: z.string().optional(),
		gid: z.string().optional(),
		mode: z.union([z.number(), z.string()]).optional(),
	}),
]);

const updateConfig = z.strictObject({
	parallelism: z.number().int().min(0).optional(),
	delay: duration.optional(),
	failure_action: z.enum(['continue', 'pause', 'rollback']).optional(),
	monitor: duration.optional(),
	max_failure_ratio: z.number().optional(),
	order: z.enum(['stop-first', 'start-first']).optional(),
});

const resource = z.strictObject({
	cpus: size.optional(),
	memory: size.optional(),
	pids: z.number().int().optional(),
	generic_resources: z
		.array(z.strictObject({discrete_resource_spec: z.strictObject({kind: z.string(), value: z.number()})}))
		.optional(),
});

const deploy = z.strictObject({
	mode: z.string().optional(),
	endpoint_mode: z.enum(['vip', 'dnsrr']).optional(),
	replicas: z.number().int().min(0).optional(),
	labels: listOrMap.optional(),
	update_config: updateConfig.optional(),
	rollback_config: updateConfig.optional(),
	resources: z.strictObject({limits: resource.optional(), reservations: resource.optional()}).optional(),
	restart_policy: z
		.strictObject({
			condition: z.enum(['none', 'on-failure', 'any']).optional(),
			delay: duration.optional(),
			max_attempts: z.number().int().min(0).optional(),
			window: duration.optional(),
		})
		.optional(),
	placement: z
		.strictObject({
			constraints: z.array(z.string()).optional(),
			preferences: z.array(z.strictObject({spread: z.string()})).optional(),
			max_replicas_per_node: z.number().int().min(0).optional(),
		})
		.optional(),
});

const healthcheck = z.strictObject({
	test: stringOrList.optional(),
	interval: duration.optional(),
	timeout: duration.optional(),
	retries: z.number().int().min(0).optional(),
	start_period: duration.optional(),
	start_interval: duration.optional(),
	disable: z.boolean().optional(),
});

const longPort = z.strictObject({
	name: z.string().optional(),
	mode: z.enum(['ingress', 'host']).optional(),
	target: z.number().int().min(1).max(65535),
	published: z.union([z.number().int(), z.string()]).optional(),
	protocol: z.enum(['tcp', 'udp', 'sctp']).optional(),
});

const longVolume = z.strictObject({
	type: z.enum(['volume', 'bind', 'tmpfs', 'npipe', 'cluster']),
	source: z.string().optional(),
	target: z.string().optional(),
	read_only: z.boolean().optional(),
	consistency: z.string().optional(),
	bind: z.strictObject({propagation: z.string().optional()}).optional(),
	volume: z.strictObject({nocopy: z.boolean().optional(), subpath: z.string().optional()}).optional(),
	tmpfs: z.strictObject({size: size.optional()}).optional(),
});

const serviceNetworks = z.union([
	z.array(z.string()),
	z.record(
		z.string(),
		z
			.strictObject({
				aliases: z.array(z.string()).optional(),
				driver_opts: z.record(z.string(), text).optional(),
				ipv4_address: z.string().optional(),
				ipv6_address: z.string().optional(),
			})
			.nullable(),
	),
]);

/** Options of `docker compose` that a swarm has no use for: `stack deploy` names them and goes on. */
export const unsupportedOptions = [
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
	'security_opt',
	'shm_size',
	'tmpfs',
	'userns_mode',
] as const;

/** Options that came from older formats and do nothing: named, too. */
export const deprecatedOptions = ['container_name', 'expose'] as const;

const ignored = Object.fromEntries(
	[...unsupportedOptions, ...deprecatedOptions].map((option) => [option, z.unknown().optional()]),
);

const serviceSchema = z.strictObject({
	...ignored,
	image: z.string().optional(),
	command: command.optional(),
	entrypoint: command.optional(),
	environment: listOrMap.optional(),
	labels: listOrMap.optional(),
	deploy: deploy.nullable().optional(),
	depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
	ports: z.array(z.union([z.string(), z.number(), longPort])).optional(),
	networks: serviceNetworks.optional(),
	volumes: z.array(z.union([z.string(), longVolume])).optional(),
	secrets: z.array(fileReference).optional(),
	configs: z.array(fileReference).optional(),
	healthcheck: healthcheck.optional(),
	logging: z.strictObject({driver: z.string().optional(), options: z.record(z.string(), text).optional()}).optional(),
	restart: z.string().optional(),
	stop_grace_period: duration.optional(),
	stop_signal: z.string().optional(),
	tty: z.boolean().optional(),
	stdin_open: z.boolean().optional(),
	user: text.optional(),
	working_dir: z.string().optional(),
	hostname: z.string().optional(),
	extra_hosts: listOrMap.optional(),
	dns: stringOrList.optional(),
	dns_search: stringOrList.optional(),
	init: z.boolean().optional(),
	isolation: z.string().optional(),
	cap_add: z.array(z.string()).optional(),
	cap_drop: z.array(z.string()).optional(),
	sysctls: listOrMap.optional(),
	ulimits: z.record(z.string(), z.union([z.number(), z.strictObject({soft: z.number(), hard: z.number()})])).optional(),
	read_only: z.boolean().optional(),
	group_add: z.array(text).optional(),
});

const external = z.union([z.boolean(), z.strictObject({name: z.string().optional()})]);

const networkSchema = z.strictObject({
	name: z.string().optional(),
	external: external.optional(),
	driver: z.string().optional(),
	driver_opts: z.record(z.string(), text).optional(),
	internal: z.boolean().optional(),
	attachable: z.boolean().optional(),
	labels: listOrMap.optional(),
	ipam: z
		.strictObject({
			driver: z.string().optional(),
			config: z.array(z.strictObject({subnet: z.string().optional(), gateway: z.string().optional()})).optional(),
		})
		.optional(),
});

/** A secret or config: from a file, an environment variable's value, or there already. */
const storeSchema = z.strictObject({
	name: z.string().optional(),
	external: external.optional(),
	file: z.string().optional(),
	content: z.string().optional(),
	labels: listOrMap.optional(),
	driver: z.string().optional(),
	driver_opts: z.record(z.string(), text).optional(),
	template_driver: z.string().optional(),
});

const volumeSchema = z.strictObject({
	name: z.string().optional(),
	external: external.optional(),
	driver: z.string().optional(),
	driver_opts: z.record(z.string(), text).optional(),
	labels: listOrMap.optional(),
});

export const stackSchema = z.looseObject({
	version: z.union([z.string(), z.number()]).optional(),
	name: z.string().optional(),
	services: z.record(z.string(), serviceSchema).default({}),
	networks: z.record(z.string(), networkSchema.nullable()).default({}),
	volumes: z.record(z.string(), volumeSchema.nullable()).default({}),
	secrets: z.record(z.string(), storeSchema).default({}),
	configs: z.record(z.string(), storeSchema).default({}),
});

export type ComposeService = z.output<typeof serviceSchema>;
export type ComposeStack = z.output<typeof stackSchema>;
export type ComposeUpdateConfig = z.output<typeof updateConfig>;
export type ListOrMap = z.output<typeof listOrMap>;
