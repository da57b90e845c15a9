/** Which services use which networks, secrets and configs: the swarm itself only knows it the other way round. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Service} from '../../wire/service.ts';

/** Service names by the ID of what they use, in the order of the services. */
export type Uses = ReadonlyMap<string, readonly SafeText[]>;

export const noUses: Uses = new Map();

/** By name too where a spec names a network so: the engine resolves most of them to IDs, but not all. */
export function usesOf(services: Iterable<Service>): Uses {
	const uses = new Map<string, SafeText[]>();
	for (const service of services) {
		const name = toSafeText(service.Spec.Name);
		for (const id of idsUsedBy(service)) {
			const users = uses.get(id);
			if (users) users.push(name);
			else uses.set(id, [name]);
		}
	}
	return uses;
}

/** Whether the service uses that network, secret or config. */
export function isUsing(service: Service, {id, name}: {readonly id: string; readonly name: string}): boolean {
	const used = idsUsedBy(service);
	return used.has(id) || used.has(name);
}

function idsUsedBy({Spec: spec, Endpoint: endpoint}: Service): Set<string> {
	const {ContainerSpec: container, Networks: networks = []} = spec.TaskTemplate;
	return new Set(
		[
			...[...networks, ...(spec.Networks ?? [])].map(({Target}) => Target),
			// Published ports put a service on the ingress network, which its spec doesn't name.
			...(endpoint?.VirtualIPs ?? []).map(({NetworkID}) => NetworkID),
			...(container?.Secrets ?? []).map(({SecretID}) => SecretID),
			...(container?.Configs ?? []).map(({ConfigID}) => ConfigID),
		].filter((id) => id !== undefined),
	);
}
