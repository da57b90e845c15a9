import type {EndpointSpec, ServiceMode, ServiceSpec, UpdateConfig} from '../wire/service.ts';
import type {
	ConfigReference,
	ContainerSpec,
	FileTarget,
	Healthcheck,
	PortConfig,
	ResourceRequirements,
	RestartPolicy,
	SecretReference,
	TaskSpec,
} from '../wire/task.ts';
import {convertMount, type MountContext} from './mounts.ts';
import {parsePorts} from './ports.ts';
import type {ComposeService, ComposeStack, ComposeUpdateConfig, ListOrMap} from './schema.ts';
import {parseBytes, parseCpus, parseDuration} from './units.ts';
import {nonEmpty, present, toList, toMap} from './values.ts';
import {splitWords} from './words.ts';

/**
 * One service of a stack file as the spec that `docker stack deploy` sends (docker/cli cli/compose/convert/service.go).
 * Networks, secrets and configs are named, not identified: whoever deploys puts the IDs in.
 */

type ServiceContext = MountContext & {
	readonly file: ComposeStack;
	/** The full name of a network of the file. */
	readonly networkName: (key: string) => string;
	readonly storeName: (kind: 'secrets' | 'configs', key: string) => string;
};

/** Says what is wrong with the service; the path is relative to it. */
export type Report = (path: readonly (string | number)[], message: string) => void;

export const namespaceLabel = 'com.docker.stack.namespace';
const imageLabel = 'com.docker.stack.image';

export function convertService(
	key: string,
	service: ComposeService,
	context: ServiceContext,
	report: Report,
): ServiceSpec {
	const deploy = service.deploy ?? {};
	const image = service.image ?? '';
	if (image === '') report(['image'], `service ${key} names no image`);
	const template: TaskSpec = {
		ContainerSpec: convertContainer(service, context, report),
		...present('LogDriver', convertLogging(service)),
		Resources: convertResources(deploy, report),
		...present('RestartPolicy', convertRestart(service, report)),
		Placement: {
			...present('Constraints', deploy.placement?.constraints),
			...present(
				'Preferences',
				deploy.placement?.preferences?.map(({spread}) => ({Spread: {SpreadDescriptor: spread}})),
			),
			...present('MaxReplicas', deploy.placement?.max_replicas_per_node || undefined),
		},
		Networks: convertNetworks(key, service, context, report),
		ForceUpdate: 0,
	};
	return {
		Name: `${context.stack}_${key}`,
		Labels: {...toMap(deploy.labels), [imageLabel]: image, ...context.labels},
		TaskTemplate: template,
		Mode: convertMode(deploy, report),
		...present('UpdateConfig', convertUpdate(deploy.update_config, ['deploy', 'update_config'], report)),
		...present('RollbackConfig', convertUpdate(deploy.rollback_config, ['deploy', 'rollback_config'], report)),
		EndpointSpec: convertEndpoint(service, report),
	};
}

function convertContainer(service: ComposeService, context: ServiceContext, report: Report): ContainerSpec {
	const mounts = [
		...(service.volumes ?? []).map((volume, i) => ({result: convertMount(volume, context), path: ['volumes', i]})),
	].flatMap(({result, path}) => {
		if (result.ok) return [result.value];
		report(path, result.error);
		return [];
	});
	return {
		Image: normaliseImage(service.image ?? ''),
		Labels: {...toMap(service.labels), ...context.labels},
		...present('Command', convertCommand(service.entrypoint, 'entrypoint', report)),
		...present('Args', convertCommand(service.command, 'command', report)),
		...present('Hostname', service.hostname),
		...present('Env', nonEmpty(convertEnvironment(service.environment))),
		...present('Dir', service.working_dir),
		...present('User', service.user),
		...present('Groups', service.group_add),
		Privileges: {},
		...present('Init', service.init),
		...present('StopSignal', service.stop_signal),
		...present('TTY', service.tty || undefined),
		...present('OpenStdin', service.stdin_open || undefined),
		...present('ReadOnly', service.read_only || undefined),
		...present('Mounts', nonEmpty(mounts)),
		...present('StopGracePeriod', time(service.stop_grace_period, ['stop_grace_period'], report)),
		...present('Healthcheck', convertHealthcheck(service, report)),
		...present('Hosts', nonEmpty(convertHosts(service.extra_hosts))),
		...present('DNSConfig', convertDns(service)),
		...present('Secrets', nonEmpty(convertSecrets(service, context, report))),
		...present('Configs', nonEmpty(convertConfigs(service, context, report))),
		...present('Isolation', service.isolation),
		...present('Sysctls', service.sysctls && toMap(service.sysctls)),
		...present('CapabilityAdd', service.cap_add?.map(capability)),
		...present('CapabilityDrop', service.cap_drop?.map(capability)),
		...present('Ulimits', service.ulimits && convertUlimits(service.ulimits)),
	} satisfies ContainerSpec & {Image: string};
}

/** `docker stack` sends full references: a name without a tag means `latest`. */
function normaliseImage(image: string): string {
	if (image === '' || image.includes('@')) return image;
	return /:[^/]+$/.test(image) ? image : `${image}:latest`;
}

function convertEnvironment(environment: ListOrMap | undefined): string[] {
	if (environment === undefined) return [];
	if (Array.isArray(environment)) return [...environment].sort();
	return Object.entries(environment)
		.map(([name, value]) => (value === null ? name : `${name}=${value}`))
		.sort();
}

function convertCommand(command: ComposeService['command'], key: string, report: Report): string[] | undefined {
	if (command === undefined || command === null) return undefined;
	if (typeof command !== 'string') return command;
	const words = splitWords(command);
	if (!words) report([key], 'a quote is not closed');
	return words;
}

function time(text: string | undefined, path: readonly string[], report: Report): number | undefined {
	if (text === undefined) return undefined;
	const ns = parseDuration(text);
	if (ns === undefined) report(path, `"${text}" is no duration: write 10s, 1m30s or 2h`);
	return ns;
}

function convertHealthcheck({healthcheck}: ComposeService, report: Report): Healthcheck | undefined {
	if (!healthcheck) return undefined;
	if (healthcheck.disable) {
		if (healthcheck.test !== undefined) report(['healthcheck', 'test'], 'a healthcheck that is disabled has no test');
		return {Test: ['NONE']};
	}
	const at = (name: string) => ['healthcheck', name];
	const {test} = healthcheck;
	return {
		...present('Test', typeof test === 'string' ? ['CMD-SHELL', test] : test),
		...present('Interval', time(healthcheck.interval, at('interval'), report)),
		...present('Timeout', time(healthcheck.timeout, at('timeout'), report)),
		...present('StartPeriod', time(healthcheck.start_period, at('start_period'), report)),
		...present('StartInterval', time(healthcheck.start_interval, at('start_interval'), report)),
		...present('Retries', healthcheck.retries),
	};
}

/** `name:ip` or `name=ip` as the hosts file has it: `ip name`. */
function convertHosts(hosts: ListOrMap | undefined): string[] {
	if (hosts === undefined) return [];
	if (!Array.isArray(hosts)) return Object.entries(hosts).map(([name, ip]) => `${ip} ${name}`);
	return hosts.map((host) => {
		const at = host.search(/[:=]/);
		return at === -1 ? host : `${host.slice(at + 1)} ${host.slice(0, at)}`;
	});
}

function convertDns({dns, dns_search: search}: ComposeService): ContainerSpec['DNSConfig'] {
	if (dns === undefined && search === undefined) return undefined;
	return {...present('Nameservers', nonEmpty(toList(dns))), ...present('Search', nonEmpty(toList(search)))};
}

/** `net_admin` and `CAP_NET_ADMIN` are the same; `ALL` stays. */
function capability(name: string): string {
	const upper = name.toUpperCase();
	return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}

function convertUlimits(ulimits: NonNullable<ComposeService['ulimits']>): ContainerSpec['Ulimits'] & object {
	return Object.entries(ulimits)
		.map(([Name, limit]) =>
			typeof limit === 'number' ? {Name, Soft: limit, Hard: limit} : {Name, Soft: limit.soft, Hard: limit.hard},
		)
		.sort((a, b) => (a.Name < b.Name ? -1 : 1));
}

type FileReference = NonNullable<ComposeService['secrets']>[number];

function fileTarget(reference: FileReference, defaultName: string): FileTarget {
	const long = typeof reference === 'string' ? undefined : reference;
	const mode = typeof long?.mode === 'string' ? Number.parseInt(long.mode, 8) : long?.mode;
	return {Name: long?.target ?? defaultName, UID: long?.uid ?? '0', GID: long?.gid ?? '0', Mode: mode ?? 0o444};
}

function convertSecrets(service: ComposeService, context: ServiceContext, report: Report): SecretReference[] {
	return (service.secrets ?? []).flatMap((reference, i) => {
		const key = typeof reference === 'string' ? reference : reference.source;
		if (!Object.hasOwn(context.file.secrets, key)) {
			report(['secrets', i], `undefined secret "${key}"`);
			return [];
		}
		return [{File: fileTarget(reference, key), SecretID: '', SecretName: context.storeName('secrets', key)}];
	});
}

function convertConfigs(service: ComposeService, context: ServiceContext, report: Report): ConfigReference[] {
	return (service.configs ?? []).flatMap((reference, i) => {
		const key = typeof reference === 'string' ? reference : reference.source;
		if (!Object.hasOwn(context.file.configs, key)) {
			report(['configs', i], `undefined config "${key}"`);
			return [];
		}
		return [{File: fileTarget(reference, key), ConfigID: '', ConfigName: context.storeName('configs', key)}];
	});
}

/** Every service answers to its own key on each of its networks; one that names none is on the stack's default. */
function convertNetworks(key: string, service: ComposeService, context: ServiceContext, report: Report) {
	const named = service.networks;
	const entries: [string, {aliases?: string[] | undefined; driver_opts?: Record<string, string> | undefined} | null][] =
		named === undefined ? [] : Array.isArray(named) ? named.map((name) => [name, null]) : Object.entries(named);
	const wanted: typeof entries = entries.length > 0 ? entries : [['default', null]];
	return wanted
		.flatMap(([name, options]) => {
			if (name !== 'default' && !Object.hasOwn(context.file.networks, name)) {
				report(['networks'], `undefined network "${name}"`);
				return [];
			}
			return [
				{
					Target: context.networkName(name),
					Aliases: [...(options?.aliases ?? []), key],
					...present('DriverOpts', options?.driver_opts),
				},
			];
		})
		.sort((a, b) => (a.Target < b.Target ? -1 : 1));
}

function convertLogging({logging}: ComposeService): TaskSpec['LogDriver'] {
	return logging && {...present('Name', logging.driver), ...present('Options', logging.options)};
}

type Deploy = NonNullable<ComposeService['deploy']>;

function convertResources({resources}: Deploy, report: Report): ResourceRequirements {
	if (!resources) return {};
	const amounts = (kind: 'limits' | 'reservations') => {
		const wanted = resources[kind];
		if (!wanted) return undefined;
		const cpus = wanted.cpus === undefined ? undefined : parseCpus(wanted.cpus);
		const memory = wanted.memory === undefined ? undefined : parseBytes(wanted.memory);
		const at = (name: string) => ['deploy', 'resources', kind, name];
		if (wanted.cpus !== undefined && cpus === undefined) report(at('cpus'), `"${wanted.cpus}" is no number of CPUs`);
		if (wanted.memory !== undefined && memory === undefined)
			report(at('memory'), `"${wanted.memory}" is no size: write 64M or 1g`);
		return {...present('NanoCPUs', cpus), ...present('MemoryBytes', memory)};
	};
	const limits = amounts('limits');
	const reservations = amounts('reservations');
	const generic = resources.reservations?.generic_resources?.map(({discrete_resource_spec: {kind, value}}) => ({
		DiscreteResourceSpec: {Kind: kind, Value: value},
	}));
	return {
		...present('Limits', limits && {...limits, ...present('Pids', resources.limits?.pids)}),
		...present('Reservations', reservations && {...reservations, ...present('GenericResources', generic)}),
	};
}

/** `deploy.restart_policy`, else compose's own `restart` as far as a swarm knows it. */
function convertRestart(service: ComposeService, report: Report): RestartPolicy | undefined {
	const policy = service.deploy?.restart_policy;
	if (policy) {
		const at = (name: string) => ['deploy', 'restart_policy', name];
		return {
			...present('Condition', policy.condition),
			...present('Delay', time(policy.delay, at('delay'), report)),
			...present('MaxAttempts', policy.max_attempts),
			...present('Window', time(policy.window, at('window'), report)),
		};
	}
	const [word = '', attempts] = (service.restart ?? 'no').split(':');
	switch (word) {
		case 'no':
		case '':
			return undefined;
		case 'always':
		case 'unless-stopped':
			return {Condition: 'any'};
		case 'on-failure':
			return {
				Condition: 'on-failure',
				...present('MaxAttempts', attempts === undefined ? undefined : Number(attempts)),
			};
		default:
			report(['restart'], `"${service.restart}" is no restart policy: no, always, unless-stopped or on-failure[:N]`);
			return undefined;
	}
}

function convertMode({mode, replicas}: Deploy, report: Report): ServiceMode {
	const count = replicas ?? 1;
	switch (mode ?? 'replicated') {
		case 'replicated':
			return {Replicated: {Replicas: count}};
		case 'replicated-job':
			return {ReplicatedJob: {MaxConcurrent: count, TotalCompletions: count}};
		case 'global':
		case 'global-job':
			if (replicas !== undefined) {
				report(['deploy', 'replicas'], 'replicas can only be used with replicated or replicated-job mode');
			}
			return mode === 'global' ? {Global: {}} : {GlobalJob: {}};
		default:
			report(['deploy', 'mode'], `unknown mode: ${mode}`);
			return {};
	}
}

function convertUpdate(
	config: ComposeUpdateConfig | undefined,
	path: readonly string[],
	report: Report,
): UpdateConfig | undefined {
	if (!config) return undefined;
	return {
		Parallelism: config.parallelism ?? 1,
		...present('Delay', time(config.delay, [...path, 'delay'], report)),
		...present('FailureAction', config.failure_action),
		...present('Monitor', time(config.monitor, [...path, 'monitor'], report)),
		MaxFailureRatio: config.max_failure_ratio ?? 0,
		Order: config.order ?? 'stop-first',
	};
}

function convertEndpoint(service: ComposeService, report: Report): EndpointSpec {
	const ports = (service.ports ?? []).flatMap((port, i): PortConfig[] => {
		if (typeof port === 'object') {
			const published = port.published === undefined ? undefined : Number(port.published);
			return [
				{
					...present('Name', port.name),
					Protocol: port.protocol ?? 'tcp',
					TargetPort: port.target,
					...present('PublishedPort', published),
					PublishMode: port.mode ?? 'ingress',
				},
			];
		}
		const parsed = parsePorts(String(port));
		if (parsed.ok) return parsed.value;
		report(['ports', i], parsed.error);
		return [];
	});
	return {
		...present('Mode', service.deploy?.endpoint_mode),
		...present('Ports', nonEmpty(ports.sort((a, b) => (a.PublishedPort ?? 0) - (b.PublishedPort ?? 0)))),
	};
}
