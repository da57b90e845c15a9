import type {ServiceObject} from '../../../swarmkit/state/objects.ts';
import {modeName} from '../../../swarmkit/state/service-mode.ts';
import {serviceStatus} from '../../../swarmkit/state/service-status.ts';
import {createService, removeService, rollbackService, updateService} from '../../../swarmkit/state/service-writes.ts';
import type {StoreReader, Transaction} from '../../../swarmkit/state/store.ts';
import type {ServiceSpec} from '../../../wire/service.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import {serviceSpec} from '../../../wire/spec/service.ts';
import {bodyOf, type Call, controlOf, empty, type Handler, json, list, param} from '../call.ts';
import {type Filters, parseFilters} from '../filters.ts';
import {strictBool, versionParameter} from '../go/parse.ts';
import {lookUp} from '../lookup.ts';
import {generatedName} from '../names.ts';
import {findLocalNetwork} from '../networks/local.ts';
import {grpcRefusal, outOfSequence, serverError} from '../refusal.ts';
import {renderService, withDefaults} from '../render/service.ts';
import {type Route, route} from '../router.ts';
import {checkIngress, checkNetworks, checkPorts, checkReferences, withNetworkIds} from '../services/check.ts';
import {toServiceSpec} from '../services/convert.ts';
import {adjustForClient} from '../services/older-clients.ts';
import {validateServiceSpec} from '../services/validate.ts';

/** /services (moby daemon/cluster/services.go, swarmkit controlapi/service.go). */

const listServices: Handler = async (call) => {
	const filters = parseFilters(call.query);
	const wantsStatus = call.minor >= 41 && strictBool(call.query, 'status');
	const {store} = await controlOf(call, 'read');
	filters.accept('name', 'id', 'label', 'mode', 'runtime');
	return list(rendered(select(store, filters), store, wantsStatus));
};

function* rendered(services: readonly ServiceObject[], store: StoreReader, wantsStatus: boolean) {
	for (const service of services) yield renderService(service, wantsStatus ? serviceStatus(store, service) : undefined);
}

const select = (store: StoreReader, filters: Filters): ServiceObject[] =>
	store
		.all('service')
		.filter(
			(service) =>
				filters.beginsWith('name', service.spec.Name) &&
				filters.beginsWith('id', service.id) &&
				filters.matchesSwarmLabels('label', service.spec.Labels) &&
				filters.isOneOf('mode', modeName(service.spec)) &&
				filters.isOneOf('runtime', 'container'),
		);

const inspectService: Handler = async (call) => {
	const wantsDefaults = strictBool(call.query, 'insertDefaults');
	const {store} = await controlOf(call, 'read');
	const service = lookUp(store, 'service', param(call, 'id'));
	return json(renderService(wantsDefaults ? {...service, spec: withDefaults(service.spec)} : service));
};

const create: Handler = async (call) => {
	const sent = adjustForClient(await bodyOf(call, serviceSpec), call.minor);
	const {store} = await controlOf(call, 'write');
	const spec = specOf(call, sent, store);
	validateServiceSpec(spec);
	checkNetworks(store, spec);
	checkPorts(store, spec);
	checkIngress(store, spec);
	const id = call.host.seeded.id('service', spec.Name);
	store.update((transaction) => {
		checkReferences(transaction, spec);
		const name = spec.Name.toLowerCase();
		if (transaction.all('service').some((other) => other.spec.Name.toLowerCase() === name)) {
			throw grpcRefusal('AlreadyExists', `name conflicts with an existing object: service ${spec.Name} already exists`);
		}
		createService(transaction, {id, spec});
	});
	return json({ID: id, Warnings: null}, 201);
};

/** The spec as the engine keeps it: networks by their IDs, defaults filled in, a name made up if there is none. */
function specOf(call: Call, sent: Sent<ServiceSpec>, store: StoreReader): ServiceSpec {
	const resolved = withNetworkIds(sent, store, (reference) => findLocalNetwork(call, reference)?.Name);
	return toServiceSpec(resolved, {name: generatedName(call.host.seeded, `service/${store.count('service')}`)});
}

/** In the engine's order: whatever is wrong with the request is told before the version is looked at. */
const update: Handler = async (call) => {
	const sent = adjustForClient(await bodyOf(call, serviceSpec), call.minor);
	const version = versionParameter(call.query, 'service');
	const {store} = await controlOf(call, 'write');
	const spec = specOf(call, sent, store);
	const service = lookUp(store, 'service', param(call, 'id'));
	checkAuthSource(call, service);
	const isRollback = wantsRollback(call.query.get('rollback') ?? '');
	validateServiceSpec(spec);
	checkNetworks(store, spec);
	if (spec.EndpointSpec && !isSame(spec.EndpointSpec, service.spec.EndpointSpec)) checkPorts(store, spec, service);
	store.update((transaction) => {
		const stored = transaction.get('service', service.id);
		if (!stored) throw grpcRefusal('NotFound', `service ${service.id} not found`);
		checkUpdate(transaction, stored, spec);
		if (isRollback && !stored.previousSpec) {
			throw grpcRefusal('FailedPrecondition', `service ${stored.id} does not have a previous spec`);
		}
		checkIngress(transaction, (isRollback && stored.previousSpec) || spec);
		if (version !== stored.version) throw outOfSequence();
		if (isRollback) rollbackService(transaction, stored);
		else updateService(transaction, stored, spec);
	});
	return json({Warnings: null});
};

/** Credentials are kept nowhere here, but what the request says of them has to make sense. */
function checkAuthSource({headers, query}: Call, {previousSpec}: ServiceObject): void {
	if (headers['x-registry-auth']) return;
	const source = query.get('registryAuthFrom') ?? '';
	if (source === '' || source === 'spec') return;
	if (source !== 'previous-spec') throw serverError('unsupported registryAuthFrom value');
	if (!previousSpec) throw serverError('service does not have a previous spec');
}

function wantsRollback(option: string): boolean {
	if (option === '' || option === 'none') return false;
	if (option !== 'previous') throw serverError(`unrecognized rollback option ${option}`);
	return true;
}

function checkUpdate(transaction: Transaction, {spec: stored}: ServiceObject, spec: ServiceSpec): void {
	const hasMoved =
		!isSame(spec.Networks ?? [], stored.Networks ?? []) &&
		isSame(spec.TaskTemplate.Networks ?? [], stored.TaskTemplate.Networks ?? []);
	if (hasMoved) throw grpcRefusal('Unimplemented', 'networks must be migrated to TaskSpec before being changed');
	checkReferences(transaction, spec);
	if (modeName(spec) !== modeName(stored)) throw grpcRefusal('Unimplemented', 'service mode change is not allowed');
	if (spec.Name !== stored.Name) throw grpcRefusal('Unimplemented', 'renaming services is not supported');
}

/** Both have their keys in the engine's order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const remove: Handler = async (call) => {
	const {store} = await controlOf(call, 'write');
	const {id} = lookUp(store, 'service', param(call, 'id'));
	store.update((transaction) => removeService(transaction, id));
	// The answer takes as long as raft, and by then the tasks are on their way out: `docker stack rm` removes the networks
	// that they were on with its very next call.
	await new Promise<void>((resolve) => call.host.clock.after(0, resolve));
	return empty();
};

export const serviceRoutes: readonly Route[] = [
	route('GET', '/services', listServices),
	route('POST', '/services/create', create),
	route('GET', '/services/{id}', inspectService),
	route('DELETE', '/services/{id}', remove),
	route('POST', '/services/{id}/update', update),
];
