import type {GenericResource, Resources} from '../../wire/node.ts';
import type {TaskSpec} from '../../wire/task.ts';

/**
 * What a node has and tasks reserve: CPU, memory, and generic resources, of which a node has either a number (discrete)
 * or a set of names (swarmkit api/genericresource).
 */

type GenericStock = {discrete: number; names: string[]};

/** The nanoCPUs, bytes and generic resources of one node that are free. May be negative when a node has shrunk. */
export class FreeResources {
	nanoCpus: number;
	memoryBytes: number;
	readonly #generic = new Map<string, GenericStock>();

	constructor(total: Resources | undefined) {
		this.nanoCpus = total?.NanoCPUs ?? 0;
		this.memoryBytes = total?.MemoryBytes ?? 0;
		for (const resource of total?.GenericResources ?? []) this.#add(resource);
	}

	/** Whether a task with these reservations fits in. */
	canHold(reserved: Resources | undefined): boolean {
		if (!reserved) return true;
		if ((reserved.NanoCPUs ?? 0) > this.nanoCpus || (reserved.MemoryBytes ?? 0) > this.memoryBytes) return false;
		return (reserved.GenericResources ?? []).every((wanted) => this.#amount(kindOf(wanted)) >= amountOf(wanted));
	}

	/** Takes what the task reserves away, and says which generic resources it was given. */
	take(reserved: Resources | undefined): readonly GenericResource[] {
		this.nanoCpus -= reserved?.NanoCPUs ?? 0;
		this.memoryBytes -= reserved?.MemoryBytes ?? 0;
		return (reserved?.GenericResources ?? []).flatMap((wanted) => this.#claim(wanted));
	}

	/** Takes away what a task holds already. */
	hold(reserved: Resources | undefined, given: readonly GenericResource[] | undefined): void {
		this.nanoCpus -= reserved?.NanoCPUs ?? 0;
		this.memoryBytes -= reserved?.MemoryBytes ?? 0;
		for (const resource of given ?? []) this.#drop(resource);
	}

	/** Gives back what a task held. */
	release(reserved: Resources | undefined, given: readonly GenericResource[] | undefined): void {
		this.nanoCpus += reserved?.NanoCPUs ?? 0;
		this.memoryBytes += reserved?.MemoryBytes ?? 0;
		for (const resource of given ?? []) this.#add(resource);
	}

	#amount(kind: string): number {
		const stock = this.#generic.get(kind);
		return stock ? stock.discrete + stock.names.length : 0;
	}

	#claim(wanted: GenericResource): GenericResource[] {
		const kind = kindOf(wanted);
		const stock = this.#stock(kind);
		const amount = amountOf(wanted);
		if (stock.names.length > 0) {
			return stock.names.splice(0, amount).map((name) => ({NamedResourceSpec: {Kind: kind, Value: name}}));
		}
		stock.discrete -= amount;
		return [{DiscreteResourceSpec: {Kind: kind, Value: amount}}];
	}

	#add(resource: GenericResource): void {
		const stock = this.#stock(kindOf(resource));
		if (resource.NamedResourceSpec) stock.names.push(resource.NamedResourceSpec.Value);
		else stock.discrete += amountOf(resource);
	}

	#drop(resource: GenericResource): void {
		const stock = this.#stock(kindOf(resource));
		const name = resource.NamedResourceSpec?.Value;
		if (name === undefined) stock.discrete -= amountOf(resource);
		else stock.names = stock.names.filter((candidate) => candidate !== name);
	}

	#stock(kind: string): GenericStock {
		let stock = this.#generic.get(kind);
		if (!stock) {
			stock = {discrete: 0, names: []};
			this.#generic.set(kind, stock);
		}
		return stock;
	}
}

/** Limits reserve nothing. */
export const reservationsOf = (spec: TaskSpec): Resources | undefined => spec.Resources?.Reservations;

const kindOf = (resource: GenericResource): string =>
	resource.NamedResourceSpec?.Kind ?? resource.DiscreteResourceSpec?.Kind ?? '';

const amountOf = (resource: GenericResource): number => resource.DiscreteResourceSpec?.Value ?? 1;
