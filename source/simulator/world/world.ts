import {isIP} from 'node:net';
import type {Clock} from '../../runtime/clock.ts';
import {defaultPort} from '../raft/addresses.ts';
import {newCluster, newNetworks, newNode} from '../raft/initial-objects.ts';
import type {Lan} from '../raft/machine.ts';
import {Seat} from '../raft/seat.ts';
import {type StartManager, Swarm} from '../raft/swarm.ts';
import type {Seeded} from '../random.ts';
import {type HostParts, WorldHost} from './host.ts';
import type {HostPlan, WorldPlan} from './plan.ts';

/** A world: machines on one network, and the swarms that their engines form. */

export type WorldParts = {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly startManager: StartManager;
	readonly createWorkshop: HostParts['createWorkshop'];
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
		const lan: Lan = {find: (host) => this.#find(host)};
		const hostParts = {...parts, lan};
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

	#find(reference: string): ReturnType<Lan['find']> {
		const machine = this.#byName.get(reference) ?? this.hosts.find((host) => host.address === reference);
		if (machine) return {machine, seat: machine.membership.seat};
		return isIP(reference) === 0 ? 'unknown-name' : 'no-machine';
	}

	#seatAll(members: readonly HostPlan[], plan: WorldPlan, parts: WorldParts): void {
		const {seeded, clock, startManager} = parts;
		const swarm = new Swarm(parts, startManager);
		const cluster = newCluster(seeded, clock.now(), plan.swarm ?? {});
		swarm.store.update((tx) => {
			tx.create(cluster);
			for (const network of newNetworks(seeded, cluster)) tx.create(network);
		});
		const seats = members.map((member) => this.#seat(member, swarm));
		swarm.store.update((tx) => {
			for (const [index, seat] of seats.entries()) tx.create(nodeOf(seat, members[index]));
		});
		parts.furnish?.(swarm);
		const leader = seats.find((seat) => seat.certificateRole === 'manager');
		if (!leader) throw new Error('a swarm needs a manager among its hosts');
		swarm.begin(seats, leader);
	}

	#seat({name, role}: HostPlan, swarm: Swarm): Seat {
		const machine = this.#byName.get(name);
		if (!machine) throw new Error(`no host ${name}`);
		const nodeId = machine.seeded.id('node', name);
		const advertised = {host: machine.address, port: defaultPort};
		const seat = new Seat({machine, swarm, nodeId, advertised, role: role ?? 'worker'});
		machine.membership.take(seat);
		return seat;
	}
}

const nodeOf = (seat: Seat, plan: HostPlan | undefined) =>
	newNode({
		id: seat.nodeId,
		role: seat.certificateRole,
		availability: plan?.availability ?? 'active',
		labels: plan?.labels ?? {},
		description: seat.describe(),
		status: {State: 'ready', Addr: seat.address},
	});
