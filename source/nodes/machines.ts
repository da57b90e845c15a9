import {existsSync, readdirSync} from 'node:fs';
import {networkInterfaces} from 'node:os';
import path from 'node:path';
import type {Machine, MachineEngine, Machines, OwnAddress} from '../cluster/actions/action.ts';
import {listContexts} from '../connection/contexts.ts';
import type {Endpoint} from '../connection/endpoint.ts';
import {dockerConfigDirectory, resolveEndpoint, type Surroundings} from '../connection/resolve.ts';
import type {Answer} from '../engine/client.ts';
import {NodeEngine} from '../engine/node-engine.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed} from '../runtime/result.ts';
import type {SafeText} from '../text/safe-text.ts';
import {inAnotherSwarm, notAsked, noWay} from './messages.ts';
import type {NodeRule} from './subject.ts';

/**
 * Machines that are no nodes of the swarm yet, but whose engines somebody has named: under `nodes:` in the configuration,
 * as docker contexts, or by sockets that lie beside that of the engine on the screen.
 */

type MachinesOptions = {
	/** The engine that is on the screen. */
	readonly own: Endpoint;
	readonly rules: readonly NodeRule[];
	/** Of a simulated swarm, by host name. */
	readonly sockets?: ReadonlyMap<string, string> | undefined;
	readonly isReadOnly: boolean;
	readonly surroundings: Surroundings;
	readonly clock: Clock;
};

const askMs = 5000;
/** Behind another socket the engine may be in a network of its own: rootless, or in a container. */
const usualSockets: ReadonlySet<string> = new Set(['/var/run/docker.sock', '/run/docker.sock']);

export function openMachines(options: MachinesOptions): Machines {
	return new KnownMachines(options);
}

class KnownMachines implements Machines {
	readonly #options: MachinesOptions;

	constructor(options: MachinesOptions) {
		this.#options = options;
	}

	async list(members: ReadonlySet<string>): Promise<readonly Machine[]> {
		const known = await this.#known();
		const asked = await Promise.all([...known].map(([name, endpoint]) => this.#ask(name, endpoint, members)));
		return asked.filter((machine) => machine !== undefined);
	}

	async use<T>(name: string, work: (engine: MachineEngine) => Answer<T>): Answer<T> {
		const endpoint = (await this.#known()).get(name);
		if (!endpoint) return failed(noWay(name));
		const engine = this.#open(endpoint);
		try {
			return await work(engine);
		} finally {
			await engine.close();
		}
	}

	ownAddresses(): readonly OwnAddress[] {
		const {own, sockets} = this.#options;
		const {transport} = own;
		if (sockets || transport.kind !== 'unix' || !usualSockets.has(transport.path)) return [];
		return addressesOf(networkInterfaces());
	}

	async #ask(name: string, endpoint: Endpoint, members: ReadonlySet<string>): Promise<Machine | undefined> {
		const engine = this.#open(endpoint);
		const info = await engine.info({timeoutMs: askMs});
		await engine.close();
		const dockerHost = endpoint.url;
		if (!info.ok) return {name, dockerHost, problem: notAsked(info.error)};
		const {NodeID: id, LocalNodeState: state} = info.value.Swarm;
		if (members.has(id)) return undefined;
		const problem: SafeText | undefined = state === 'inactive' ? undefined : inAnotherSwarm(state);
		return {name, dockerHost, problem};
	}

	#open(endpoint: Endpoint): NodeEngine {
		const {isReadOnly, clock} = this.#options;
		return new NodeEngine(endpoint, {isReadOnly, clock});
	}

	/** By their names; the first who names a machine is right. */
	async #known(): Promise<ReadonlyMap<string, Endpoint>> {
		const {own, surroundings, sockets} = this.#options;
		const known = new Map<string, Endpoint>();
		const add = (name: string, endpoint: Endpoint): void => {
			if (endpoint.url !== own.url && !known.has(name)) known.set(name, endpoint);
		};
		for (const [name, host] of this.#named()) {
			const endpoint = await resolveEndpoint({host}, surroundings);
			if (endpoint.ok) add(name, {...endpoint.value, origin: {kind: 'node'}});
		}
		if (sockets) return known;
		for (const {name} of await listContexts(dockerConfigDirectory(surroundings))) {
			const endpoint = await resolveEndpoint({context: name}, surroundings);
			if (endpoint.ok) add(name, endpoint.value);
		}
		return known;
	}

	#named(): readonly (readonly [name: string, host: string])[] {
		const {rules, sockets, own} = this.#options;
		if (sockets) return [...sockets].map(([name, file]) => [name, `unix://${file}`]);
		// A pattern names no machine, and neither does an engine with fields of a node that is not there yet.
		const ruled = rules
			.filter(({match, engine}) => !/[*?]/.test(match) && !/\{(?!hostname\})/.test(engine))
			.map(({match, engine}) => [match, engine.replaceAll('{hostname}', match)] as const);
		return [...ruled, ...(own.transport.kind === 'unix' ? socketsBeside(own.transport.path) : [])];
	}
}

/** `DIR/NODE/docker.sock` of other machines, where the asked engine's own socket lies so. */
function socketsBeside(own: string): [string, string][] {
	const [folder, file] = [path.dirname(path.dirname(own)), path.basename(own)];
	if (!/^docker\.sock$/.test(file) || ['/', '/run', '/var', '/var/run'].includes(folder)) return [];
	return readdirSync(folder, {withFileTypes: true})
		.filter((entry) => entry.isDirectory())
		.map(({name}): [string, string] => [name, path.join(folder, name, file)])
		.filter(([, socket]) => existsSync(socket))
		.map(([name, socket]) => [name, `unix://${socket}`]);
}

/** Networks of containers, where no other machine is. */
const isOfContainers = (name: string): boolean => /^(docker|br-|veth|docker_gwbridge|cni|virbr)/.test(name);

/** What others may reach this machine by: the addresses of IPv4 first. */
export function addressesOf(interfaces: ReturnType<typeof networkInterfaces>): readonly OwnAddress[] {
	return Object.entries(interfaces)
		.filter(([name]) => !isOfContainers(name))
		.flatMap(([name, addresses = []]) =>
			addresses
				.filter(({internal, address}) => !internal && !/^(169\.254\.|fe80:)/i.test(address))
				.map(({address, cidr}) => ({address, interface: name, network: networkOf(address, cidr)})),
		)
		.sort((a, b) => Number(a.address.includes(':')) - Number(b.address.includes(':')));
}

/** `10.0.0.0/24` of `10.0.0.5/24`; of IPv6 only how long the network's part is. */
function networkOf(address: string, cidr: string | null): string {
	const bits = Number(cidr?.split('/')[1] ?? '32');
	if (address.includes(':')) return `/${bits}`;
	const whole = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
	const size = 2 ** (32 - bits);
	const first = Math.floor(whole / size) * size;
	return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;
}
