import type {PortConfig} from '../../wire/task.ts';

/** The ports of the routing mesh: who has which, and which are free to be given (moby cnmallocator/portallocator.go). */

const firstDynamic = 30_000;
const lastDynamic = 32_767;

export class PublishedPorts {
	readonly #owners = new Map<string, string>();
	#next = firstDynamic;

	/** Takes the port over for a service that was given it before. */
	restore(serviceId: string, ports: readonly PortConfig[] = []): void {
		for (const port of ports) if (isIngress(port)) this.#owners.set(keyOf(port, port.PublishedPort ?? 0), serviceId);
	}

	release(serviceId: string, ports: readonly PortConfig[] = []): void {
		for (const port of ports) {
			const key = keyOf(port, port.PublishedPort ?? 0);
			if (this.#owners.get(key) === serviceId) this.#owners.delete(key);
		}
	}

	/**
	 * The service's ports with numbers for those of the routing mesh that named none, where possible those that they had.
	 * Undefined, and nothing taken, when another service has one of them.
	 */
	allocate(
		serviceId: string,
		wanted: readonly PortConfig[],
		before: readonly PortConfig[] = [],
	): readonly PortConfig[] | undefined {
		const isFree = (port: PortConfig): boolean => {
			const owner = this.#owners.get(keyOf(port, port.PublishedPort ?? 0));
			return owner === undefined || owner === serviceId;
		};
		if (wanted.some((port) => isIngress(port) && port.PublishedPort && !isFree(port))) return undefined;
		this.release(serviceId, before);
		this.restore(
			serviceId,
			wanted.filter((port) => port.PublishedPort),
		);
		return wanted.map((port) => {
			if (!isIngress(port) || port.PublishedPort) return port;
			const had = before.find((other) => isSamePort(other, port))?.PublishedPort;
			const number = had && !this.#owners.has(keyOf(port, had)) ? had : this.#takeDynamic(port);
			this.#owners.set(keyOf(port, number), serviceId);
			return {...port, PublishedPort: number};
		});
	}

	#takeDynamic(port: PortConfig): number {
		for (let tried = firstDynamic; tried <= lastDynamic; tried++) {
			const number = this.#next;
			this.#next = number === lastDynamic ? firstDynamic : number + 1;
			if (!this.#owners.has(keyOf(port, number))) return number;
		}
		return 0;
	}
}

export const isIngress = (port: PortConfig): boolean => (port.PublishMode ?? 'ingress') === 'ingress';

const isSamePort = (a: PortConfig, b: PortConfig): boolean =>
	isIngress(a) && a.TargetPort === b.TargetPort && a.Name === b.Name && protocolOf(a) === protocolOf(b);

const protocolOf = (port: PortConfig): string => port.Protocol ?? 'tcp';
const keyOf = (port: PortConfig, number: number): string => `${protocolOf(port)}/${number}`;
