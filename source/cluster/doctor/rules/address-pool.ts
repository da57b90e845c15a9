import {safe, toSafeText} from '../../../text/safe-text.ts';
import {type Rule, theSwarm} from '../rule.ts';
import {overlap, sizeOf, spanOf} from './subnets.ts';

/** From this share on it is nearly full. */
const fullFrom = 0.8;

export const addressPool: Rule = {
	id: 'address-pool',
	area: 'capacity',
	severity: 'warning',
	title: 'the address pool of the swarm is nearly used up',
	why: 'When no subnet is left, no network can be made, and no stack that brings one deployed.',
	find({swarm, state: {inventory}}) {
		const pools = (swarm?.DefaultAddrPool ?? []).flatMap((pool) => spanOf(pool) ?? []);
		const bits = swarm?.SubnetSize ?? 0;
		if (pools.length === 0 || bits < 1 || bits > 32 || !inventory.networks) return [];
		const size = 2 ** (32 - bits);
		const total = pools.reduce((sum, pool) => sum + Math.floor(sizeOf(pool) / size), 0);
		const taken = inventory.networks
			.filter(({Scope}) => Scope === 'swarm')
			.flatMap(({IPAM}) => (IPAM.Config ?? []).flatMap(({Subnet}) => spanOf(Subnet) ?? []))
			.filter((subnet) => pools.some((pool) => overlap(pool, subnet)))
			.reduce((sum, subnet) => sum + Math.max(1, Math.ceil(sizeOf(subnet) / size)), 0);
		if (total === 0 || taken < total * fullFrom) return [];
		return [
			{
				on: theSwarm,
				evidence: safe`${taken} of ${total} subnets are taken`,
				remedy: toSafeText('docker network prune, or docker network create --subnet outside of the pool'),
			},
		];
	},
};
