/** The networks as a table shows them. */
import type {NetworkEntity} from '../../../cluster/entities/network.ts';
import {joinSafe, type SafeText, toSafeText} from '../../../text/safe-text.ts';
import {by, chain, compareNatural} from '../../table/natural.ts';
import {ageColumn, driverColumn, type Listing, nameColumn, nothing, servicesColumn, stackColumn} from '../listing.ts';

/** What is particular about it, in words. */
function traits({isIngress, isInternal, isAttachable, isEncrypted, isIPv4, isIPv6, scope}: NetworkEntity): SafeText {
	const words = [
		isIngress && 'ingress',
		isInternal && 'internal',
		isAttachable && 'attachable',
		isEncrypted && 'encrypted',
		isIPv6 && (isIPv4 ? 'IPv6 too' : 'IPv6 alone'),
		scope === 'local' && 'this engine only',
	];
	return toSafeText(words.filter(Boolean).join(', '));
}

declare module '../kind-id.ts' {
	interface Entities {
		readonly networks: NetworkEntity;
	}
}

export const networkListing: Listing<NetworkEntity> = {
	id: 'networks',
	shortNames: ['net'],
	singular: toSafeText('network'),
	columns: [
		nameColumn('NETWORK', {width: 22}),
		driverColumn(3),
		{
			id: 'subnet',
			title: toSafeText('SUBNET'),
			width: 15,
			min: 12,
			max: 40,
			priority: 2,
			value: ({subnets}) => (subnets.length === 0 ? nothing : joinSafe(subnets, ', ')),
			compare: by(({subnets}) => subnets[0] ?? '', compareNatural),
		},
		servicesColumn('services', 'SERVICES'),
		{
			id: 'traits',
			title: toSafeText('TRAITS'),
			width: 12,
			min: 10,
			max: 40,
			priority: 4,
			value: traits,
			role: () => 'dim',
			compare: by(traits, compareNatural),
		},
		stackColumn(5),
		ageColumn(6),
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: chain(
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [({name}) => name, ({driver}) => driver, ({subnets}) => subnets.join(' '), traits, ({stack}) => stack ?? ''],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			driver: ({driver}) => [driver],
			scope: ({scope}) => [scope],
			service: ({services}) => services,
			stack: ({stack}) => [stack ?? ''],
			label: ({labels}) => labels.map(([key, value]) => `${key}=${value}`),
		},
	},
	name: ({name}) => name,
};
