/** Tasks that do not get on: where they have got to, since when, and why, as far as that can be computed. Pure. */
import {duration, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Network} from '../../wire/network.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';
import {type Addresses, addressesOf, hasVirtualAddress, networksFor} from './addresses.ts';
import type {Reasons} from './reasons.ts';

/** Tasks of one service that are stuck in one state for one reason. */
type Stuck = {readonly tasks: readonly TaskEntity[]; readonly since: number; readonly cause: Cause};

export type Cause = {
	/** A clause: `network tiny has no free address`. */
	readonly short: SafeText;
	/** What more is known about it; '' where there is nothing. */
	readonly detail: SafeText;
	/** What one can do about it. */
	readonly help: SafeText;
};

/** It has been judged to be stuck: see entities/patience.ts. A refusal of the scheduler speaks for itself. */
export const isStuck = ({health, state, desired, error, isServiceGone}: TaskEntity): boolean =>
	health === 'failing' && !isTerminal(state) && isWanted(desired) && error === '' && !isServiceGone;

/** @param tasks those of the service */
export function stuckReasons(
	service: ServiceEntity,
	tasks: readonly TaskEntity[],
	state: ClusterState,
	now: number,
): Reasons {
	return groupsOf(service, tasks, state).flatMap(({tasks: stuck, since, cause}): Reasons => {
		const [first] = stuck;
		if (!first) return [];
		const words = safe`${plural(stuck.length, 'task')} ${toSafeText(first.state)} for ${duration(Math.max(0, now - since))}`;
		return [
			['stuck', safe`${words}: ${cause.short}`],
			...(cause.detail === '' ? [] : [['', cause.detail] as const]),
			...(cause.help === '' ? [] : [['helps', cause.help] as const]),
		];
	});
}

/** `4 tasks new: network tiny has no free address`; undefined where none is stuck. */
export function stuckWords(
	service: ServiceEntity,
	tasks: readonly TaskEntity[],
	state: ClusterState,
): SafeText | undefined {
	const groups = groupsOf(service, tasks, state);
	if (groups.length === 0) return undefined;
	return joinSafe(
		groups.map(
			({tasks: stuck, cause}) =>
				safe`${plural(stuck.length, 'task')} stuck in ${toSafeText(stuck[0]?.state ?? '')}: ${cause.short}`,
		),
		'; ',
	);
}

function groupsOf(service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Stuck[] {
	const groups = new Map<string, {tasks: TaskEntity[]; cause: Cause}>();
	for (const task of tasks) {
		if (!isStuck(task)) continue;
		const cause = causeOf(task, service, state);
		const key = `${task.state} ${cause.short}`;
		const group = groups.get(key);
		if (group) group.tasks.push(task);
		else groups.set(key, {tasks: [task], cause});
	}
	return [...groups.values()].map(({tasks: stuck, cause}) => ({
		tasks: stuck,
		since: Math.min(...stuck.map(({since}) => since)),
		cause,
	}));
}

const nothing = toSafeText('');

/** Why that task does not get on. */
export function causeOf(task: TaskEntity, service: ServiceEntity, state: ClusterState): Cause {
	const node = task.nodeName;
	const engineLog = safe`look at ${node} and its engine's log: journalctl -u docker`;
	switch (task.state) {
		case 'new':
		case 'allocated':
			return allocationCause(service, state);
		case 'pending':
			return {
				short: toSafeText('the scheduler has not looked at it yet'),
				detail: nothing,
				help: toSafeText("look at the leader's log: journalctl -u docker"),
			};
		case 'assigned':
			return nodeTrouble(task, state) ?? {short: safe`${node} has not taken it`, detail: nothing, help: engineLog};
		case 'accepted':
			return (
				nodeTrouble(task, state) ?? {
					short: safe`${node} has taken it, but does not begin`,
					detail: needsOnNode(service),
					help: engineLog,
				}
			);
		case 'preparing':
			return nodeTrouble(task, state) ?? networkCauses(service, state)[0] ?? preparingCause(task, service);
		case 'ready':
			return nodeTrouble(task, state) ?? {short: safe`${node} does not start it`, detail: nothing, help: engineLog};
		case 'starting':
			return nodeTrouble(task, state) ?? startingCause(task, service);
		default:
			return {short: safe`it stays ${toSafeText(task.state)}`, detail: nothing, help: nothing};
	}
}

function nodeTrouble({nodeId, nodeName}: TaskEntity, {nodes}: ClusterState): Cause | undefined {
	const node = nodes.get(nodeId);
	if (node && node.state !== 'ready') {
		return {
			short: safe`${nodeName} is ${toSafeText(node.state)}`,
			detail: nothing,
			help: safe`bring ${nodeName} back, or remove it`,
		};
	}
	return node ? undefined : {short: safe`its node ${nodeName} is gone`, detail: nothing, help: nothing};
}

/** What a node needs to have before it can begin. */
function needsOnNode({raw}: ServiceEntity): SafeText {
	const {Secrets: secrets, Configs: configs} = raw.Spec.TaskTemplate.ContainerSpec ?? {};
	const parts = [
		...(secrets?.length ? [plural(secrets.length, 'secret')] : []),
		...(configs?.length ? [plural(configs.length, 'config')] : []),
	];
	return parts.length === 0 ? nothing : safe`it waits for ${joinSafe(parts, ' and ')}`;
}

function preparingCause({nodeName, image}: TaskEntity, {raw}: ServiceEntity): Cause {
	const drivers = (raw.Spec.TaskTemplate.ContainerSpec?.Mounts ?? []).flatMap(({VolumeOptions}) => {
		const driver = VolumeOptions?.DriverConfig?.Name;
		return driver && driver !== 'local' ? [toSafeText(driver)] : [];
	});
	const volumes = drivers.length === 0 ? nothing : safe`, or waits for the volume driver ${joinSafe(drivers, ', ')}`;
	return {
		short: safe`${nodeName} is pulling ${image}${volumes}`,
		detail: nothing,
		help: safe`see how far it is: docker pull ${image} on ${nodeName}`,
	};
}

function startingCause({nodeName}: TaskEntity, {raw}: ServiceEntity): Cause {
	const [kind, ...test] = raw.Spec.TaskTemplate.ContainerSpec?.Healthcheck?.Test ?? [];
	const check = kind === undefined ? toSafeText('of its image, if it has one,') : toSafeText(test.join(' '));
	return {
		short: safe`its container on ${nodeName} is not healthy yet`,
		detail: kind === 'NONE' ? nothing : safe`the health check ${check} has not passed`,
		help: toSafeText('its logs tell more'),
	};
}

/** What engines say when a node finds no address for its own part in a network. */
const exhausted = /ip addresses may be exhausted|could not find an available IP/i;

/** Tasks that a node rejects because there are no addresses left: how many there are and who has them. */
export function addressReasons(service: ServiceEntity, tasks: readonly TaskEntity[], state: ClusterState): Reasons {
	if (!tasks.some(({error}) => exhausted.test(error))) return [];
	return networkCauses(service, state).flatMap(
		({short, detail, help}): Reasons => [
			['addresses', safe`${short}: ${detail}`],
			['helps', help],
		],
	);
}

// ---- what the managers give a task before it is scheduled: addresses and ports

function allocationCause(service: ServiceEntity, state: ClusterState): Cause {
	return networkCauses(service, state)[0] ?? unknownAllocation;
}

function networkCauses(service: ServiceEntity, state: ClusterState): Cause[] {
	const networks = networksFor(service, state.inventory.networks ?? []);
	return networks.flatMap((network) => networkCause(network, service, state) ?? []);
}

const unknownAllocation: Cause = {
	short: toSafeText('the managers have not given it its addresses and ports'),
	detail: nothing,
	help: toSafeText("the leader's log says why: journalctl -u docker"),
};

function networkCause(network: Network, service: ServiceEntity, state: ClusterState): Cause | undefined {
	const name = toSafeText(network.Name);
	if (network.Driver === '') {
		return {
			short: safe`network ${name} has no addresses yet`,
			detail: toSafeText("its subnet may overlap with another network's, or the address pool is used up"),
			help: safe`see docker network ls and the leader's log; then make ${name} anew with another --subnet`,
		};
	}
	const addresses = addressesOf(network, state);
	if (!addresses) return undefined;
	const wanted = wantedIn(network, service, state);
	if (addresses.free >= Math.max(1, wanted)) return undefined;
	const left =
		addresses.free === 0
			? toSafeText('no free address')
			: safe`only ${plural(addresses.free, 'free address', 'free addresses')}`;
	return {
		short: safe`network ${name} has ${left}`,
		detail: holdersWords(network, addresses, wanted),
		help: toSafeText('a network with a larger --subnet, or fewer tasks on this one'),
	};
}

/** `10.99.1.0/29 has 5: 3 tasks, 2 nodes and 0 services hold 5 of them, 5 more are needed`. */
function holdersWords(network: Network, {total, tasks, nodes, services}: Addresses, wanted: number): SafeText {
	const subnets = (network.IPAM.Config ?? []).flatMap(({Subnet}) => (Subnet ? [toSafeText(Subnet)] : []));
	const holders = [
		plural(tasks, 'task'),
		safe`${plural(nodes, 'node')} with tasks on it`,
		...(services > 0 ? [plural(services, 'service')] : []),
	];
	const needed = wanted > 0 ? safe`; ${wanted} more ${toSafeText(wanted === 1 ? 'is' : 'are')} needed` : nothing;
	return safe`${joinSafe(subnets, ', ')} has ${plural(total, 'address', 'addresses')}: ${joinSafe(holders, ', ')} hold one each${needed}`;
}

/** What the service still needs of it: one for each task that waits, one for itself. */
function wantedIn(network: Network, service: ServiceEntity, {tasks}: ClusterState): number {
	let waiting = 0;
	for (const {serviceId, state, desired} of tasks.values()) {
		if (serviceId === service.id && (state === 'new' || state === 'allocated') && isWanted(desired)) waiting++;
	}
	const isVirtual = service.raw.Spec.EndpointSpec?.Mode !== 'dnsrr';
	return waiting + (isVirtual && !hasVirtualAddress(service, network) ? 1 : 0);
}
