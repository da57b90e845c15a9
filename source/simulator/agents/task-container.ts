import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {ContainerSpec, Healthcheck} from '../../wire/task.ts';
import type {ImageEntry} from '../programs/catalogue.ts';
import {isEndless, usageOf} from '../programs/launch.ts';
import {outOfMemoryAt} from '../programs/usage.ts';
import type {AttachedNetwork, ContainerPlan} from './container-plan.ts';
import type {Dependencies} from './dependencies.ts';
import {effectiveHealthcheck} from './health.ts';
import type {MachineParts} from './machine-parts.ts';
import {expandTemplate, taskName} from './templates.ts';

/** The container of a task (moby daemon/cluster/executor/container/container.go). */
export class TaskContainerPlan implements ContainerPlan {
	readonly #machine: MachineParts;
	readonly #dependencies: Dependencies;
	readonly task: TaskObject;
	readonly entry: ImageEntry;
	readonly id: string;
	/** Told once, because the node and the networks that they speak of may be gone later. */
	readonly #expanded: {readonly hostname: string; readonly env: readonly string[]} | undefined;
	readonly #attached: readonly AttachedNetwork[] | undefined;

	constructor(machine: MachineParts, task: TaskObject, entry: ImageEntry, dependencies: Dependencies) {
		this.#machine = machine;
		this.#dependencies = dependencies;
		this.task = task;
		this.entry = entry;
		this.id = task.status.container?.ContainerID || machine.options.seeded.hex64(`container/${task.id}`);
		this.#expanded = hasTemplates(this.#spec) ? this.#expand() : undefined;
		this.#attached = task.attachments.length > 0 ? attachedNetworks(task, dependencies) : undefined;
	}

	get name(): string {
		return taskName(this.task);
	}
	get image(): string {
		return this.#spec.Image ?? '';
	}
	get imageId(): string {
		return this.#machine.options.catalogue.imageId(this.image);
	}
	get command(): readonly string[] {
		return commandOf(this.task, this.entry);
	}
	get labels(): Readonly<Record<string, string>> {
		return labelsOf(this.task);
	}
	get env(): readonly string[] {
		return mergeEnvironment(this.entry.environment, this.#expanded?.env ?? this.#spec.Env ?? []);
	}
	get directory(): string {
		return this.#spec.Dir || this.entry.directory;
	}
	get hostname(): string {
		return this.#expanded?.hostname || this.#spec.Hostname || this.id.slice(0, 12);
	}
	get tty(): boolean {
		return this.#spec.TTY === true;
	}
	get hasOpenInput(): boolean {
		return this.#spec.OpenStdin === true;
	}
	get hasInit(): boolean {
		return this.#spec.Init === true;
	}
	get stopSignal(): string {
		return this.#spec.StopSignal || this.entry.stopSignal;
	}
	get memoryBytes(): number {
		return memoryBytesOf(this.task, this.#machine.options);
	}
	get healthcheck(): Healthcheck | undefined {
		return effectiveHealthcheck(this.#spec.Healthcheck, this.entry.health);
	}
	get networks(): readonly AttachedNetwork[] {
		return this.#attached ?? this.#machine.bridge;
	}
	get mounts(): ContainerPlan['mounts'] {
		return this.task.spec.ContainerSpec?.Mounts ?? [];
	}

	get keepsLog(): boolean {
		return this.task.spec.LogDriver?.Name !== 'none';
	}

	files(): Iterable<readonly [string, string]> {
		const {hostname, networks} = this;
		return filesOf(this.#machine, this.task, this.#dependencies, {hostname, networks});
	}

	fraction(purpose: string): number {
		return this.#machine.options.seeded.fraction(`${this.id}/${purpose}`);
	}

	hex64(purpose: string): string {
		return this.#machine.options.seeded.hex64(`${this.id}/${purpose}`);
	}

	get #spec(): ContainerSpec {
		return this.task.spec.ContainerSpec ?? {};
	}

	#expand(): {hostname: string; env: readonly string[]} {
		const node = this.#dependencies.node();
		const expand = (text: string) => expandTemplate(text, this.task, node);
		return {hostname: expand(this.#spec.Hostname ?? ''), env: (this.#spec.Env ?? []).map(expand)};
	}
}

/**
 * Whether a running task's container changes nothing by itself and is on no network where others look for it: then it
 * makes no difference when it is made.
 */
export function isAtRest({options}: MachineParts, task: TaskObject): boolean {
	const {Image = '', Healthcheck} = task.spec.ContainerSpec ?? {};
	const entry = options.catalogue.find(Image);
	if (!entry || task.attachments.length > 0 || effectiveHealthcheck(Healthcheck, entry.health)) return false;
	const command = commandOf(task, entry);
	const memoryBytes = memoryBytesOf(task, options);
	return isEndless(entry, command) && outOfMemoryAt(usageOf(entry, command), memoryBytes) === undefined;
}

const memoryBytesOf = ({spec}: TaskObject, {memoryBytes}: MachineParts['options']): number =>
	spec.Resources?.Limits?.MemoryBytes || memoryBytes;

const hasTemplates = ({Hostname = '', Env = []}: ContainerSpec): boolean =>
	Hostname.includes('{{') || Env.some((pair) => pair.includes('{{'));

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
export function mergeEnvironment(ofImage: readonly string[], own: readonly string[]): readonly string[] {
	if (own.length === 0) return ofImage;
	const nameOf = (pair: string) => pair.split('=', 1)[0];
	const names = new Set(own.map(nameOf));
	return [...own.filter((pair) => pair.includes('=')), ...ofImage.filter((pair) => !names.has(nameOf(pair)))];
}

function attachedNetworks(task: TaskObject, dependencies: Dependencies): AttachedNetwork[] {
	const service = dependencies.service(task.serviceId);
	const attachments = task.attachments.map(({networkId, addresses}) => {
		const network = dependencies.network(networkId);
		const asked = task.spec.Networks?.find(({Target}) => Target === networkId || Target === network?.name);
		const virtual = service?.endpoint.virtualIps?.find((address) => address.networkId === networkId)?.address;
		const endpoint = {
			networkId,
			address: withoutPrefix(addresses[0] ?? ''),
			names: [task.serviceName.toLowerCase(), ...(asked?.Aliases ?? []).map((alias) => alias.toLowerCase())],
			virtualAddress: virtual ? withoutPrefix(virtual) : undefined,
		};
		return {id: networkId, name: network?.name ?? networkId, driver: network?.allocated?.driver ?? 'overlay', endpoint};
	});
	// ingress is the last to be joined
	return attachments.sort((a, b) => Number(a.name === 'ingress') - Number(b.name === 'ingress'));
}

const withoutPrefix = (address: string): string => address.split('/')[0] ?? '';

/** What the engine puts into the container: its names, its hosts, its secrets and configs, bound files. */
function* filesOf(
	machine: MachineParts,
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
