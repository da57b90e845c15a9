import {bytes, plural} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {few} from '../commands.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

export const unusedVolumes: Rule = {
	id: 'unused-volumes',
	area: 'leftovers',
	severity: 'note',
	title: 'volumes on a node that no container uses',
	why: 'They take room on its disk; they may also hold what somebody misses.',
	find({state: {nodes}, inside}) {
		return [...inside].flatMap(([nodeId, {disk}]): Found[] => {
			const node = nodes.get(nodeId);
			const idle = (disk?.Volumes ?? []).filter(({UsageData}) => UsageData?.RefCount === 0);
			if (!node || idle.length === 0) return [];
			const size = idle.reduce((sum, {UsageData}) => sum + Math.max(0, UsageData?.Size ?? 0), 0);
			return [
				{
					on: theNode(node),
					evidence: safe`${plural(idle.length, 'volume')}, ${bytes(size)}: ${few(idle.map(({Name}) => toSafeText(Name.slice(0, 20))))}`,
					remedy: safe`docker volume prune -a on ${node.name}, once you know that nobody needs them`,
				},
			];
		});
	},
};
