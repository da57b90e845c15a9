import {plural} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {onNode} from '../commands.ts';
import {type Rule, theNode} from '../rule.ts';

export const nodeDown: Rule = {
	id: 'node-down',
	area: 'nodes',
	severity: 'danger',
	title: 'a node that is down',
	why: 'Its tasks run elsewhere, where there is room for them, and nothing can run on it.',
	find({state}) {
		return [...state.nodes.values()]
			.filter(({state: is, manager}) => (is === 'down' || is === 'disconnected') && !manager)
			.map((node) => {
				const left = node.tasks?.desired ?? 0;
				const is = toSafeText(node.state);
				return {
					on: theNode(node),
					evidence: left > 0 ? safe`${is}, with ${plural(left, 'task')} meant to run on it` : is,
					remedy: safe`start it again, or ${onNode('rm', node, state)}`,
				};
			});
	},
};
