import {toSafeText} from '../../../text/safe-text.ts';
import {networksIn} from '../../inventory.ts';
import {removeThing} from '../commands.ts';
import {type Rule, theThing} from '../rule.ts';

const newMs = 10 * 60_000;

export const unusedNetwork: Rule = {
	id: 'unused-network',
	area: 'leftovers',
	severity: 'note',
	title: 'a network that no service uses',
	why: 'It keeps a subnet of the address pool from others.',
	find({state, now}) {
		return [...networksIn(state).values()]
			.filter(
				({scope, driver, isIngress, isAttachable, services, createdAt}) =>
					// Containers outside of any service may be on one that is attachable.
					scope === 'swarm' &&
					driver === 'overlay' &&
					!isIngress &&
					!isAttachable &&
					services.length === 0 &&
					now - createdAt > newMs,
			)
			.map((network) => ({
				on: theThing('network', network),
				evidence: toSafeText('no service is on it'),
				remedy: removeThing('network', network),
			}));
	},
};
