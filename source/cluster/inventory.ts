/**
 * What a swarm holds besides nodes, services and tasks. It is listed only while somebody looks at it, and joined with the
 * services only when it is read: nothing of it costs anything while no screen shows it.
 */
import {memoized} from '../runtime/memoized.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {Plugin} from '../wire/plugin.ts';
import type {Volume} from '../wire/volume.ts';
import {type EventEntity, eventEntity} from './entities/event.ts';
import type {NodeEvent} from './entities/inside.ts';
import {type NetworkEntity, networkEntity} from './entities/network.ts';
import {type PluginEntity, pluginEntity} from './entities/plugin.ts';
import {type StackEntity, stacksOf} from './entities/stack.ts';
import {type ConfigEntity, configEntity, type SecretEntity, secretEntity} from './entities/stored.ts';
import {noUses, type Uses, usesOf} from './entities/uses.ts';
import {type VolumeEntity, volumeEntity} from './entities/volume.ts';
import type {ClusterState, Inventory, ServiceEntity} from './model.ts';

type Holder = Pick<ClusterState, 'inventory' | 'services'>;
type Services = ReadonlyMap<string, ServiceEntity>;

const none: readonly never[] = [];

export function networksIn({inventory, services}: Holder): ReadonlyMap<string, NetworkEntity> {
	return networksOf(inventory.networks ?? none)(services);
}

export function secretsIn({inventory, services}: Holder): ReadonlyMap<string, SecretEntity> {
	return secretsOf(inventory.secrets ?? none)(services);
}

export function configsIn({inventory, services}: Holder): ReadonlyMap<string, ConfigEntity> {
	return configsOf(inventory.configs ?? none)(services);
}

export function volumesIn({inventory}: Pick<Holder, 'inventory'>): ReadonlyMap<string, VolumeEntity> {
	return volumesOf(inventory.volumes ?? none);
}

export function pluginsIn({inventory}: Pick<Holder, 'inventory'>): ReadonlyMap<string, PluginEntity> {
	return pluginsOf(inventory.plugins ?? none);
}

/** Those of the engine that is asked, and of the nodes' own engines where ways lead to them. */
export function eventsIn({
	inventory,
	inside,
}: Pick<ClusterState, 'inventory' | 'inside'>): ReadonlyMap<string, EventEntity> {
	const own = eventsOf(inventory.events ?? none);
	return inside?.events ? joinedEvents(inside.events)(own) : own;
}

/** Known from the services alone; what else they are made of is counted once it is listed. */
export function stacksIn({inventory, services}: Holder): ReadonlyMap<string, StackEntity> {
	return stacksFrom(inventory)(services);
}

/** The names of the services that use a network, a secret or a config. */
export function usersOf(
	{id, name}: {readonly id: string; readonly name?: string},
	{services}: Pick<Holder, 'services'>,
) {
	const uses = usesIn(services);
	return uses.get(id) ?? (name === undefined ? undefined : uses.get(name)) ?? none;
}

const usesIn = memoized((services: Services): Uses => usesOf([...services.values()].map(({raw}) => raw)));

const joined = <Raw, Entity extends {readonly id: string}>(make: (raw: Raw, uses: Uses) => Entity) =>
	memoized((raws: readonly Raw[]) =>
		memoized((services: Services) => byId(raws.map((raw) => make(raw, usesIn(services))))),
	);

const networksOf = joined(networkEntity);
const secretsOf = joined(secretEntity);
const configsOf = joined(configEntity);
const volumesOf = memoized((raws: readonly Volume[]) => byId(raws.map(volumeEntity)));
const pluginsOf = memoized((raws: readonly Plugin[]) => byId(raws.map(pluginEntity)));
const eventsOf = memoized((raws: readonly EngineEvent[]) => byId(raws.map((raw) => eventEntity(raw))));
const joinedEvents = memoized((elsewhere: readonly NodeEvent[]) => {
	const others = elsewhere.map(({event, node}) => eventEntity(event, node));
	return memoized((own: ReadonlyMap<string, EventEntity>) => byId([...own.values(), ...others]));
});

const stacksFrom = memoized(({networks, secrets, configs}: Inventory) =>
	memoized((services: Services) =>
		stacksOf({
			services: services.values(),
			networks: (networks ?? none).map((raw) => networkEntity(raw, noUses)),
			secrets: (secrets ?? none).map((raw) => secretEntity(raw, noUses)),
			configs: (configs ?? none).map((raw) => configEntity(raw, noUses)),
		}),
	),
);

function byId<Entity extends {readonly id: string}>(entities: readonly Entity[]): ReadonlyMap<string, Entity> {
	return new Map(entities.map((entity) => [entity.id, entity]));
}
