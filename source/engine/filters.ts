/**
 * The `filters` of list calls. Values of one key are alternatives (labels must all match), keys must all match. What each
 * key matches is the engine's own: most names and IDs by prefix, see moby daemon/cluster/filters.go.
 */
type Filters<Key extends string> = {readonly [key in Key]?: readonly string[]};

export type NodeFilters = Filters<'id' | 'name' | 'label' | 'node.label' | 'role' | 'membership'>;
export type ServiceFilters = Filters<'id' | 'name' | 'label' | 'mode'>;
/** `service` and `node` take IDs or whole names, and an unknown one is an error, not an empty list. */
export type TaskFilters = Filters<'id' | 'name' | 'label' | 'service' | 'node' | 'desired-state' | '_up-to-date'>;
export type NetworkFilters = Filters<'id' | 'name' | 'label' | 'driver' | 'scope' | 'type' | 'dangling'>;
export type StoreFilters = Filters<'id' | 'name' | 'label'>;
export type VolumeFilters = Filters<'name' | 'label' | 'driver' | 'dangling'>;
export type EventFilters = Filters<
	'type' | 'event' | 'scope' | 'label' | 'node' | 'service' | 'network' | 'secret' | 'config' | 'container'
>;

export type AnyFilters = Readonly<Record<string, readonly string[] | undefined>>;

/** The query value: JSON of the keys that have values, or undefined when none has. */
export function filtersQuery(filters: AnyFilters | undefined): string | undefined {
	const given = Object.entries(filters ?? {}).filter(([, values]) => values !== undefined && values.length > 0);
	return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given));
}
