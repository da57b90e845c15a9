import {failed, ok, type Result} from '../../runtime/result.ts';
import type {NodeAvailability} from '../../wire/node.ts';
import type {InitRequest, Refusal} from '../contract.ts';
import {checkAddress, type Endpoint, resolveAdvertised} from './addresses.ts';
import {newCluster, newNetworks, newNode} from './initial-objects.ts';
import type {Machine} from './machine.ts';
import {invalid} from './refusals.ts';
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

export async function foundSwarm({machine, startManager, request, former}: Founding): Promise<Result<Seat, Refusal>> {
	const advertised = checkInit(machine, request);
	if (!advertised.ok) return advertised;
	await new Promise<void>((resolve) => machine.clock.after(initMs, resolve));
	if (former) {
		former.swarm.consensus.forceNew(former.nodeId, former.managerAddress);
		return ok(former);
	}
	const swarm = new Swarm(machine, startManager, {firstIndex: indexBeforeInit});
	return ok(seatFirstManager(swarm, machine, advertised.value, request));
}

function checkInit(machine: Machine, request: InitRequest): Result<Endpoint, Refusal> {
	const problem = checkAddress(request.listenAddress);
	if (problem) return failed(invalid(`invalid ListenAddr ${JSON.stringify(request.listenAddress)}: ${problem}`));
	const name = (request.spec as {Name?: string} | undefined)?.Name ?? '';
	if (name !== '' && name !== 'default') return failed(invalid('swarm spec must be named "default"'));
	if (!isAvailability(request.availability)) {
		return failed(invalid(`invalid Availability: ${JSON.stringify(request.availability)}`));
	}
	return resolveAdvertised(request.advertiseAddress, request.listenAddress, machine.address);
}

export const isAvailability = (text: string): boolean => ['', 'active', 'pause', 'drain'].includes(text);

/** What was asked for on init and join: nothing means active. */
export const availabilityOf = (text: string): NodeAvailability => (text || 'active') as NodeAvailability;

export const endpointText = ({host, port}: Endpoint): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Real swarms read version 9 on their first node, 10 on the cluster and 11 on the first service. */
const indexBeforeInit = 7;

function seatFirstManager(swarm: Swarm, machine: Machine, advertised: Endpoint, request: InitRequest): Seat {
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
