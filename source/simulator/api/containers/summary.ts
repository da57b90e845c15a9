import type {Container} from '../../contract.ts';
import type {Call} from '../call.ts';
import {sorted} from '../go/encode.ts';
import {renderMounts} from './mounts.ts';
import {networksOf} from './networks.ts';
import {statusText} from './status.ts';

/** A row of GET /containers/json (moby daemon/list.go). */
export function summarise(call: Call, container: Container): Record<string, unknown> {
	return {
		Id: container.id,
		Names: [`/${container.name}`],
		Image: container.image,
		ImageID: container.imageId,
		Command: commandText(container.command),
		Created: Math.floor(container.createdAt / 1000),
		Ports: portsOf(container),
		Labels: sorted(container.labels, (value) => value),
		State: container.state,
		Status: statusText(container, call.host.clock.now()),
		HostConfig: {NetworkMode: 'bridge'},
		NetworkSettings: {Networks: networksOf(call, container, {wantsNames: false})},
		Mounts: renderMounts(container),
	};
}

/** Arguments with blanks in them are set in quotes. */
const commandText = ([program = '', ...args]: readonly string[]): string =>
	[program, ...args.map((argument) => (argument.includes(' ') ? `'${argument}'` : argument))].join(' ');

/** Ports that the host itself publishes; those of the routing mesh belong to no container. */
export function hostPortsOf({task, state}: Container) {
	if (state !== 'running') return [];
	return (task?.endpointSpec?.Ports ?? []).filter(
		({PublishMode: mode, PublishedPort: published}) => mode === 'host' && published,
	);
}

const portsOf = (container: Container) =>
	hostPortsOf(container).flatMap(({TargetPort, PublishedPort, Protocol}) =>
		['0.0.0.0', '::'].map((IP) => ({
			IP,
			PrivatePort: TargetPort ?? 0,
			PublicPort: PublishedPort ?? 0,
			Type: Protocol ?? 'tcp',
		})),
	);
