import type {EngineEvent} from '../../wire/event.ts';
import type {Events} from '../contract.ts';

/** What an engine tells about its containers, with the attributes of moby daemon/events.go. */

export type EventSubject = {
	readonly id: string;
	readonly name: string;
	readonly image: string;
	readonly labels: Readonly<Record<string, string>>;
};

export function publishContainerEvent(
	events: Events,
	action: string,
	{id, name, image, labels}: EventSubject,
	extra: Readonly<Record<string, string>> = {},
): void {
	const event: EngineEvent = {
		status: action,
		id,
		from: image,
		Type: 'container',
		Action: action,
		Actor: {ID: id, Attributes: sorted({...labels, image, name, ...extra})},
		scope: 'local',
		time: 0,
		timeNano: 0,
	};
	events.publish(event);
}

export function publishNetworkEvent(
	events: Events,
	action: string,
	network: {readonly id: string; readonly name: string; readonly driver: string},
	containerId?: string,
): void {
	const attributes = {...(containerId ? {container: containerId} : {}), name: network.name, type: network.driver};
	events.publish({
		Type: 'network',
		Action: action,
		Actor: {ID: network.id, Attributes: attributes},
		scope: 'local',
		time: 0,
		timeNano: 0,
	});
}

/** Go writes a map's keys in order. */
function sorted(attributes: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
