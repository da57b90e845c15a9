import {safe, toSafeText} from '../../../text/safe-text.ts';
import {networksIn} from '../../inventory.ts';
import {addressesOf} from '../../why/addresses.ts';
import {type Found, type Rule, theThing} from '../rule.ts';

/** From this share on it is nearly full. */
const fullFrom = 0.8;

export const networkAddresses: Rule = {
	id: 'network-addresses',
	area: 'capacity',
	severity: 'warning',
	title: 'a network has few addresses left',
	why: 'A task that finds no address waits without a word; an update that starts new tasks first needs twice as many.',
	find({state}) {
		return [...networksIn(state).values()].flatMap((network): Found[] => {
			const addresses = network.scope === 'swarm' ? addressesOf(network.raw, state) : undefined;
			if (!addresses || addresses.free > addresses.total * (1 - fullFrom)) return [];
			const {total, free} = addresses;
			return [
				{
					on: theThing('network', network),
					evidence: safe`${total - free} of ${total} addresses are taken`,
					remedy: toSafeText('make a network with a larger --subnet, and move services there'),
				},
			];
		});
	},
};
