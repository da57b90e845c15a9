import {safe, toSafeText} from '../../../text/safe-text.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

const outdated = ['vfs', 'devicemapper', 'aufs', 'overlay'];

export const storageDriver: Rule = {
	id: 'storage-driver',
	area: 'nodes',
	severity: 'warning',
	title: 'a node whose file system is not what overlay2 needs',
	why: 'Images take many times the room and containers start slowly; newer engines refuse such nodes.',
	find({state: {nodes}, inside}) {
		return [...inside].flatMap(([nodeId, {info}]): Found[] => {
			const node = nodes.get(nodeId);
			const driver = info?.Driver ?? '';
			const hasNoTypes = (info?.DriverStatus ?? []).some(
				([key, value]) => key === 'Supports d_type' && value === 'false',
			);
			if (!node || (!outdated.includes(driver) && !hasNoTypes)) return [];
			return [
				{
					on: theNode(node),
					evidence: hasNoTypes
						? toSafeText('its file system has no d_type')
						: safe`its storage driver is ${toSafeText(driver)}`,
					remedy: toSafeText('drain it, move /var/lib/docker to ext4 or to xfs with ftype=1, and set overlay2'),
				},
			];
		});
	},
};
