import {safe, toSafeText} from '../../../text/safe-text.ts';
import {isReachable, managersOf} from '../../quorum.ts';
import {onNode} from '../commands.ts';
import {type Rule, theNode} from '../rule.ts';

export const managerUnreachable: Rule = {
	id: 'manager-unreachable',
	area: 'managers',
	severity: 'danger',
	title: 'a manager that the others can’t reach',
	why: 'It counts as a member and votes no more: fewer of the others may fail.',
	find({state}) {
		return managersOf(state.nodes.values())
			.filter((node) => !isReachable(node))
			.map((node) => ({
				on: theNode(node),
				evidence: node.state === 'down' ? safe`${node.name} is down` : safe`${node.name} is unreachable`,
				remedy: safe`start it again, or ${onNode('demote', node, state)} ${toSafeText('and remove it')}`,
			}));
	},
};
