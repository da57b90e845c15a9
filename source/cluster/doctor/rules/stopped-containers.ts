import {plural} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

/** The swarm itself keeps the last few tasks of every slot. */
const many = 200;

export const stoppedContainers: Rule = {
	id: 'stopped-containers',
	area: 'nodes',
	severity: 'note',
	title: 'hundreds of stopped containers on a node',
	why: 'Each keeps its files and makes the engine slower to list and to start.',
	find({state: {nodes}, inside}) {
		return [...inside].flatMap(([nodeId, {info}]): Found[] => {
			const node = nodes.get(nodeId);
			const stopped = (info?.Containers ?? 0) - (info?.ContainersRunning ?? 0);
			if (!node || stopped < many) return [];
			return [
				{
					on: theNode(node),
					evidence: safe`${plural(stopped, 'container')} that do not run`,
					remedy: safe`docker container prune on ${node.name}`,
				},
			];
		});
	},
};
