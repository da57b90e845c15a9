import {parsePorts} from '../../../compose/load/ports.ts';
import {failed, ok} from '../../../runtime/result.ts';
import type {PortConfig} from '../../../wire/task.ts';
import {badValue} from '../messages.ts';
import type {Apply} from './flag-values.ts';

/** Ports that a service publishes, added and taken away. */

const portKey = ({TargetPort, Protocol = 'tcp'}: PortConfig): string => `${TargetPort}/${Protocol}`;

export const addPorts = (): Apply => (spec, values, flag) => {
	const before = spec.EndpointSpec?.Ports ?? [];
	const added: PortConfig[] = [];
	for (const value of values) {
		const ports = parsePorts(value);
		if (!ports.ok) return failed(badValue(flag, value, 'PUBLISHED:TARGET[/PROTOCOL]'));
		for (const {target = 0, published = 0, protocol} of ports.value) {
			added.push({
				Protocol: protocol as NonNullable<PortConfig['Protocol']>,
				TargetPort: target,
				PublishedPort: published,
				PublishMode: 'ingress',
			});
		}
	}
	const isSame = (a: PortConfig, b: PortConfig): boolean =>
		portKey(a) === portKey(b) && a.PublishedPort === b.PublishedPort && a.PublishMode === b.PublishMode;
	const kept = before.filter((port) => !added.some((each) => isSame(each, port)));
	return ok({...spec, EndpointSpec: {...spec.EndpointSpec, Ports: [...kept, ...added]}});
};

export const removePorts = (): Apply => (spec, values, flag) => {
	const wanted: string[] = [];
	for (const value of values) {
		const match = /^(\d+)(?:\/(tcp|udp|sctp))?$/.exec(value);
		if (!match) return failed(badValue(flag, value, "the container's port, as 80 or 80/udp"));
		wanted.push(`${match[1]}/${match[2] ?? 'tcp'}`);
	}
	const Ports = (spec.EndpointSpec?.Ports ?? []).filter((port) => !wanted.includes(portKey(port)));
	return ok({...spec, EndpointSpec: {...spec.EndpointSpec, Ports}});
};
