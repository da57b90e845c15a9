import type {Shape} from './shape.ts';
import {
	bool,
	choice,
	command,
	duration,
	empty,
	extensible,
	integer,
	list,
	listOrMap,
	mapOf,
	name,
	nullable,
	number,
	oneOf,
	openRecord,
	options,
	port,
	record,
	size,
	text,
	textOrNull,
	textOrNumber,
	textOrTexts,
	texts,
	uniqueList,
} from './shapes.ts';

type Keys = Readonly<Record<string, Shape>>;

/** Some keys came with a later version of the format: 3.MINOR. */
export type Since = (minor: number, keys: Keys) => Keys;

/** What a service may say. */
export function serviceShape(since: Since, isExtensible: boolean): Shape {
	const keys: Keys = {
		deploy: oneOf(deployShape(since), empty),
		build: oneOf(text, buildShape(since)),
		cap_add: texts,
		cap_drop: texts,
		cgroup_parent: text,
		command,
		container_name: text,
		depends_on: texts,
		devices: texts,
		dns: textOrTexts,
		dns_search: textOrTexts,
		domainname: text,
		entrypoint: command,
		env_file: textOrTexts,
		environment: listOrMap,
		expose: uniqueList(textOrNumber),
		external_links: texts,
		extra_hosts: listOrMap,
		healthcheck: healthShape(since),
		hostname: text,
		image: text,
		ipc: text,
		labels: listOrMap,
		links: texts,
		logging: record({driver: text, options: options(nullable)}),
		mac_address: text,
		network_mode: text,
		networks: networksShape(since),
		pid: textOrNull,
		ports: uniqueList(portShape(since)),
		privileged: bool,
		read_only: bool,
		restart: text,
		security_opt: texts,
		shm_size: textOrNumber,
		sysctls: listOrMap,
		stdin_open: bool,
		stop_grace_period: duration,
		stop_signal: text,
		tmpfs: textOrTexts,
		tty: bool,
		ulimits: mapOf(/^[a-z]+$/, oneOf(integer, record({hard: integer, soft: integer}, ['soft', 'hard'])), {
			isOpen: true,
		}),
		user: text,
		userns_mode: text,
		volumes: volumesShape(since),
		working_dir: text,
		...since(1, {secrets: list(oneOf(text, fileReference))}),
		...since(3, {configs: list(oneOf(text, fileReference)), credential_spec: credentialShape(since)}),
		...since(5, {isolation: text}),
		...since(7, {init: bool}),
		...since(9, {cgroupns_mode: text}),
		...since(13, {oom_score_adj: integer}),
	};
	return isExtensible ? extensible(keys) : record(keys);
}

const fileReference = openRecord({source: text, target: text, uid: text, gid: text, mode: number});

const credentialShape = (since: Since): Shape => record({file: text, registry: text, ...since(8, {config: text})});

const buildShape = (since: Since): Shape => {
	const keys: Keys = {
		context: text,
		dockerfile: text,
		args: listOrMap,
		...since(2, {cache_from: texts}),
		...since(3, {labels: listOrMap}),
		...since(4, {network: text, target: text}),
		...since(5, {shm_size: oneOf(integer, text)}),
		...since(9, {extra_hosts: listOrMap}),
	};
	return Object.keys(since(11, {open: text})).length > 0 ? openRecord(keys) : record(keys);
};

const healthShape = (since: Since): Shape =>
	record({
		disable: bool,
		interval: duration,
		retries: number,
		test: command,
		timeout: duration,
		...since(4, {start_period: duration}),
		...since(12, {start_interval: duration}),
	});

const networksShape = (since: Since): Shape => {
	const attachment = record({
		aliases: texts,
		ipv4_address: text,
		ipv6_address: text,
		...since(13, {driver_opts: options(textOrNumber)}),
	});
	return oneOf(texts, mapOf(name, oneOf(attachment, empty)));
};

const portShape = (since: Since): Shape => {
	const long = since(2, {long: record({mode: text, target: integer, published: integer, protocol: text})});
	return oneOf(port, ...Object.values(long));
};

const volumesShape = (since: Since): Shape => {
	const keys: Keys = {
		type: text,
		source: text,
		target: text,
		read_only: bool,
		consistency: text,
		bind: openRecord({propagation: text}),
		volume: openRecord({nocopy: bool}),
		...since(6, {tmpfs: openRecord({size})}),
	};
	const long = since(2, {long: record(keys, ['type'])});
	const forms = Object.values(long);
	return forms.length > 0 ? list(oneOf(text, ...forms)) : texts;
};

const updateShape = (since: Since): Shape =>
	record({
		parallelism: integer,
		delay: duration,
		failure_action: text,
		monitor: duration,
		max_failure_ratio: number,
		...since(4, {order: choice('start-first', 'stop-first')}),
	});

function deployShape(since: Since): Shape {
	const generic = list(record({discrete_resource_spec: record({kind: text, value: number})}));
	return record({
		mode: text,
		replicas: integer,
		labels: listOrMap,
		update_config: updateShape(since),
		resources: record({
			limits: record({cpus: text, memory: text, ...since(9, {pids: integer})}),
			reservations: record({cpus: text, memory: text, ...since(5, {generic_resources: generic})}),
		}),
		restart_policy: record({condition: text, delay: duration, max_attempts: integer, window: duration}),
		placement: record({
			constraints: list(text),
			...since(3, {preferences: list(record({spread: text}))}),
			...since(8, {max_replicas_per_node: integer}),
		}),
		...since(2, {endpoint_mode: text}),
		...since(7, {rollback_config: updateShape(since)}),
	});
}
