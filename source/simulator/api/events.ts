import type {Clock} from '../../runtime/clock.ts';
import type {NodeObject, ServiceObject} from '../../swarmkit/state/objects.ts';
import type {Change, Store} from '../../swarmkit/state/store.ts';
import type {EngineEvent} from '../../wire/event.ts';
import type {Events} from '../contract.ts';
import {nodeName} from './names.ts';

/** What a manager's engine tells of its swarm (moby daemon/events.go). */

/** The two times of an event, from a clock reading in milliseconds. */
const stampOf = (milliseconds: number): Pick<EngineEvent, 'time' | 'timeNano'> => ({
	time: Math.floor(milliseconds / 1000),
	timeNano: Math.round(milliseconds * 1_000_000),
});

/**
 * Publishes every change of the swarm's nodes, services, networks, secrets and configs on a manager's engine, as it commits
 * ; tasks and the swarm itself give no events. Gives back what ends it: workers are silent.
 */
export function publishSwarmEvents(store: Store, events: Events, clock: Clock): () => void {
	return store.watch(({changes}) => {
		for (const change of changes) {
			const event = eventOf(change, clock.now());
			if (event) events.publish(event);
		}
	});
}

function eventOf(change: Change, now: number): EngineEvent | undefined {
	if (change.kind === 'task' || change.kind === 'cluster') return undefined;
	const {object} = change;
	return {
		Type: change.kind,
		Action: change.action,
		Actor: {ID: object.id, Attributes: attributesOf(change)},
		scope: 'swarm',
		...stampOf(change.action === 'create' ? object.createdAt : change.action === 'update' ? object.updatedAt : now),
	};
}

/** Keys in the order of Go's maps on the wire: sorted. */
function attributesOf(change: Exclude<Change, {kind: 'task' | 'cluster'}>): Record<string, string> {
	switch (change.kind) {
		case 'service':
			return sortedKeys({name: change.object.spec.Name, ...(change.action === 'update' ? serviceChanges(change) : {})});
		case 'node':
			return sortedKeys({name: nodeName(change.object), ...(change.action === 'update' ? nodeChanges(change) : {})});
		case 'network':
			return {name: change.object.name};
		case 'secret':
		case 'config':
			return {name: change.object.spec.Name};
	}
}

const sortedKeys = (record: Record<string, string>): Record<string, string> =>
	Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** `KEY.new` and `KEY.old`, if it changed. */
const difference = (key: string, before: string, after: string): Record<string, string> =>
	before === after ? {} : {[`${key}.new`]: after, [`${key}.old`]: before};

function nodeChanges({object, previous}: {object: NodeObject; previous: NodeObject}): Record<string, string> {
	return {
		...difference('availability', previous.spec.Availability, object.spec.Availability),
		...difference('role', previous.role, object.role),
		...difference('state', previous.status.State, object.status.State),
	};
}

function serviceChanges({object, previous}: {object: ServiceObject; previous: ServiceObject}): Record<string, string> {
	const image = ({spec}: ServiceObject) => spec.TaskTemplate.ContainerSpec?.Image ?? '';
	const replicas = ({spec}: ServiceObject) => String(spec.Mode.Replicated?.Replicas ?? '');
	return {
		...difference('image', image(previous), image(object)),
		...difference('replicas', replicas(previous), replicas(object)),
		...updateStateChange(previous.updateStatus?.state, object.updateStatus?.state),
	};
}

/** A status that is wiped shows nothing; a first one has no old one. */
function updateStateChange(before: string | undefined, after: string | undefined): Record<string, string> {
	if (after === undefined) return {};
	return before === undefined ? {'updatestate.new': after} : difference('updatestate', before, after);
}
