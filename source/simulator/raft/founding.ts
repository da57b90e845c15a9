import type {Surroundings} from '../../swarmkit/state/controller.ts';
import type {Fresh, NodeObject} from '../../swarmkit/state/objects.ts';
import type {NodeAvailability, TLSInfo} from '../../wire/node.ts';
import type {InitRequest} from '../contract.ts';
import type {Endpoint} from './addresses.ts';
import {type ClusterPlan, newCluster, newNetworks, newNode} from './initial-objects.ts';
import type {Machine} from './machine.ts';
import {tlsInfoOf} from './root-certificate.ts';
import {type StartManager, Swarm} from './swarm.ts';
import {SwarmMember} from './swarm-member.ts';

/** `swarm init`: a new swarm of one manager, or an old one that goes on with this manager alone. */

/** As recorded on an idle machine: certificates and the first election take the better part of a second. */
const initMs = 500;

type Founding = {
	readonly machine: Machine;
	readonly startManager: StartManager;
	readonly request: InitRequest;
	readonly advertised: Endpoint;
	/** The membership that a forced new cluster goes on with. */
	readonly former: SwarmMember | undefined;
};

export async function foundSwarm({machine, startManager, request, advertised, former}: Founding): Promise<SwarmMember> {
	await new Promise<void>((resolve) => machine.clock.after(initMs, resolve));
	if (former) {
		former.swarm.consensus.forceNew(former.nodeId, former.managerAddress);
		return former;
	}
	const nodeId = machine.seeded.id('node', machine.name);
	const swarm = createSwarm(machine, startManager, request, (tlsInfo) =>
		newNode({
			id: nodeId,
			role: 'manager',
			availability: availabilityOf(request.availability),
			description: {...machine.describe(), TLSInfo: tlsInfo},
			status: {State: 'ready', Addr: advertised.host},
		}),
	);
	const swarmMember = new SwarmMember({machine, swarm, nodeId, advertised, role: 'manager'});
	swarm.begin([swarmMember], swarmMember);
	return swarmMember;
}

/** What was asked for on init and join; nothing means active. */
export const availabilityOf = (text: string): NodeAvailability => (text.toLowerCase() || 'active') as NodeAvailability;

/** Real swarms read version 9 on their first node, 10 on the cluster and 11 on the first service. */
const indexBeforeInit = 7;

/** A swarm that holds itself, its networks and its first node; nothing runs in it before `begin`. */
export function createSwarm(
	surroundings: Surroundings,
	startManager: StartManager,
	plan: ClusterPlan,
	firstNode: (tlsInfo: TLSInfo) => Fresh<NodeObject>,
): Swarm {
	const {clock, seeded} = surroundings;
	const swarm = new Swarm(surroundings, startManager, {firstIndex: indexBeforeInit});
	const cluster = newCluster(seeded, clock.now(), plan);
	swarm.store.update((tx) => {
		for (const network of newNetworks(seeded, cluster)) tx.create(network);
	});
	swarm.store.update((tx) => tx.create(firstNode(tlsInfoOf(cluster.rootCertificate))));
	swarm.store.update((tx) => tx.create(cluster));
	return swarm;
}
