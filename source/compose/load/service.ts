import {isYamlList, isYamlMap, printed, type YamlMap} from '../../documents/stack-yaml/values.ts';
import type {FileReference, HealthSettings, Logging, Service, ServiceNetwork, ServicePort, Ulimit} from '../model.ts';
import {Refusal} from '../refusal.ts';
import {absolute, contentOf, type LoadContext} from './context.ts';
import {present, Section, wholeNumber} from './decode.ts';
import {loadDeploy} from './deploy.ts';
import {type EnvVariable, parseEnvFile} from './env-file.ts';
import {loadMounts} from './mounts.ts';
import {parsePorts} from './ports.ts';
import {splitWords} from './words.ts';

/** One service of a checked stack file. */
export function loadService(name: string, map: YamlMap, context: LoadContext): Service {
	const service = new Section(map, ['services', name]);
	// A size of shared memory does nothing on a swarm, but docker refuses one that is a number.
	service.text('shm_size');
	return {
		name,
		...present('image', service.text('image')),
		...present('command', loadCommand(service, 'command')),
		...present('entrypoint', loadCommand(service, 'entrypoint')),
		...present('hostname', service.text('hostname')),
		...present('extraHosts', loadHosts(service)),
		...present('dns', service.texts('dns')),
		...present('dnsSearch', service.texts('dns_search')),
		...present('health', loadHealth(service.section('healthcheck'))),
		environment: loadEnvironment(service, context),
		...present('labels', service.mapping('labels')),
		...present('workingDir', service.text('working_dir')),
		...present('user', service.text('user')),
		...present('volumes', loadMounts(service, context)),
		...present('stopGracePeriod', service.duration('stop_grace_period')),
		...present('stopSignal', service.text('stop_signal')),
		...present('isTty', service.bool('tty')),
		...present('isStdinOpen', service.bool('stdin_open')),
		...present('isReadOnly', service.bool('read_only')),
		...present('secrets', loadReferences(service, 'secrets')),
		...present('configs', loadReferences(service, 'configs')),
		...present('credentialSpec', loadCredentialSpec(service.section('credential_spec'))),
		...present('isolation', service.text('isolation')),
		...present('init', service.bool('init')),
		...present('sysctls', service.mapping('sysctls')),
		...present('capAdd', service.texts('cap_add')),
		...present('capDrop', service.texts('cap_drop')),
		...present('ulimits', loadUlimits(service)),
		...present('oomScoreAdj', service.integer('oom_score_adj')),
		...present('hasTmpfs', service.has('tmpfs') || undefined),
		...present('logging', loadLogging(service.section('logging'))),
		...present('networks', loadNetworks(service)),
		...present('ports', loadPorts(service, context)),
		...present('restart', service.text('restart')),
		deploy: loadDeploy(service.section('deploy')),
	};
}

function loadCommand(service: Section, key: string): readonly string[] | undefined {
	const value = service.map.get(key);
	if (typeof value !== 'string') return service.texts(key);
	return splitWords(value) ?? service.refuse(`"${value}" is not closed: a quote or a \\ at its end is open`, key);
}

/**
 * `host:address` or `host=address`: in the file's order from a list, sorted from a mapping, which leaves out a name without an address.
 * An address of version 6 may stand in brackets.
 */
function loadHosts(service: Section): readonly string[] | undefined {
	const value = service.map.get('extra_hosts');
	if (!isYamlMap(value)) return service.texts('extra_hosts')?.map(hostOf);
	return [...value]
		.filter(([, address]) => address !== null)
		.map(([host, address]) => hostEntry(host, printed(address)))
		.toSorted(byText);
}

/** An entry without an address stays as it is, and is left out later. */
function hostOf(entry: string): string {
	const at = entry.includes('=') ? entry.indexOf('=') : entry.indexOf(':');
	return at === -1 ? entry : hostEntry(entry.slice(0, at), entry.slice(at + 1));
}

const hostEntry = (host: string, address: string): string => `${host}:${address.replace(/^\[(.+)\]$/, '$1')}`;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function loadHealth(health: Section | undefined): HealthSettings | undefined {
	if (!health) return undefined;
	const test = health.map.get('test');
	return {
		...present('test', typeof test === 'string' ? ['CMD-SHELL', test] : health.texts('test')),
		...present('interval', health.duration('interval')),
		...present('timeout', health.duration('timeout')),
		...present('retries', health.count('retries')),
		...present('startPeriod', health.duration('start_period')),
		...present('startInterval', health.duration('start_interval')),
		...present('isDisabled', health.bool('disable')),
	};
}

/**
 * `env_file:` first, in the order of the files, then `environment:`. A name without a value, or with an empty one, takes the
 * shell's where the shell has one.
 */
function loadEnvironment(service: Section, context: LoadContext): Service['environment'] {
	const environment = new Map<string, string | null>();
	const take = (variables: readonly EnvVariable[]) => {
		for (const [name, value] of new Map(variables)) {
			const fromShell = value === null || value === '' ? context.lookup(name) : undefined;
			environment.set(name, fromShell ?? value);
		}
	};
	const fromFiles = (service.texts('env_file') ?? []).flatMap((file) => {
		const at = [...service.path, 'env_file'];
		const variables = parseEnvFile(contentOf(absolute(file, context), at, context), context.lookup);
		if (!variables.ok) throw new Refusal(at, `${file}: ${variables.error}`);
		return variables.value;
	});
	take(fromFiles);
	take(service.pairs('environment') ?? []);
	return Object.fromEntries(environment);
}

function loadReferences(service: Section, key: 'secrets' | 'configs'): readonly FileReference[] | undefined {
	const value = service.map.get(key);
	if (!isYamlList(value)) return undefined;
	return value.map((item, index) => {
		if (typeof item === 'string') return {source: item, target: '', uid: '', gid: ''};
		const entry = new Section(isYamlMap(item) ? item : new Map(), [...service.path, key, index]);
		return {
			source: entry.text('source') ?? '',
			target: entry.text('target') ?? '',
			uid: entry.text('uid') ?? '',
			gid: entry.text('gid') ?? '',
			...present('mode', entry.count32('mode')),
		};
	});
}

function loadCredentialSpec(spec: Section | undefined): Service['credentialSpec'] | undefined {
	return (
		spec && {
			...present('config', spec.text('config') || undefined),
			...present('file', spec.text('file') || undefined),
			...present('registry', spec.text('registry') || undefined),
		}
	);
}

function loadUlimits(service: Section): Readonly<Record<string, Ulimit>> | undefined {
	const limits = service.section('ulimits');
	if (!limits) return undefined;
	return Object.fromEntries(
		[...limits.map].map(([name, value]) => {
			const both = limits.section(name);
			const read = (each: Section, key: string) => exactNumber(each, key);
			if (both) return [name, {soft: read(both, 'soft'), hard: read(both, 'hard')}];
			const single = exactNumber(limits, name);
			return [name, value === null ? {soft: 0, hard: 0} : {soft: single, hard: single}];
		}),
	);
}

/** Of a number that is written as a fraction docker makes no limit, even of 1.0. */
function exactNumber(section: Section, key: string): number {
	const value = section.map.get(key) ?? null;
	if (typeof value === 'number') section.refuse(`must be a whole number, not ${value}`, key);
	return value === null ? 0 : wholeNumber(value, [...section.path, key]);
}

function loadLogging(logging: Section | undefined): Logging | undefined {
	return logging && {driver: logging.text('driver') ?? '', ...present('options', logging.mapping('options'))};
}

function loadNetworks(service: Section): Readonly<Record<string, ServiceNetwork | null>> | undefined {
	const networks = service.section('networks');
	if (!networks) {
		const names = service.texts('networks');
		return names && Object.fromEntries(names.map((name) => [name, null]));
	}
	return Object.fromEntries(
		[...networks.map.keys()].map((name) => {
			const network = networks.section(name);
			if (!network) return [name, null];
			const attachment: ServiceNetwork = {
				aliases: network.texts('aliases') ?? [],
				...present('driverOpts', network.mapping('driver_opts')),
				ipv4: network.text('ipv4_address') ?? '',
				ipv6: network.text('ipv6_address') ?? '',
			};
			return [name, attachment];
		}),
	);
}

function loadPorts(service: Section, context: LoadContext): readonly ServicePort[] | undefined {
	const value = service.map.get('ports');
	if (!isYamlList(value)) return undefined;
	return value.flatMap((item, index) => {
		const path = [...service.path, 'ports', index];
		if (isYamlMap(item)) return [loadLongPort(new Section(item, path))];
		if (typeof item === 'number') throw new Refusal(path, `${item} is no port: put it in quotes`);
		const ports = parsePorts(printed(item), context.warn);
		if (!ports.ok) throw new Refusal(path, ports.error);
		return ports.value;
	});
}

function loadLongPort(entry: Section): ServicePort {
	return {
		...present('mode', entry.text('mode')),
		...present('target', entry.count32('target')),
		...present('published', entry.count32('published')),
		...present('protocol', entry.text('protocol')),
	};
}
