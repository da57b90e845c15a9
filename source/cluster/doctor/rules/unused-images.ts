import {bytes, plural} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

const worthBytes = 2 ** 30;

export const unusedImages: Rule = {
	id: 'unused-images',
	area: 'leftovers',
	severity: 'note',
	title: 'more than 1 GiB of images on a node that no container uses',
	why: 'A full disk stops everything on its node.',
	find({state: {nodes}, inside}) {
		return [...inside].flatMap(([nodeId, {disk}]): Found[] => {
			const node = nodes.get(nodeId);
			const idle = (disk?.Images ?? []).filter(({Containers}) => Containers === 0);
			const size = idle.reduce((sum, image) => sum + image.Size - Math.max(0, image.SharedSize ?? 0), 0);
			if (!node || size < worthBytes) return [];
			return [
				{
					on: theNode(node),
					evidence: safe`${plural(idle.length, 'image')}, ${bytes(size)}`,
					remedy: safe`docker image prune -a on ${node.name}`,
				},
			];
		});
	},
};
