import {plural} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {takesTasks} from '../../capacity.ts';
import {managersOf} from '../../quorum.ts';
import {few, onNode} from '../commands.ts';
import {type Rule, theSwarm} from '../rule.ts';

/** A swarm of more nodes than that has enough of them without its managers. */
const smallUpTo = 10;

export const managersTakeTasks: Rule = {
	id: 'managers-take-tasks',
	area: 'managers',
	severity: 'warning',
	title: 'managers run tasks in a swarm of more than 10 nodes',
	why: 'A task that takes all of a manager’s CPU or memory makes it lose touch with the others.',
	find({state}) {
		const [first, ...others] = managersOf(state.nodes.values()).filter(takesTasks);
		if (!first || state.nodes.size <= smallUpTo) return [];
		const names = [first, ...others].map(({name}) => name);
		return [
			{
				on: theSwarm,
				evidence: safe`${few(names)} of ${plural(state.nodes.size, 'node')} take tasks`,
				remedy: onNode('update --availability drain', first, state),
			},
		];
	},
};
