/** One service of a stack as its file says it: the other way round from compose/convert. */
import type {ServiceSpec} from '../../wire/service.ts';
import type {ConfigReference, ContainerSpec, Healthcheck, Mount, SecretReference, TaskSpec} from '../../wire/task.ts';
import {familiarImage} from '../convert/image.ts';
import {imageLabel} from '../convert/names.ts';
import {exportDeploy} from './deploy.ts';
import {type Names, withoutStack} from './names.ts';
import {durationText, filledOnly, type Value} from './values.ts';

type Fields = {readonly [key: string]: Value | undefined};

export function exportService(spec: ServiceSpec, stack: string, names: Names): Value {
	const name = keyOf(spec, stack);
	const {ContainerSpec: container = {}, LogDriver: log} = spec.TaskTemplate;
	const fields: Fields = {
		image: imageOf(spec),
		...exportContainer(container, names),
		logging: log && filledOnly({driver: log.Name || undefined, options: log.Options}),
		networks: exportNetworks(spec.TaskTemplate, name, names),
		ports: (spec.EndpointSpec?.Ports ?? []).map(
			({TargetPort: target, PublishedPort: published, Protocol: protocol, PublishMode: mode}) =>
				filledOnly({target, published: published || undefined, protocol, mode}) ?? {},
		),
		deploy: exportDeploy(spec),
	};
	return filledOnly(fields) ?? {};
}

/** Its name without the stack's. */
export const keyOf = ({Name}: ServiceSpec, stack: string): string => Name.slice(stack.length + 1);

/** As the file had it, while that is still the tag that runs: the digest is the registry's to tell. */
function imageOf({Labels: labels, TaskTemplate: {ContainerSpec: container}}: ServiceSpec): string {
	const runs = container?.Image ?? '';
	const written = labels?.[imageLabel] ?? '';
	const meant = familiarImage(written);
	return meant.ok && (meant.value === runs || runs.startsWith(`${meant.value}@`)) ? written : runs;
}

function exportContainer(container: ContainerSpec, names: Names): Fields {
	const {Privileges: privileges, DNSConfig: dns, StopGracePeriod: grace, Healthcheck: health} = container;
	return {
		entrypoint: container.Command,
		command: container.Args,
		hostname: container.Hostname,
		environment: container.Env,
		labels: withoutStack(container.Labels),
		working_dir: container.Dir,
		user: container.User,
		init: container.Init ?? undefined,
		stop_signal: container.StopSignal,
		stop_grace_period: grace === undefined ? undefined : durationText(grace),
		tty: container.TTY || undefined,
		stdin_open: container.OpenStdin || undefined,
		read_only: container.ReadOnly || undefined,
		isolation: container.Isolation && container.Isolation !== 'default' ? container.Isolation : undefined,
		healthcheck: health && exportHealth(health),
		extra_hosts: eachOnce(container.Hosts?.map(turned)),
		dns: eachOnce(dns?.Nameservers),
		dns_search: eachOnce(dns?.Search),
		cap_add: container.CapabilityAdd,
		cap_drop: container.CapabilityDrop,
		sysctls: container.Sysctls,
		ulimits: Object.fromEntries(
			(container.Ulimits ?? []).map(({Name, Soft, Hard}) => [Name, {soft: Soft, hard: Hard}]),
		),
		credential_spec: exportCredentials(privileges, container.Configs ?? [], names),
		volumes: container.Mounts?.map((mount) => exportMount(mount, names)),
		secrets: container.Secrets?.map((each) => exportReference('secrets', each.SecretName, each.File, names)),
		configs: container.Configs?.filter(({File}) => File).map((each) =>
			exportReference('configs', each.ConfigName, each.File, names),
		),
	};
}

/** A file may name it once only. */
const eachOnce = (list: readonly string[] | undefined): string[] | undefined => list && [...new Set(list)];

/** `address host` of /etc/hosts as `host:address`. */
function turned(entry: string): string {
	const at = entry.search(/\s/);
	return at === -1 ? entry : `${entry.slice(at).trim()}:${entry.slice(0, at)}`;
}

function exportHealth({
	Test: test,
	Interval,
	Timeout,
	StartPeriod,
	StartInterval,
	Retries,
}: Healthcheck): Value | undefined {
	if (test?.[0] === 'NONE') return {disable: true};
	const time = (nanos: number | undefined) => (nanos ? durationText(nanos) : undefined);
	return filledOnly({
		test,
		interval: time(Interval),
		timeout: time(Timeout),
		start_period: time(StartPeriod),
		start_interval: time(StartInterval),
		retries: Retries || undefined,
	});
}

function exportCredentials(
	privileges: ContainerSpec['Privileges'],
	configs: readonly ConfigReference[],
	names: Names,
): Value | undefined {
	const spec = privileges?.['CredentialSpec'] as {Config?: string; File?: string; Registry?: string} | null | undefined;
	if (!spec) return undefined;
	if (!spec.Config) return filledOnly({file: spec.File || undefined, registry: spec.Registry || undefined});
	const config = configs.find(({ConfigID, ConfigName}) => ConfigID === spec.Config || ConfigName === spec.Config);
	return {config: names.store('configs', config?.ConfigName ?? spec.Config)};
}

function exportReference(
	section: 'secrets' | 'configs',
	name: string,
	file: SecretReference['File'],
	names: Names,
): Value {
	const source = names.store(section, name);
	const {Name: target, UID: uid, GID: gid, Mode: mode} = file ?? {};
	return (
		filledOnly({
			source,
			target,
			uid: uid === '0' ? undefined : uid,
			gid: gid === '0' ? undefined : gid,
			mode: mode === 0o444 ? undefined : mode,
		}) ?? {}
	);
}

function exportMount(mount: Mount, names: Names): Value {
	const {Type: type = '', Source: source, Target: target, BindOptions: bind, VolumeOptions: options} = mount;
	const isNamed = (type === 'volume' || type === '') && source !== undefined && source !== '';
	const size = mount.TmpfsOptions?.SizeBytes;
	const clusterSource = type === 'cluster' && source && !source.startsWith('group:') ? names.volume(mount) : source;
	return (
		filledOnly({
			type,
			source: isNamed ? names.volume(mount) : clusterSource,
			target,
			read_only: mount.ReadOnly || undefined,
			consistency: mount.Consistency && mount.Consistency !== 'default' ? mount.Consistency : undefined,
			bind: bind?.Propagation ? {propagation: bind.Propagation} : undefined,
			volume: filledOnly({nocopy: options?.NoCopy || undefined, subpath: options?.Subpath || undefined}),
			tmpfs: size ? {size} : undefined,
		}) ?? {}
	);
}

/** Its own name on each network comes by itself; only the stack's own network needs no word. */
function exportNetworks({Networks: attached = []}: TaskSpec, service: string, names: Names): Value | undefined {
	const networks = attached.map(
		({Target: target = '', Aliases: aliases = [], DriverOpts: options}): [string, Value] => {
			const last = aliases.lastIndexOf(service);
			const others = aliases.filter((_, index) => index !== last);
			return [names.network(target), filledOnly({aliases: others, driver_opts: options}) ?? null];
		},
	);
	const [only] = networks;
	return networks.length === 1 && only?.[0] === 'default' && only[1] === null
		? undefined
		: Object.fromEntries(networks);
}
