/** Service specs of all sorts, for whatever is held against docker's own reading of flags. */
import fc from 'fast-check';
import type {ServiceSpec} from '../../source/wire/service.ts';
import type {ContainerSpec, TaskSpec} from '../../source/wire/task.ts';

/** What the swarm has that specs can name. */
export type Named = {
	readonly networks: readonly {readonly Id: string; readonly Name: string}[];
	readonly secrets: readonly {readonly id: string; readonly name: string}[];
	readonly configs: readonly {readonly id: string; readonly name: string}[];
};

/** Often nothing. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined, freq: 2});
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, {maxLength});
const several = <T>(values: readonly T[]) => fc.subarray([...values]);

/** Texts as people write them, and as nobody should. */
const text = fc.oneof(
	fc.constantFrom(
		'x',
		'a b',
		"it's",
		'say "hi"',
		'$(touch X)',
		'`id`',
		'back\\slash',
		'a,b',
		'a=b',
		'#no',
		'-x',
		'!!',
		'*',
		'é',
		'',
	),
	fc.constantFrom(
		'two\nlines',
		'tab\there',
		'\u001b[2J',
		'\u202egnp',
		'\u009b2J',
		'~root',
		'=ls',
		'%1',
		'{a,b}',
		';ls',
		'a|b',
		'&&',
	),
	fc.string({maxLength: 8}).filter((each) => each.isWellFormed() && !each.includes('\0')),
);
const word = fc.constantFrom('a', 'b', 'c', 'web', 'com.example.x', 'A_B');
const seconds = fc.constantFrom(0, 1e6, 1.5e9, 5e9, 90e9, 1234567);
const count = fc.constantFrom(0, 1, 2, 10);

const textMap = fc.dictionary(word, text, {maxKeys: 3});
const environment = fc
	.dictionary(word, text, {maxKeys: 3})
	.map((map) => Object.entries(map).map(([key, value]) => `${key}=${value}`));

const mount = (target: string) =>
	fc.oneof(
		fc.record({
			Type: fc.constant('volume'),
			Source: fc.constantFrom('data', 'logs', 'a,b', 'say "x"'),
			Target: fc.constant(target),
			ReadOnly: fc.boolean(),
			VolumeOptions: maybe(
				fc.record({
					NoCopy: fc.boolean(),
					Labels: textMap.map(oneLine),
					Subpath: fc.constantFrom('', 'sub/dir'),
					DriverConfig: fc.record({Name: fc.constantFrom('local', ''), Options: textMap.map(oneLine)}),
				}),
			),
		}),
		fc.record({
			Type: fc.constant('bind'),
			Source: fc.constantFrom('/srv', '/srv/with space', "/it's"),
			Target: fc.constant(target),
			BindOptions: maybe(fc.record({Propagation: fc.constantFrom('rprivate', 'rslave'), NonRecursive: fc.boolean()})),
		}),
		fc.record({
			Type: fc.constant('tmpfs'),
			Target: fc.constant(target),
			TmpfsOptions: maybe(fc.record({SizeBytes: fc.constantFrom(0, 1048576), Mode: fc.constantFrom(0, 0o1777, 0o700)})),
		}),
	);

/** docker's records have no line breaks. */
const oneLine = (map: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(map).map(([key, value]) => [key, value.replaceAll(/[\r\n]/g, ' ')]));

const reference = <T extends object>(
	named: readonly {readonly id: string; readonly name: string}[],
	toReference: (id: string, name: string) => T,
) =>
	fc
		.tuple(
			...named.map(({id, name}) =>
				maybe(
					fc
						.record({
							Name: fc.constantFrom(name, `/run/${name}`, `${name},x`),
							UID: fc.constantFrom('0', '1000'),
							GID: fc.constant('0'),
							Mode: fc.constantFrom(0o444, 0o400),
						})
						.map((File) => ({File, ...toReference(id, name)})),
				),
			),
		)
		.map((all) => all.filter((each) => each !== undefined));

const port = fc.record({
	TargetPort: fc.constantFrom(80, 443, 53),
	PublishedPort: fc.constantFrom(8080, 8443, 5353),
	Protocol: fc.constantFrom('tcp' as const, 'udp' as const),
	PublishMode: fc.constantFrom('host' as const, 'ingress' as const),
});

const capability = ['CAP_NET_ADMIN', 'CAP_SYS_TIME', 'CAP_CHOWN'];

const container = ({secrets, configs}: Named): fc.Arbitrary<ContainerSpec> =>
	fc.record({
		Image: fc.constantFrom('busybox:lab', `nginx:1.27@sha256:${'ab'.repeat(32)}`),
		Labels: maybe(textMap),
		Command: maybe(some(text)),
		Args: maybe(some(text)),
		Hostname: maybe(fc.constantFrom('h1', '{{.Node.Hostname}}')),
		Env: maybe(environment),
		Dir: maybe(text),
		User: maybe(text),
		Groups: maybe(several(['100', 'wheel', "o'b"])),
		Init: maybe(fc.boolean()),
		StopSignal: maybe(fc.constantFrom('SIGTERM', 'SIGINT')),
		TTY: maybe(fc.boolean()),
		OpenStdin: maybe(fc.boolean()),
		ReadOnly: maybe(fc.boolean()),
		Mounts: maybe(
			fc.tuple(maybe(mount('/a')), maybe(mount('/b'))).map((all) => all.filter((each) => each !== undefined)),
		),
		StopGracePeriod: maybe(seconds),
		Healthcheck: maybe(
			fc.record({
				Test: fc.oneof(
					fc.constantFrom(['NONE'], ['CMD', 'true'], []),
					text.map((each) => ['CMD-SHELL', each || 'true']),
				),
				Interval: seconds,
				Timeout: seconds,
				StartPeriod: seconds,
				Retries: count,
			}),
		),
		Hosts: maybe(several(['10.0.0.1 one', '10.0.0.2 two', '10.0.0.1 three', 'fd00::1 four'])),
		DNSConfig: maybe(
			fc.record({
				Nameservers: several(['1.1.1.1', '9.9.9.9', '8.8.8.8']),
				Search: several(['example.com', 'local.example']),
				Options: several(['ndots:2', 'timeout:3']),
			}),
		),
		Secrets: reference(secrets, (SecretID, SecretName) => ({SecretID, SecretName})),
		Configs: reference(configs, (ConfigID, ConfigName) => ({ConfigID, ConfigName})),
		Isolation: fc.constant('default'),
		Sysctls: maybe(fc.dictionary(fc.constantFrom('net.core.somaxconn', 'kernel.sem', 'vm.no'), word, {maxKeys: 2})),
		CapabilityAdd: maybe(several(capability)),
		CapabilityDrop: maybe(several(capability)),
		Ulimits: maybe(
			several([
				{Name: 'nofile', Soft: 100, Hard: 200},
				{Name: 'nproc', Soft: 5, Hard: 5},
			]),
		),
		OomScoreAdj: maybe(fc.constantFrom(0, 500, -500)),
	}) as fc.Arbitrary<ContainerSpec>;

const updateConfig = maybe(
	fc.record({
		Parallelism: count,
		Delay: seconds,
		FailureAction: fc.constantFrom('pause' as const, 'continue' as const),
		Monitor: seconds,
		MaxFailureRatio: fc.constantFrom(0, 0.25, 0.1),
		Order: fc.constantFrom('stop-first' as const, 'start-first' as const),
	}),
);

const template = (named: Named): fc.Arbitrary<TaskSpec> =>
	fc.record({
		ContainerSpec: container(named),
		Resources: maybe(
			fc.record({
				Limits: maybe(
					fc.record({
						NanoCPUs: fc.constantFrom(0, 5e8, 1234567891),
						MemoryBytes: fc.constantFrom(0, 64 << 20),
						Pids: count,
					}),
				),
				Reservations: maybe(
					fc.record({
						NanoCPUs: fc.constantFrom(0, 25e7),
						MemoryBytes: fc.constantFrom(0, 32 << 20),
						GenericResources: several([
							{DiscreteResourceSpec: {Kind: 'gpu', Value: 2}},
							{DiscreteResourceSpec: {Kind: 'ssd', Value: 1}},
						]),
					}),
				),
			}),
		),
		RestartPolicy: maybe(
			fc.record(
				{
					Condition: fc.constantFrom('any' as const, 'none' as const, 'on-failure' as const),
					Delay: seconds,
					MaxAttempts: count,
					Window: seconds,
				},
				{requiredKeys: []},
			),
		),
		Placement: fc.record({
			Constraints: several(['node.role==worker', 'node.labels.zone==a', 'node.hostname!=w1']),
			Preferences: several(['node.labels.zone', 'node.labels.rack']).map((all) =>
				all.map((SpreadDescriptor) => ({Spread: {SpreadDescriptor}})),
			),
			MaxReplicas: count,
		}),
		Networks: fc
			.tuple(
				...named.networks.map(({Id}) => maybe(fc.record({Target: fc.constant(Id), Aliases: several(['db', 'cache'])}))),
			)
			.map((all) => all.filter((each) => each !== undefined)),
		LogDriver: maybe(fc.record({Name: fc.constantFrom('json-file', 'syslog'), Options: textMap})),
		ForceUpdate: fc.constant(3),
		Runtime: fc.constant('container'),
	}) as fc.Arbitrary<TaskSpec>;

/** @param named what it may name */
export const serviceSpec = (named: Named): fc.Arbitrary<ServiceSpec> =>
	fc.record({
		Name: fc.constant('any'),
		Labels: textMap,
		TaskTemplate: template(named),
		Mode: fc.constantFrom({Replicated: {Replicas: 0}}, {Replicated: {Replicas: 2}}, {Replicated: {Replicas: 5}}),
		UpdateConfig: updateConfig,
		RollbackConfig: updateConfig,
		EndpointSpec: fc.record({
			Mode: fc.constantFrom('vip' as const, 'vip' as const, 'dnsrr' as const),
			Ports: fc.uniqueArray(port, {maxLength: 3, selector: ({PublishedPort}) => PublishedPort}),
		}),
	}) as fc.Arbitrary<ServiceSpec>;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first spec with some of its settings as the second has them. @param chances one by one, whether a setting changes */
export function mixed<T>(before: T, after: T, chances: () => boolean): T {
	if (!isFields(before) || !isFields(after)) return chances() ? after : before;
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	const entries = keys.flatMap((key) => {
		const value = mixed(before[key], after[key], chances);
		return value === undefined ? [] : [[key, value] as const];
	});
	return Object.fromEntries(entries) as T;
}
