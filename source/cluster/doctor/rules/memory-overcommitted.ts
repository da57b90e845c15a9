import {bytes} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {isTerminal, isWanted} from '../../entities/health.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

export const memoryOvercommitted: Rule = {
	id: 'memory-overcommitted',
	area: 'capacity',
	severity: 'note',
	title: 'the memory limits of a node’s tasks add up to more than it has',
	why: 'When they all use what they may, the kernel kills some of them.',
	find({state: {nodes, services, tasks}}) {
		const limits = new Map<string, number>();
		for (const {nodeId, serviceId, state, desired} of tasks.values()) {
			if (!isWanted(desired) || isTerminal(state)) continue;
			const limit = services.get(serviceId)?.raw.Spec.TaskTemplate.Resources?.Limits?.MemoryBytes ?? 0;
			if (limit > 0) limits.set(nodeId, (limits.get(nodeId) ?? 0) + limit);
		}
		return [...limits].flatMap(([nodeId, limit]): Found[] => {
			const node = nodes.get(nodeId);
			const has = node?.capacity.memoryBytes ?? 0;
			if (!node || has === 0 || limit <= has) return [];
			return [
				{
					on: theNode(node),
					evidence: safe`limits of ${bytes(limit)} on ${bytes(has)}`,
					remedy: toSafeText('docker service update --limit-memory or --reserve-memory of what runs there'),
				},
			];
		});
	},
};
