import type {ImageEntry} from '../programs/catalogue.ts';
import type {TaskObject} from '../state/objects.ts';
import {type AttachedNetwork, SimulatedContainer} from './container.ts';
import type {Dependencies} from './dependencies.ts';
import {effectiveHealthcheck} from './health.ts';
import type {Machine} from './machine.ts';
import {expandTemplate, taskName} from './templates.ts';

/** Makes the container of a task (moby daemon/cluster/executor/container/container.go). */
export function createTaskContainer(
	machine: Machine,
	task: TaskObject,
	entry: ImageEntry,
	dependencies: Dependencies,
	createdAt?: number,
): SimulatedContainer {
	const {clock, events, fabric, seeded, memoryBytes, catalogue} = machine.options;
	const spec = task.spec.ContainerSpec ?? {};
	const image = spec.Image ?? '';
	const id = containerId(machine, task);
	const expand = (text: string) => expandTemplate(text, task, dependencies.node());
	const hostname = spec.Hostname ? expand(spec.Hostname) : id.slice(0, 12);
	const networks = networksOf(machine, task, dependencies);
	const healthcheck = effectiveHealthcheck(spec.Healthcheck, entry.health);
	const limit = task.spec.Resources?.Limits?.MemoryBytes;
	return new SimulatedContainer(
		{
			clock,
			events,
			fabric,
			id,
			name: taskName(task),
			task,
			image,
			imageId: catalogue.imageId(image),
			entry,
			command: commandOf(task, entry),
			labels: labelsOf(task),
			env: mergeEnvironment(entry.environment, (spec.Env ?? []).map(expand)),
			directory: spec.Dir || entry.directory,
			hostname,
			tty: spec.TTY === true,
			hasInit: spec.Init === true,
			stopSignal: spec.StopSignal || entry.stopSignal,
			memoryBytes: limit || memoryBytes,
			healthcheck,
			networks,
			files: () => filesOf(machine, task, dependencies, {hostname, networks}),
			fraction: (purpose) => seeded.fraction(`${id}/${purpose}`),
			keepsLog: task.spec.LogDriver?.Name !== 'none',
		},
		createdAt,
	);
}

export const containerId = (machine: Machine, task: TaskObject): string =>
	machine.options.seeded.hex64(`container/${task.id}`);

/** Command replaces the image's entrypoint and drops its command; Args replace its command. */
export function commandOf(task: TaskObject, entry: ImageEntry): readonly string[] {
	const {Command = [], Args = []} = task.spec.ContainerSpec ?? {};
	if (Command.length > 0) return [...Command, ...Args];
	return [...entry.entrypoint, ...(Args.length > 0 ? Args : entry.command)];
}

function labelsOf(task: TaskObject): Record<string, string> {
	return {
		...task.spec.ContainerSpec?.Labels,
		'com.docker.swarm.node.id': task.nodeId,
		'com.docker.swarm.service.id': task.serviceId,
		'com.docker.swarm.service.name': task.serviceName,
		'com.docker.swarm.task': '',
		'com.docker.swarm.task.id': task.id,
		'com.docker.swarm.task.name': taskName(task),
	};
}

/** The service's variables first, then those of the image that it does not set. */
export function mergeEnvironment(ofImage: readonly string[], own: readonly string[]): string[] {
	const nameOf = (pair: string) => pair.split('=', 1)[0];
	const names = new Set(own.map(nameOf));
	return [...own.filter((pair) => pair.includes('=')), ...ofImage.filter((pair) => !names.has(nameOf(pair)))];
}

function networksOf(machine: Machine, task: TaskObject, dependencies: Dependencies): AttachedNetwork[] {
	if (task.attachments.length === 0) {
		return [{id: machine.bridgeId, name: 'bridge', driver: 'bridge', endpoint: undefined}];
	}
	const service = dependencies.service(task.serviceId);
	const attachments = task.attachments.map(({networkId, addresses}) => {
		const network = dependencies.network(networkId);
		const asked = task.spec.Networks?.find(({Target}) => Target === networkId || Target === network?.name);
		const virtual = service?.endpoint.virtualIps?.find((address) => address.networkId === networkId)?.address;
		const endpoint = {
			networkId,
			address: withoutPrefix(addresses[0] ?? ''),
			names: [task.serviceName.toLowerCase(), ...(asked?.Aliases ?? []).map((alias) => alias.toLowerCase())],
			virtualAddress: virtual === undefined ? undefined : withoutPrefix(virtual),
		};
		return {id: networkId, name: network?.name ?? networkId, driver: network?.allocated?.driver ?? 'overlay', endpoint};
	});
	// ingress is the last to be joined
	return attachments.sort((a, b) => Number(a.name === 'ingress') - Number(b.name === 'ingress'));
}

const withoutPrefix = (address: string): string => address.split('/')[0] ?? '';

/** What the engine puts into the container: its names, its hosts, its secrets and configs, bound files. */
function* filesOf(
	machine: Machine,
	task: TaskObject,
	dependencies: Dependencies,
	{hostname, networks}: {hostname: string; networks: readonly AttachedNetwork[]},
): Generator<readonly [string, string]> {
	const spec = task.spec.ContainerSpec ?? {};
	yield ['/etc/hostname', `${hostname}\n`];
	yield ['/etc/resolv.conf', 'nameserver 127.0.0.11\noptions ndots:0\n'];
	yield ['/etc/hosts', hostsFile(hostname, networks, spec.Hosts ?? [])];
	for (const {Type = 'bind', Source = '', Target = ''} of spec.Mounts ?? []) {
		if (Type === 'bind' && Source === '/etc/hostname') yield [Target, `${machine.options.name}\n`];
	}
	for (const {SecretID, SecretName, File} of spec.Secrets ?? []) {
		const target = File?.Name ?? SecretName;
		yield [
			target.startsWith('/') ? target : `/run/secrets/${target}`,
			decode(dependencies.secret(SecretID)?.spec.Data),
		];
	}
	for (const {ConfigID, ConfigName, File} of spec.Configs ?? []) {
		if (!File) continue;
		const target = File.Name || ConfigName;
		yield [target.startsWith('/') ? target : `/${target}`, decode(dependencies.config(ConfigID)?.spec.Data)];
	}
}

function hostsFile(hostname: string, networks: readonly AttachedNetwork[], extra: readonly string[]): string {
	const own = networks.flatMap(({endpoint}) => (endpoint ? [`${endpoint.address}\t${hostname}`] : []));
	const added = extra.map((entry) => entry.trim().split(/\s+/).join('\t'));
	const standard = [
		'127.0.0.1\tlocalhost',
		'::1\tlocalhost ip6-localhost ip6-loopback',
		'fe00::0\tip6-localnet',
		'ff00::0\tip6-mcastprefix',
		'ff02::1\tip6-allnodes',
		'ff02::2\tip6-allrouters',
	];
	return [...standard, ...added, ...own].map((line) => `${line}\n`).join('');
}

const decode = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString('utf8');
