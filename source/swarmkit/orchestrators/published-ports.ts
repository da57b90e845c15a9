import {isDeepStrictEqual} from 'node:util';
import type {PortConfig} from '../../wire/task.ts';

/** The ports of the routing mesh: who has which, and which are free to be given (moby cnmallocator/portallocator.go). */

const firstDynamic = 30_000;
const lastDynamic = 32_767;

export class PublishedPorts {
	readonly #owners = new Map<string, string>();
	/** Each protocol is counted by itself. */
	readonly #next = new Map<string, number>();

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
	 * The service's ports with numbers for those of the routing mesh that named none; what they had before stays as long
	 * as the service has as many ports. Undefined, and nothing taken, when another service has one of them.
	 */
	allocate(
		serviceId: string,
		wanted: readonly PortConfig[],
		before: readonly PortConfig[] = [],
	): readonly PortConfig[] | undefined {
		if (isAllocated(wanted, before)) return before;
		const isFree = (port: PortConfig): boolean => {
			const owner = this.#owners.get(keyOf(port, port.PublishedPort ?? 0));
			return owner === undefined || owner === serviceId;
		};
		const numbered = wanted.filter((port) => isIngress(port) && port.PublishedPort);
		if (!numbered.every(isFree)) return undefined;
		this.release(serviceId, before);
		this.restore(serviceId, numbered);
		const isSticky = wanted.length === before.length;
		const others = wanted.filter((port) => !numbered.includes(port));
		return (isSticky ? [...numbered, ...others] : wanted).map((port) => {
			if (!isIngress(port) || port.PublishedPort) return port;
			const had = isSticky ? before.find((other) => isSamePort(other, port))?.PublishedPort : undefined;
			const number = had && !this.#owners.has(keyOf(port, had)) ? had : this.#takeDynamic(port);
			this.#owners.set(keyOf(port, number), serviceId);
			return {...port, PublishedPort: number};
		});
	}

	#takeDynamic(port: PortConfig): number {
		for (let tried = firstDynamic; tried <= lastDynamic; tried++) {
			const number = this.#next.get(protocolOf(port)) ?? firstDynamic;
			this.#next.set(protocolOf(port), number === lastDynamic ? firstDynamic : number + 1);
			if (!this.#owners.has(keyOf(port, number))) return number;
		}
		return 0;
	}
}

export const isIngress = (port: PortConfig): boolean => (port.PublishMode ?? 'ingress') === 'ingress';

/** Whether `before` is what `wanted` would be given, in whatever order. */
function isAllocated(wanted: readonly PortConfig[], before: readonly PortConfig[]): boolean {
	const left = [...before];
	const takeMatch = (port: PortConfig): boolean => {
		const at = left.findIndex((other) =>
			isIngress(port) && !port.PublishedPort ? isSamePort(other, port) : isDeepStrictEqual(other, port),
		);
		if (at >= 0) left.splice(at, 1);
		return at >= 0;
	};
	const byNumber = wanted.toSorted((a, b) => Number(!a.PublishedPort) - Number(!b.PublishedPort));
	return wanted.length === before.length && byNumber.every(takeMatch);
}

const isSamePort = (a: PortConfig, b: PortConfig): boolean =>
	isIngress(a) && a.TargetPort === b.TargetPort && a.Name === b.Name && protocolOf(a) === protocolOf(b);

const protocolOf = (port: PortConfig): string => port.Protocol ?? 'tcp';
const keyOf = (port: PortConfig, number: number): string => `${protocolOf(port)}/${number}`;
