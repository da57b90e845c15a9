import type {NodeAvailability} from '../../wire/node.ts';
import type {InitRequest} from '../contract.ts';
import {advertisedEndpoint} from './addresses.ts';
import {newCluster, newNetworks, newNode} from './initial-objects.ts';
import type {Machine} from './machine.ts';
import {tlsInfoOf} from './root-certificate.ts';
import {Seat} from './seat.ts';
import {type StartManager, Swarm} from './swarm.ts';

/** `swarm init`: a new swarm of one manager, or an old one that goes on with this manager alone. */

/** As recorded on an idle machine: certificates and the first election take the better part of a second. */
const initMs = 500;

export type Founding = {
	readonly machine: Machine;
	readonly startManager: StartManager;
	readonly request: InitRequest;
	/** The seat that a forced new cluster goes on with. */
	readonly former: Seat | undefined;
};

export async function foundSwarm({machine, startManager, request, former}: Founding): Promise<Seat> {
	await new Promise<void>((resolve) => machine.clock.after(initMs, resolve));
	if (former) {
		former.swarm.consensus.forceNew(former.nodeId, former.managerAddress);
		return former;
	}
	const swarm = new Swarm(machine, startManager, {firstIndex: indexBeforeInit});
	return seatFirstManager(swarm, machine, request);
}

/** What was asked for on init and join; nothing means active. The API has checked it. */
export const availabilityOf = (text: string): NodeAvailability => (text || 'active') as NodeAvailability;

/** Real swarms read version 9 on their first node, 10 on the cluster and 11 on the first service. */
const indexBeforeInit = 7;

function seatFirstManager(swarm: Swarm, machine: Machine, request: InitRequest): Seat {
	const advertised = advertisedEndpoint(request.advertiseAddress, machine.address);
	const {seeded, clock} = machine;
	const cluster = newCluster(seeded, clock.now(), request);
	const nodeId = seeded.id('node', machine.name);
	swarm.store.update((tx) => {
		for (const network of newNetworks(seeded, cluster)) tx.create(network);
	});
	swarm.store.update((tx) =>
		tx.create(
			newNode({
				id: nodeId,
				role: 'manager',
				availability: availabilityOf(request.availability),
				description: {...machine.describe(), TLSInfo: tlsInfoOf(cluster.rootCertificate)},
				status: {State: 'ready', Addr: advertised.host},
			}),
		),
	);
	swarm.store.update((tx) => tx.create(cluster));
	const seat = new Seat({machine, swarm, nodeId, advertised, role: 'manager'});
	swarm.begin([seat], seat);
	return seat;
}
