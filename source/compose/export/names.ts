/** What stands below `networks:`, `volumes:`, `secrets:` and `configs:`: each thing under a key of its own. */
import type {Network} from '../../wire/network.ts';
import type {Mount} from '../../wire/task.ts';
import {namespaceLabel} from '../convert/names.ts';
import {filledOnly, type Value} from './values.ts';

export type Section = 'networks' | 'volumes' | 'secrets' | 'configs';

/** Set by the engine, which chooses anew for a network that it makes. */
const engineOptions = ['com.docker.network.driver.overlay.vxlanid_list'];

const without = (named: Readonly<Record<string, string>> | null | undefined, keys: readonly string[]) =>
	filledOnly(Object.fromEntries(Object.entries(named ?? {}).filter(([key]) => !keys.includes(key))));

export const withoutStack = (labels: Readonly<Record<string, string>> | null | undefined) =>
	without(labels, [namespaceLabel]);

export class Names {
	readonly #stack: string;
	readonly #networks: ReadonlyMap<string, Network>;
	/** By section and key: what stands there, and by what it is known again. */
	readonly #sections: Record<Section, Map<string, {readonly identity: string; readonly value: Value}>> = {
		networks: new Map(),
		volumes: new Map(),
		secrets: new Map(),
		configs: new Map(),
	};

	constructor(stack: string, networks: readonly Network[]) {
		this.#stack = stack;
		this.#networks = new Map(
			networks.flatMap((network) => [
				[network.Id, network],
				[network.Name, network],
			]),
		);
	}

	/** The key of the network that a service names by its ID. */
	network(target: string): string {
		const network = this.#networks.get(target);
		const name = network?.Name ?? target;
		if (network?.Labels?.[namespaceLabel] !== this.#stack) return this.#external('networks', name);
		const {Driver: driver, Options: options, Internal: isInternal, Attachable: isAttachable, Labels: labels} = network;
		return this.#key('networks', name, {
			driver: driver === 'overlay' ? undefined : driver,
			driver_opts: without(options, engineOptions),
			internal: isInternal || undefined,
			attachable: isAttachable || undefined,
			labels: withoutStack(labels),
		});
	}

	/** The key of a named volume. */
	volume({Source: source = '', VolumeOptions: options}: Mount): string {
		if (options?.Labels?.[namespaceLabel] !== this.#stack) return this.#external('volumes', source);
		const {DriverConfig: driver} = options;
		return this.#key('volumes', source, {
			driver: driver?.Name,
			driver_opts: driver?.Options,
			labels: withoutStack(options.Labels),
		});
	}

	/** What a secret holds is never told, so that it stays in the swarm: the file only names it. */
	store(section: 'secrets' | 'configs', name: string): string {
		return this.#external(section, name);
	}

	/** The top of the file. */
	sections(): Readonly<Record<Section, Value | undefined>> {
		const of = (section: Section): Value | undefined =>
			filledOnly(Object.fromEntries([...this.#sections[section]].map(([key, {value}]) => [key, value])));
		return {networks: of('networks'), volumes: of('volumes'), secrets: of('secrets'), configs: of('configs')};
	}

	#external(section: Section, name: string): string {
		return this.#put(section, name, {external: true, name});
	}

	#key(section: Section, name: string, value: {readonly [key: string]: Value | undefined}): string {
		const isPlain = name.startsWith(`${this.#stack}_`);
		return this.#put(section, name, filledOnly({name: isPlain ? undefined : name, ...value}) ?? null);
	}

	/** Two of one name that are not the same (a volume with other options) stand under two keys. */
	#put(section: Section, name: string, value: Value): string {
		const known = this.#sections[section];
		const prefix = `${this.#stack}_`;
		const plain = name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
		const wanted = plain.replaceAll(/[^a-zA-Z0-9._-]/g, '_');
		const identity = JSON.stringify([name, value]);
		const isFree = (key: string): boolean => (known.get(key)?.identity ?? identity) === identity;
		let key = wanted;
		for (let count = 2; !isFree(key); count += 1) key = `${wanted}_${count}`;
		// Without its own name it would be called after its key.
		const isNamed = key === plain || (typeof value === 'object' && value !== null && 'name' in value);
		known.set(key, {identity, value: isNamed ? value : {name, ...(value as object)}});
		return key;
	}
}
