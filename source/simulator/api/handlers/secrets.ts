import type {ConfigObject, SecretObject} from '../../../swarmkit/state/objects.ts';
import type {StoreReader} from '../../../swarmkit/state/store.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import type {ConfigSpec, SecretSpec} from '../../../wire/store.ts';
import {bodyOf, type Call, controlOf, empty, type Handler, json, list, param} from '../call.ts';
import {type Filters, parseFilters} from '../filters.ts';
import {encode} from '../go/encode.ts';
import {goQuote, shortVersionParameter} from '../go/parse.ts';
import {lookUp} from '../lookup.ts';
import {checkStoreName} from '../names.ts';
import {grpcRefusal, invalidArgument, outOfSequence, Refused} from '../refusal.ts';
import {renderConfig, renderSecret} from '../render/store-objects.ts';
import {type Route, route} from '../router.ts';
import {configSpec, secretSpec} from '../shapes/cluster.ts';

/** /secrets and /configs: the same routes for both (swarmkit controlapi/{secret,config}.go). */

type Stored = {readonly secret: SecretObject; readonly config: ConfigObject};
type StoreKind = keyof Stored;
type Spec = SecretSpec & ConfigSpec;

type Trait = {
	readonly filters: readonly string[];
	/** Exclusive. */
	readonly dataLimit: number;
	readonly sizeComplaint: string;
};

const traits: Readonly<Record<StoreKind, Trait>> = {
	secret: {
		filters: ['names', 'name', 'id', 'label'],
		dataLimit: 500 * 1024,
		sizeComplaint: 'secret data must be larger than 0 and less than 512000 bytes',
	},
	config: {
		filters: ['name', 'id', 'label'],
		dataLimit: 1000 * 1024,
		sizeComplaint: 'config data must be larger than 0 and less than 1024000 bytes',
	},
};

const shape = {secret: secretSpec, config: configSpec};

const render = (object: SecretObject | ConfigObject) =>
	object.kind === 'secret' ? renderSecret(object) : renderConfig(object);

export const storeRoutes = (kind: StoreKind): Route[] => [
	route('GET', `/${kind}s`, listObjects(kind)),
	route('POST', `/${kind}s/create`, createObject(kind)),
	route('GET', `/${kind}s/{id}`, async (call) => {
		const {store} = await controlOf(call, 'read');
		return json(render(lookUp(store, kind, param(call, 'id'))));
	}),
	route('DELETE', `/${kind}s/{id}`, removeObject(kind)),
	route('POST', `/${kind}s/{id}/update`, updateObject(kind)),
];

const listObjects =
	(kind: StoreKind): Handler =>
	async (call) => {
		const filters = parseFilters(call.query);
		const {store} = await controlOf(call, 'read');
		filters.accept(...traits[kind].filters);
		return list(select(store, kind, filters).map(render));
	};

/** Names, prefixes and IDs widen the choice, labels narrow it. */
function select(store: StoreReader, kind: StoreKind, filters: Filters): (SecretObject | ConfigObject)[] {
	const isChosen = ({id, spec}: SecretObject | ConfigObject): boolean => {
		if (!filters.has('names') && !filters.has('name') && !filters.has('id')) return true;
		const name = spec.Name.toLowerCase();
		return (
			filters.get('names').some((wanted) => wanted.toLowerCase() === name) ||
			filters.get('name').some((prefix) => name.startsWith(prefix.toLowerCase())) ||
			filters.get('id').some((prefix) => id.startsWith(prefix.toLowerCase()))
		);
	};
	const all: readonly (SecretObject | ConfigObject)[] = store.all(kind);
	return all.filter((object) => isChosen(object) && filters.matchesSwarmLabels('label', object.spec.Labels));
}

const createObject =
	(kind: StoreKind): Handler =>
	async (call) => {
		const sent = await sentSpec(call, kind);
		const {store} = await controlOf(call, 'write');
		const name = sent.Name ?? '';
		checkStoreName(name);
		checkData(kind, sent);
		const id = call.host.seeded.id(kind, name);
		store.update((transaction) => {
			const others: readonly (SecretObject | ConfigObject)[] = transaction.all(kind);
			if (others.some(({spec}) => spec.Name.toLowerCase() === name.toLowerCase())) {
				throw grpcRefusal('AlreadyExists', `${kind} ${name} already exists`);
			}
			const spec = encode<Spec>(shape[kind], {...sent, Labels: sent.Labels ?? {}});
			transaction.create({kind, id, spec});
		});
		return json({ID: id}, 201);
	};

const sentSpec = async (call: Call, kind: StoreKind): Promise<Sent<Spec>> => bodyOf<Spec>(call, shape[kind]);

/**
 * A driver may bring a secret's data in, and then its plugin has to be there: no simulated engine has one. Configs have no
 * driver, and the driver of a template is not looked for.
 */
function checkData(kind: StoreKind, sent: Sent<Spec>): void {
	const bytes = Buffer.byteLength(sent.Data ?? '', 'base64');
	if (kind === 'secret' && sent.Driver) {
		if (!sent.Driver.Name) throw invalidArgument('secret driver must have a name');
		throw grpcRefusal('Unknown', `plugin ${goQuote(sent.Driver.Name)} not found`);
	}
	const {dataLimit, sizeComplaint} = traits[kind];
	if (bytes === 0 || bytes >= dataLimit) throw invalidArgument(sizeComplaint);
}

const removeObject =
	(kind: StoreKind): Handler =>
	async (call) => {
		const {store} = await controlOf(call, 'write');
		const object = lookUp(store, kind, param(call, 'id'));
		store.update((transaction) => {
			const users = usersOf(transaction, object);
			if (users.length > 0) {
				throw invalidArgument(
					`${kind} '${object.spec.Name}' is in use by the following ${users.length > 1 ? 'services' : 'service'}: ${users.join(', ')}`,
				);
			}
			transaction.remove(kind, object.id);
		});
		return empty(204);
	};

function usersOf(store: StoreReader, {kind, id}: SecretObject | ConfigObject): string[] {
	return store
		.all('service')
		.filter(({spec}) => {
			const container = spec.TaskTemplate.ContainerSpec ?? {};
			return kind === 'secret'
				? container.Secrets?.some(({SecretID}) => SecretID === id)
				: container.Configs?.some(({ConfigID}) => ConfigID === id);
		})
		.map(({spec}) => spec.Name);
}

const updateObject =
	(kind: StoreKind): Handler =>
	async (call) => {
		const sent = await sentSpec(call, kind);
		const version = shortVersionParameter(call.query, kind);
		const {store} = await controlOf(call, 'write');
		const {id} = lookUp(store, kind, param(call, 'id'));
		store.update((transaction) => {
			const stored = transaction.get(kind, id);
			if (!stored) throw new Refused(404, `${kind} ${id} not found`);
			const isOtherwise =
				(sent.Name ?? '') !== stored.spec.Name || (sent.Data !== undefined && sent.Data !== (stored.spec.Data ?? ''));
			if (isOtherwise) throw invalidArgument('only updates to Labels are allowed');
			if (version !== stored.version) throw outOfSequence();
			const spec = encode<Spec>(shape[kind], {...stored.spec, Labels: sent.Labels ?? {}});
			transaction.put(stored.kind === 'secret' ? {...stored, spec} : {...stored, spec});
		});
		return empty();
	};
