/** A network of the wire as the screens see it. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Network} from '../../wire/network.ts';
import type {Health, Labels} from '../model.ts';
import {cleanWord, labelsOf, timeOf} from './common.ts';
import {stackLabel} from './service.ts';
import type {Uses} from './uses.ts';

export type NetworkEntity = {
	readonly id: string;
	readonly name: SafeText;
	readonly driver: SafeText;
	/** `local` ones belong to the asked engine alone. */
	readonly scope: Network['Scope'];
	readonly isIngress: boolean;
	readonly isInternal: boolean;
	readonly isAttachable: boolean;
	/** Its traffic between nodes is encrypted (`--opt encrypted`). */
	readonly isEncrypted: boolean;
	/** The families of its addresses; engines before API 1.48 have no other way than IPv4. */
	readonly isIPv4: boolean;
	readonly isIPv6: boolean;
	readonly subnets: readonly SafeText[];
	readonly services: readonly SafeText[];
	readonly stack: SafeText | undefined;
	readonly labels: Labels;
	readonly createdAt: number;
	/** `idle`: no service uses it. */
	readonly health: Health;
	readonly raw: Network;
};

export function networkEntity(raw: Network, uses: Uses): NetworkEntity {
	const services = uses.get(raw.Id) ?? uses.get(raw.Name) ?? [];
	const stack = raw.Labels?.[stackLabel];
	return {
		id: cleanWord(raw.Id),
		name: toSafeText(raw.Name),
		driver: toSafeText(raw.Driver),
		scope: cleanWord(raw.Scope),
		isIngress: raw.Ingress === true,
		isInternal: raw.Internal === true,
		isAttachable: raw.Attachable === true,
		isEncrypted: raw.Options?.['encrypted'] !== undefined,
		isIPv4: raw.EnableIPv4 !== false,
		isIPv6: raw.EnableIPv6 === true,
		subnets: (raw.IPAM?.Config ?? []).flatMap(({Subnet}) => (Subnet ? [toSafeText(Subnet)] : [])),
		services,
		stack: stack ? toSafeText(stack) : undefined,
		labels: labelsOf(raw.Labels),
		createdAt: timeOf(raw.Created),
		health: services.length > 0 ? 'healthy' : 'idle',
		raw,
	};
}
