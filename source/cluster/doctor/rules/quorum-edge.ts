import {safe, toSafeText} from '../../../text/safe-text.ts';
import {quorumOf} from '../../quorum.ts';
import {type Rule, theSwarm} from '../rule.ts';

export const quorumEdge: Rule = {
	id: 'quorum-edge',
	area: 'managers',
	severity: 'danger',
	title: 'the quorum is lost, or the next manager that fails takes it',
	why: 'Without a majority of its managers a swarm can be neither changed nor repaired.',
	find({state: {nodes}}) {
		const quorum = quorumOf(nodes.values());
		// As many as there ever were: a small swarm is another rule’s.
		if (!quorum || quorum.reachable === quorum.managers || quorum.tolerated > 0) return [];
		const {reachable, managers, needed, tolerated} = quorum;
		return [
			{
				on: theSwarm,
				evidence: safe`${reachable} of ${managers} managers are reachable, ${needed} are needed`,
				remedy: toSafeText(
					tolerated < 0
						? 'start a manager again; else docker swarm init --force-new-cluster on one that is left'
						: 'start the missing manager again, or docker node demote it and docker node promote another',
				),
			},
		];
	},
};
