import {isIP} from 'node:net';
import type {Clock} from '../../runtime/clock.ts';
import {base36, type Seeded} from '../../swarmkit/random.ts';
import type {TLSInfo} from '../../wire/node.ts';
import type {HostPlan, WorldPlan} from '../fixtures/world-plan.ts';
import {defaultPort} from '../raft/addresses.ts';
import {createSwarm} from '../raft/founding.ts';
import type {HostNetwork} from '../raft/host-network.ts';
import {newNode} from '../raft/initial-objects.ts';
import type {StartManager, Swarm} from '../raft/swarm.ts';
import {SwarmMember} from '../raft/swarm-member.ts';
import {type HostParts, WorldHost} from './host.ts';

/** A world: machines on one network, and the swarms that their engines form. */

type WorldParts = {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly startManager: StartManager;
	readonly createHostRuntime: HostParts['createHostRuntime'];
	readonly publishSwarmEvents: HostParts['publishSwarmEvents'];
	/** The registry that all hosts pull from. */
	readonly registry?: {setDown(isDown: boolean): void};
	/** Puts into the store what the swarm holds from the start, before anything runs on it. */
	readonly furnish?: (swarm: Swarm) => void;
};

export class World {
	readonly hosts: readonly WorldHost[];
	readonly clock: Clock;
	readonly #byName: ReadonlyMap<string, WorldHost>;
	readonly #parts: WorldParts;

	/** Makes the machines and, if the plan has members, their swarm: settled, as if it had been so for long. */
	static create(plan: WorldPlan, parts: WorldParts): World {
		const world = new World(plan, parts);
		const members = plan.hosts.filter((host) => host.role !== undefined);
		if (members.length > 0) world.#seatAll(members, plan, parts);
		return world;
	}

	private constructor(plan: WorldPlan, parts: WorldParts) {
		this.clock = parts.clock;
		this.#parts = parts;
		const hostNetwork: HostNetwork = {find: (host) => this.#find(host)};
		const hostParts = {...parts, hostNetwork};
		this.hosts = plan.hosts.map((host, index) => {
			const address = host.address ?? `10.0.${240 + Math.floor(index / 250)}.${(index % 250) + 1}`;
			return new WorldHost({...host, address}, hostParts);
		});
		this.#byName = new Map(this.hosts.map((host) => [host.name, host]));
	}

	host(name: string): WorldHost | undefined {
		return this.#byName.get(name);
	}

	/** No host can pull or resolve an image meanwhile. */
	setRegistryDown(isDown: boolean): void {
		this.#parts.registry?.setDown(isDown);
	}

	#find(reference: string): ReturnType<HostNetwork['find']> {
		const machine = this.#byName.get(reference) ?? this.hosts.find((host) => host.address === reference);
		if (machine) return {machine, swarmMember: machine.membership.swarmMember};
		return isIP(reference) === 0 ? 'unknown-name' : 'no-machine';
	}

	#seatAll(members: readonly HostPlan[], plan: WorldPlan, parts: WorldParts): void {
		const leader = members.find(({role}) => role === 'manager');
		if (!leader) throw new Error('a swarm needs a manager among its hosts');
		const swarm = createSwarm(parts, parts.startManager, plan.swarm ?? {}, (tlsInfo) => this.#node(leader, tlsInfo));
		for (const member of members) {
			if (member === leader) continue;
			swarm.store.skipIndex(indexPerJoin);
			swarm.store.update((tx) => tx.create(this.#node(member, swarm.tlsInfo)));
		}
		const swarmMembers = members.map((member) => this.#swarmMember(member, swarm));
		parts.furnish?.(swarm);
		const [leading] = swarmMembers.filter(({machine}) => machine.name === leader.name);
		if (leading) swarm.begin(swarmMembers, leading);
	}

	#swarmMember({name, role = 'worker'}: HostPlan, swarm: Swarm): SwarmMember {
		const machine = this.#machine(name);
		const advertised = {host: machine.address, port: defaultPort};
		const swarmMember = new SwarmMember({machine, swarm, nodeId: nodeIdOf(machine), advertised, role});
		machine.membership.take(swarmMember);
		return swarmMember;
	}

	#node({name, role = 'worker', availability = 'active', labels = {}}: HostPlan, tlsInfo: TLSInfo) {
		const machine = this.#machine(name);
		return newNode({
			id: nodeIdOf(machine),
			role,
			availability,
			labels,
			description: {...machine.describe(), TLSInfo: tlsInfo},
			status: {State: 'ready', Addr: machine.address},
		});
	}

	#machine(name: string): WorldHost {
		const machine = this.#byName.get(name);
		if (!machine) throw new Error(`no host ${name}`);
		return machine;
	}
}

/** What the store's index goes up by when a node joins, but for its creation. */
const indexPerJoin = 4;

/** The ID of a machine's first node; later ones, after it has left and joined again, are other ones. */
const nodeIdOf = ({seeded, name}: WorldHost): string => seeded.text(25, `node/${name}`, base36);
