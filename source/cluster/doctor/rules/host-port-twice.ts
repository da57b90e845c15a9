import {safe, toSafeText} from '../../../text/safe-text.ts';
import type {ServiceEntity} from '../../model.ts';
import {type Found, type Rule, theService} from '../rule.ts';
import {isServing, nodesFor} from '../service-rules.ts';

export const hostPortTwice: Rule = {
	id: 'host-port-twice',
	area: 'capacity',
	severity: 'warning',
	title: 'two services want the same port of the same nodes',
	why: 'Only one of them can have it on each node: the other finds fewer places, or none.',
	find({state: {services, nodes}}) {
		const holders = new Map<string, {readonly service: ServiceEntity; readonly mode: string}[]>();
		for (const service of [...services.values()].filter(isServing)) {
			for (const {protocol, publishedPort, mode} of service.ports) {
				if (publishedPort === 0) continue;
				const key = `${publishedPort}/${protocol}`;
				const list = holders.get(key);
				if (list) list.push({service, mode});
				else holders.set(key, [{service, mode}]);
			}
		}
		return [...holders].flatMap(([port, list]): Found[] => {
			const [first, ...others] = list.sort((a, b) => (a.service.name < b.service.name ? -1 : 1));
			return others.flatMap(({service, mode}): Found[] => {
				if (!first || first.service.id === service.id || ![first.mode, mode].includes('host')) return [];
				// A port of the routing mesh is taken on every node.
				const places = new Set(nodesFor(first.service, nodes));
				const isShared =
					[first.mode, mode].includes('ingress') || nodesFor(service, nodes).some((node) => places.has(node));
				if (!isShared) return [];
				return [
					{
						on: theService(service),
						evidence: safe`it publishes ${toSafeText(port)}, as ${first.service.name} does`,
						remedy: toSafeText('publish another port, or keep the two on different nodes with constraints'),
					},
				];
			});
		});
	},
};
