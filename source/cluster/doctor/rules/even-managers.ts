import {plural} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {majorityOf, managersOf} from '../../quorum.ts';
import {type Rule, theSwarm} from '../rule.ts';

export const evenManagers: Rule = {
	id: 'even-managers',
	area: 'managers',
	severity: 'warning',
	title: 'an even number of managers',
	why: 'An even number survives no more failures than one manager fewer would, and has one more that can fail.',
	find({state: {nodes}}) {
		const {length} = managersOf(nodes.values());
		if (length === 0 || length % 2 === 1) return [];
		return [
			{
				on: theSwarm,
				evidence: safe`${plural(length, 'manager')}: ${majorityOf(length)} must be reachable, so ${length - majorityOf(length)} may fail`,
				remedy: toSafeText('docker node promote NODE, or docker node demote NODE'),
			},
		];
	},
};
