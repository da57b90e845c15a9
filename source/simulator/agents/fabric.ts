/**
 * The network between containers, as far as programs notice it: names lead to addresses, and a server answers at its
 * address. No packets flow.
 */
export type Endpoint = {
	readonly networkId: string;
	/** Without the prefix length. */
	readonly address: string;
	/** The service's name and aliases on that network, for a task's container. */
	readonly names: readonly string[];
	/** The service's virtual address there, unless it has none. */
	readonly virtualAddress: string | undefined;
};

export interface Peer {
	readonly id: string;
	readonly endpoints: readonly Endpoint[];
	/** What it answers over HTTP; undefined when nothing listens. */
	answer(port: number, path: string): {readonly status: number; readonly body: string} | undefined;
}

export class Fabric {
	readonly #peers = new Map<string, Peer>();

	attach(peer: Peer): void {
		this.#peers.set(peer.id, peer);
	}

	detach(peer: Peer): void {
		this.#peers.delete(peer.id);
	}

	/** Docker's DNS: `tasks.NAME` is every task, `NAME` the virtual address of its service or else every task. */
	resolve(asker: Peer, name: string): string[] {
		const networks = new Set(asker.endpoints.map(({networkId}) => networkId));
		const wanted = name.replace(/^tasks\./, '').toLowerCase();
		const found = this.#endpointsNamed(wanted, networks);
		const [virtual] = found.map(({virtualAddress}) => virtualAddress).filter((address) => address !== undefined);
		if (virtual && !name.startsWith('tasks.')) return [virtual];
		return [...new Set(found.map(({address}) => address))].sort();
	}

	/** What is answered at an address or name; a virtual address leads to the first task behind it that answers. */
	fetch(asker: Peer, host: string, port: number, path: string): {status: number; body: string} | undefined {
		if (host === 'localhost' || host === '127.0.0.1' || asker.endpoints.some(({address}) => address === host)) {
			return asker.answer(port, path);
		}
		const addresses = new Set(/^[0-9.]+$/.test(host) ? [host] : this.resolve(asker, host));
		for (const peer of this.#peers.values()) {
			const isMeant = peer.endpoints.some(
				({address, virtualAddress}) =>
					addresses.has(address) || (virtualAddress !== undefined && addresses.has(virtualAddress)),
			);
			const answer = isMeant ? peer.answer(port, path) : undefined;
			if (answer) return answer;
		}
		return undefined;
	}

	#endpointsNamed(name: string, networks: ReadonlySet<string>): Endpoint[] {
		const found: Endpoint[] = [];
		for (const peer of this.#peers.values()) {
			for (const endpoint of peer.endpoints) {
				if (networks.has(endpoint.networkId) && endpoint.names.includes(name)) found.push(endpoint);
			}
		}
		return found;
	}
}
