import type {NetworkObject} from '../../../swarmkit/state/objects.ts';
import type {StoreReader} from '../../../swarmkit/state/store.ts';
import {isTerminal} from '../../../swarmkit/state/task-state.ts';
import type {IPAMConfig, Network} from '../../../wire/network.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import {bodyOf, type Call, controlOf, empty, type Handler, json, list, param} from '../call.ts';
import {booleansOf, type Filters, parseFilters} from '../filters.ts';
import {sorted} from '../go/encode.ts';
import {strictBool} from '../go/parse.ts';
import {checkName} from '../names.ts';
import {checkDriver, checkFamilies} from '../networks/checks.ts';
import {subnetErrors} from '../networks/ipam.ts';
import {localNetworks, newLocalNetwork} from '../networks/local.ts';
import {pick} from '../networks/pick.ts';
import {badRequest, grpcRefusal, invalidArgument, Refused, serverError} from '../refusal.ts';
import {asEngineShows, renderNetwork} from '../render/network.ts';
import {type Route, route} from '../router.ts';
import {type NetworkBody, networkRequest} from '../shapes/network.ts';

/** /networks: the swarm's and the host's own (moby api/server/router/network, swarmkit controlapi/network.go). */

const predefinedNames = ['bridge', 'host', 'none', 'default'];

/** The swarm's networks, where it can be asked: whatever keeps it from answering is passed over. */
async function swarmNetworks(call: Call): Promise<NetworkObject[]> {
	const control = await call.host.membership.control('read');
	return control.ok ? control.value.store.all('network').filter(({predefined}) => !predefined) : [];
}

const listNetworks: Handler = async (call) => {
	const filters = parseFilters(call.query).accept('dangling', 'driver', 'id', 'label', 'name', 'scope', 'type');
	const ofSwarm = (await swarmNetworks(call)).map(renderNetwork).filter((network) => isNamed(filters, network));
	const ids = new Set(ofSwarm.map(({Id}) => Id));
	const ofHost = localNetworks(call).filter(({Id, Name}) => {
		const isAsked = filters.isWithin('name', Name) && filters.isWithin('id', Id);
		return isAsked && !ids.has(Id);
	});
	const wanted = filterByTrait(filters);
	return list(
		[...ofSwarm, ...ofHost].filter(wanted).map((network) => asEngineShows(withoutDetails(network), call.offer)),
	);
};

/** Of the swarm's networks the whole name counts, and the beginning of the ID. */
const isNamed = (filters: Filters, {Name, Id}: Network): boolean =>
	filters.isOneOf('name', Name) && filters.beginsWith('id', Id);

function filterByTrait(filters: Filters): (network: Network) => boolean {
	for (const type of filters.get('type')) {
		if (type !== 'builtin' && type !== 'custom') throw serverError(`invalid filter: 'type'='${type}'`);
	}
	const dangling = booleansOf(filters, 'dangling', () =>
		badRequest('invalid value for filter \'dangling\', must be "true" (or "1"), or "false" (or "0")'),
	);
	return (network) =>
		filters.isOneOf('driver', network.Driver) &&
		filters.isOneOf('scope', network.Scope) &&
		filters.isOneOf('type', predefinedNames.includes(network.Name) ? 'builtin' : 'custom') &&
		filters.matchesLabels('label', network.Labels ?? {}) &&
		(dangling.length === 0 || dangling.includes(isDangling(network)));
}

const isDangling = ({Name, Containers}: Network): boolean =>
	!predefinedNames.includes(Name) && Object.keys(Containers ?? {}).length === 0;

/** A list shows nobody's containers. */
const withoutDetails = (network: Network): Network => (network.Containers ? {...network, Containers: {}} : network);

const inspectNetwork: Handler = async (call) => {
	const reference = param(call, 'id');
	const wantsServices = strictBool(call.query, 'verbose');
	const scope = call.query.get('scope') ?? '';
	const own = localNetworks(call).filter(({Scope}) => scope === '' || Scope === scope);
	const isShared = scope === '' || scope === 'swarm';
	const shared = isShared ? (await swarmNetworks(call)).map(renderNetwork) : [];
	// What this node has on it says more than what the managers know of it.
	const all = [...own, ...shared.filter(({Id}) => !own.some((network) => network.Id === Id))];
	const found = asEngineShows(pick(all, reference, 'inspect'), call.offer);
	if (wantsServices && found.Scope === 'swarm') return json({...found, ...(await servicesOn(call, found))});
	return json(found);
};

/** `verbose=true`: the services on the network, with their addresses on every node. */
async function servicesOn(call: Call, {Id: id}: Network): Promise<{Services?: Record<string, unknown>}> {
	const control = await call.host.membership.control('read');
	if (!control.ok) return {};
	const {store} = control.value;
	const services: Record<string, unknown> = {};
	for (const service of store.all('service')) {
		const tasks = store
			.tasksOfService(service.id)
			.filter(({status, attachments}) => status.state === 'running' && attachments.some((one) => one.networkId === id));
		if (tasks.length === 0) continue;
		const vip = service.endpoint.virtualIps?.find(({networkId}) => networkId === id)?.address;
		services[service.spec.Name] = {
			VIP: vip?.replace(/\/\d+$/, '') ?? '<nil>',
			Ports: [],
			LocalLBIndex: 256 + Object.keys(services).length + 1,
			Tasks: tasks.map((task) => ({
				Name: `${task.serviceName}.${task.slot || task.nodeId}.${task.id}`,
				EndpointID: call.host.seeded.hex64(`endpoint/${id}/${task.status.container?.ContainerID}`),
				EndpointIP: task.attachments.find(({networkId}) => networkId === id)?.addresses[0]?.replace(/\/\d+$/, '') ?? '',
				Info: {'Host IP': store.get('node', task.nodeId)?.status.Addr ?? ''},
			})),
		};
	}
	return Object.keys(services).length > 0 ? {Services: services} : {};
}

const createNetwork: Handler = async (call) => {
	const sent = await bodyOf(call, networkRequest);
	const name = sent.Name ?? '';
	const isKnown = [
		...(await swarmNetworks(call)).map((network) => network.name),
		...localNetworks(call).map(({Name}) => Name),
	];
	if (name === 'none' || name === 'default') {
		throw new Refused(403, `operation is not permitted on predefined ${name} network `);
	}
	if (isKnown.includes(name)) throw new Refused(409, `network with name ${name} already exists`);
	if (name.trim() === '') throw badRequest(`invalid name: ${name}`);
	const errors = subnetErrors(sent.IPAM?.Config ?? []);
	if (errors.length > 0) throw badRequest(`invalid network config:\n${errors.join('\n')}`);
	if (sent.Driver === 'overlay' && sent.Scope === 'local') {
		throw new Refused(403, 'cannot downgrade network scope for overlay networks');
	}
	const isForSwarm = sent.Driver === 'overlay' || sent.Scope === 'swarm' || sent.Ingress === true;
	if (call.offer.minor >= 48) checkFamilies(sent, isForSwarm);
	checkDriver(sent.Driver || 'bridge');
	const id = isForSwarm ? await createInSwarm(call, name, sent) : createLocally(call, name, sent);
	return json({Id: id, Warning: ''}, 201);
};

async function createInSwarm(call: Call, name: string, sent: Sent<NetworkBody>): Promise<string> {
	const control = await call.host.membership.control('write');
	if (!control.ok) {
		// Local drivers need no manager, so the engine says the same to a worker as to one in no swarm, and calls it forbidden.
		if (control.error.status !== 503) throw new Refused(control.error.status, control.error.message);
		throw new Refused(
			403,
			'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
		);
	}
	const {store} = control.value;
	checkName(name);
	if (!sent.Driver) throw invalidArgument('driver name: if driver is specified name is required');
	const id = call.host.seeded.id('network', name);
	store.update((transaction) => {
		const present = transaction.all('network');
		const ingress = sent.Ingress ? present.find((network) => network.ingress) : undefined;
		if (ingress) throw grpcRefusal('AlreadyExists', `ingress network (${ingress.id}) is already present`);
		if (present.some((network) => network.name === name)) {
			throw grpcRefusal('AlreadyExists', `network ${name} already exists`);
		}
		if (present.some((network) => network.name.toLowerCase() === name.toLowerCase())) {
			throw grpcRefusal('Unknown', 'name conflicts with an existing object');
		}
		transaction.create({kind: 'network', id, name, ...networkParts(sent)});
	});
	return id;
}

function networkParts(sent: Sent<NetworkBody>) {
	return {
		labels: definedMap(sent.Labels),
		driver: sent.Driver ?? '',
		options: definedMap(sent.Options),
		internal: sent.Internal ?? false,
		attachable: sent.Attachable ?? false,
		ingress: sent.Ingress ?? false,
		ipv6: sent.EnableIPv6 ?? false,
		scope: 'swarm' as const,
		predefined: false,
		ipamDriver: sent.IPAM?.Driver ?? '',
		ipamOptions: definedMap(sent.IPAM?.Options),
		requestedIpam: (sent.IPAM?.Config ?? []).map((config) => toIpam(config ?? {})),
	};
}

const definedMap = (map: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> =>
	sorted(map ?? {}, (value) => value ?? '');

const toIpam = ({Subnet, IPRange, Gateway}: Sent<IPAMConfig>): IPAMConfig => ({
	...(Subnet ? {Subnet} : {}),
	...(IPRange ? {IPRange} : {}),
	...(Gateway ? {Gateway} : {}),
});

function createLocally(call: Call, name: string, sent: Sent<NetworkBody>): string {
	const driver = sent.Driver || 'bridge';
	if (driver === 'host' || driver === 'null')
		throw new Refused(403, `only one instance of "${driver}" network is allowed`);
	const asked = (sent.IPAM?.Config ?? []).map((config) => toIpam(config ?? {}));
	const network = newLocalNetwork(call, {
		Name: name,
		Driver: sent.ConfigOnly ? 'null' : driver,
		EnableIPv6: sent.EnableIPv6 ?? false,
		IPAM: {
			Driver: sent.IPAM?.Driver || 'default',
			Options: sent.IPAM?.Options ? definedMap(sent.IPAM.Options) : null,
			Config: asked.length > 0 ? asked : sent.ConfigOnly ? null : [call.local.nextBridgeSubnet()],
		},
		Internal: sent.Internal ?? false,
		Attachable: sent.Attachable ?? false,
		ConfigOnly: sent.ConfigOnly ?? false,
		Options: definedMap(sent.Options),
		Labels: definedMap(sent.Labels),
	});
	call.local.networks.set(network.Id, network);
	return network.Id;
}

const removeNetwork: Handler = async (call) => {
	const reference = param(call, 'id');
	const shared = (await swarmNetworks(call)).map(renderNetwork);
	const own = localNetworks(call).filter(({Id}) => !shared.some((network) => network.Id === Id));
	const found = pick([...shared, ...own], reference, 'remove');
	if (predefinedNames.includes(found.Name)) {
		throw new Refused(403, `${found.Name} is a pre-defined network and cannot be removed`);
	}
	if (found.Scope === 'swarm') {
		const {store} = await controlOf(call, 'write');
		store.update((transaction) => {
			checkUnused(transaction, found);
			transaction.remove('network', found.Id);
		});
	} else if (!call.local.networks.delete(found.Id)) {
		throw new Refused(403, `error while removing network: network ${found.Name} id ${found.Id} has active endpoints`);
	}
	return empty(204);
};

/** Tasks that run and are to run on hold a network; those being stopped do not (controlapi/network.go RemoveNetwork). */
function checkUnused(store: StoreReader, {Id: id, Ingress: isIngress}: Network): void {
	if (isIngress) {
		checkIngressUnused(store);
		return;
	}
	const service = store
		.all('service')
		.find(({spec}) =>
			[...(spec.TaskTemplate.Networks ?? []), ...(spec.Networks ?? [])].some(({Target}) => Target === id),
		);
	if (service) throw grpcRefusal('FailedPrecondition', `network ${id} is in use by service ${service.id}`);
	const task = store.all('task').find(({desiredState, spec, attachments, status}) => {
		const isLive = !isTerminal(desiredState) && !isTerminal(status.state);
		return (
			isLive &&
			(attachments.some(({networkId}) => networkId === id) || spec.Networks?.some(({Target}) => Target === id))
		);
	});
	if (task) throw grpcRefusal('FailedPrecondition', `network ${id} is in use by task ${task.id}`);
}

function checkIngressUnused(store: StoreReader): void {
	const service = store
		.all('service')
		.find(({spec}) => spec.EndpointSpec?.Ports?.some(({PublishMode}) => PublishMode !== 'host'));
	if (!service) return;
	throw grpcRefusal(
		'FailedPrecondition',
		`ingress network cannot be removed because service ${service.id} depends on it`,
	);
}

const prune: Handler = (call) => {
	parseFilters(call.query).accept('label', 'label!', 'until');
	const deleted = [...call.local.networks.values()].map(({Name}) => Name);
	call.local.networks.clear();
	return json({NetworksDeleted: deleted.length > 0 ? deleted : null});
};

export const networkRoutes: readonly Route[] = [
	route('GET', '/networks', listNetworks),
	route('GET', '/networks/', listNetworks),
	route('POST', '/networks/create', createNetwork),
	route('POST', '/networks/prune', prune),
	route('GET', '/networks/{id}', inspectNetwork),
	route('DELETE', '/networks/{id}', removeNetwork),
];
