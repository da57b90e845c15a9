import {safe, toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {isServing, nodesFor, serviceRule} from '../service-rules.ts';

export const fewPlaces = serviceRule({
	id: 'few-places',
	severity: 'warning',
	title: 'constraints that one node meets, or none',
	why: 'When that node is gone there is no other; where none meets them, nothing runs at all.',
	check(service, {state}) {
		const constraints = service.raw.Spec.TaskTemplate.Placement?.Constraints ?? [];
		if (!isServing(service) || constraints.length === 0 || state.nodes.size === 0) return undefined;
		const [node, ...others] = nodesFor(service, state.nodes);
		if (others.length > 0 || (node && (state.nodes.size === 1 || service.mode === 'global'))) return undefined;
		const wanted = toSafeText(constraints.join(', '));
		const label = constraints.flatMap(
			(each) => /^node\.labels\.([\w.-]+)\s*==\s*([\w.-]+)$/.exec(each)?.slice(1) ?? [],
		);
		const [key, value] = label;
		return {
			evidence: node ? safe`only ${node.name} meets ${wanted}` : safe`no node meets ${wanted}`,
			remedy:
				key === undefined
					? updateService('--constraint-rm CONSTRAINT', service, state)
					: toSafeText(`docker node update --label-add ${key}=${value} NODE`),
			...(!node && service.mode !== 'global' && {severity: 'danger'}),
		};
	},
});
