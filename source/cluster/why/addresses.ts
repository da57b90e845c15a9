/** How many addresses an overlay network has, and what holds them: a task that finds none stays `new` without a word. */
import type {IPAMConfig, Network} from '../../wire/network.ts';
import type {TaskState} from '../../wire/task.ts';
import {isTerminal} from '../entities/health.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';
import {tasksOfServices} from '../tasks-of.ts';

export type Addresses = {
	readonly total: number;
	/** One each. */
	readonly tasks: number;
	/** One for each node with a task on it: the node balances the network's load there. */
	readonly nodes: number;
	/** The virtual addresses of services. */
	readonly services: number;
	/** Never negative. */
	readonly free: number;
};

type Source = Pick<ClusterState, 'nodes' | 'services' | 'tasks'>;

/** Undefined where the network has no IPv4 subnet that is known. */
export function addressesOf(network: Network, state: Source): Addresses | undefined {
	const ranges = (network.IPAM.Config ?? []).flatMap(usableIn);
	if (ranges.length === 0) return undefined;
	const total = ranges.reduce((sum, usable) => sum + usable, 0);
	const attached = [...state.services.values()].filter((service) => isAttached(service, network));
	const holders = attached.flatMap(({id}) => tasksOfServices(state.tasks).get(id) ?? []).filter(holdsAddress);
	const nodes = network.Ingress ? state.nodes.size : new Set(holders.map(({nodeId}) => nodeId).filter(Boolean)).size;
	const services = attached.filter((service) => hasVirtualAddress(service, network)).length;
	return {total, tasks: holders.length, nodes, services, free: Math.max(0, total - holders.length - nodes - services)};
}

/** The networks that a service's tasks need addresses in. A service names them by ID or by name. */
export function networksFor(service: ServiceEntity, networks: readonly Network[]): Network[] {
	return networks.filter((network) => isAttached(service, network));
}

const withoutAddress: ReadonlySet<TaskState> = new Set(['new', 'allocated']);
const holdsAddress = ({state}: TaskEntity): boolean => !withoutAddress.has(state) && !isTerminal(state);

function isAttached({raw, ports}: ServiceEntity, {Id: id, Name: name, Ingress: isIngress}: Network): boolean {
	if (isIngress) return ports.some(({mode}) => mode === 'ingress');
	return (raw.Spec.TaskTemplate.Networks ?? raw.Spec.Networks ?? []).some(
		({Target}) => Target === id || Target === name,
	);
}

export const hasVirtualAddress = ({raw}: ServiceEntity, {Id: id}: Network): boolean =>
	(raw.Endpoint?.VirtualIPs ?? []).some(({NetworkID, Addr}) => NetworkID === id && Boolean(Addr));

/** Without the network's own address, the broadcast address and the gateway. */
function usableIn({Subnet: subnet, IPRange: range, Gateway: gateway}: IPAMConfig): number[] {
	const whole = blockOf(subnet);
	const block = blockOf(range) ?? whole;
	if (!whole || !block) return [];
	const gatewayAt = addressOf(gateway) ?? whole.first + 1;
	const taken = new Set([whole.first, whole.last, gatewayAt]);
	const inside = [...taken].filter((address) => address >= block.first && address <= block.last).length;
	return [Math.max(0, block.last - block.first + 1 - inside)];
}

function blockOf(cidr: string | undefined): {readonly first: number; readonly last: number} | undefined {
	const [address, bits] = (cidr ?? '').split('/');
	const at = addressOf(address);
	if (at === undefined || bits === undefined || !/^\d{1,2}$/.test(bits)) return undefined;
	const size = 2 ** (32 - Number(bits));
	const first = Math.floor(at / size) * size;
	return {first, last: first + size - 1};
}

function addressOf(text: string | undefined): number | undefined {
	const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text ?? '')?.slice(1);
	return parts?.reduce((sum, part) => sum * 256 + Number(part), 0);
}
