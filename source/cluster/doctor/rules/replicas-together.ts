import {safe, toSafeText} from '../../../text/safe-text.ts';
import {takesTasks} from '../../capacity.ts';
import {zoneKeyOf, zoneOf} from '../../topology.ts';
import {updateService} from '../commands.ts';
import {isServing, liveTasks, serviceRule} from '../service-rules.ts';

export const replicasTogether = serviceRule({
	id: 'replicas-together',
	severity: 'warning',
	title: 'all tasks of a service are on one node, or in one zone',
	why: 'What takes that node or zone takes the whole service.',
	check(service, {state}) {
		const running = liveTasks(service, state).filter((task) => task.state === 'running');
		if (service.mode !== 'replicated' || !isServing(service) || running.length < 2) return undefined;
		const nodes = [...state.nodes.values()].filter(takesTasks);
		const places = [...new Set(running.map(({nodeId}) => nodeId))].flatMap((id) => state.nodes.get(id) ?? []);
		const [place] = places;
		if (!place || nodes.length < 2) return undefined;
		const remedy = toSafeText('once there is room elsewhere: ');
		const again = updateService('--force', service, state);
		if (places.length === 1) {
			return {evidence: safe`all ${running.length} are on ${place.name}`, remedy: safe`${remedy}${again}`};
		}
		const key = zoneKeyOf(state);
		const zones = new Set(nodes.map((node) => zoneOf(node, key)));
		const zone = zoneOf(place, key);
		if (key.of === 'role' || zones.size < 2 || zone === '' || places.some((node) => zoneOf(node, key) !== zone))
			return undefined;
		const spread = toSafeText(`--placement-pref-add spread=node.labels.${key.name}`);
		return {
			evidence: safe`all ${running.length} are in ${toSafeText(key.name)} ${zone}`,
			remedy: key.of === 'label' ? updateService(spread, service, state) : again,
		};
	},
});
