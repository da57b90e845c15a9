/** An event of the engine's stream as the screens see it. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {EngineEvent} from '../../wire/event.ts';
import type {Health} from '../model.ts';
import {cleanWord} from './common.ts';

/** What an event says of a change: `state` from `ready` to `down`. */
type Change = {readonly what: SafeText; readonly from: SafeText; readonly to: SafeText};

export type EventEntity = {
	/** Events have no ID: when it came, what it is about and what it says tell it from all others. */
	readonly id: string;
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** `service`, `node`, `container`, … */
	readonly type: SafeText;
	/** `update`, `create`, `die`, … */
	readonly action: SafeText;
	/** Of what it is about. */
	readonly objectId: string;
	/** The node whose engine told of it; '' for the engine that is asked for the swarm. */
	readonly node: SafeText;
	/** '' when the event doesn't say it. */
	readonly name: SafeText;
	/** `swarm` for what concerns the cluster, `local` for the asked engine alone. */
	readonly scope: 'swarm' | 'local';
	readonly changes: readonly Change[];
	readonly exitCode: number | undefined;
	readonly health: Health;
	readonly raw: EngineEvent;
};

/** What a node or an update can come to that somebody should look at. */
const troubled = new Set<string>(['down', 'disconnected', 'unreachable', 'paused', 'rollback_paused']);

const endings = new Set(['die', 'kill', 'destroy', 'remove', 'delete']);

export function eventEntity(raw: EngineEvent, node: SafeText = toSafeText('')): EventEntity {
	const {Actor: actor, Type: type, Action: action, timeNano, time, scope = 'local'} = raw;
	const attributes = actor.Attributes ?? {};
	const exitCode = attributes['exitCode'] === undefined ? undefined : Number(attributes['exitCode']);
	const changes = changesIn(attributes);
	return {
		id: cleanWord(`${timeNano ?? time} ${type} ${action} ${actor.ID}`),
		at: timeNano ? timeNano / 1e6 : time * 1000,
		type: toSafeText(type),
		action: toSafeText(action),
		objectId: cleanWord(actor.ID),
		node,
		name: toSafeText(attributes['name'] ?? ''),
		scope: cleanWord(scope),
		changes,
		exitCode,
		health: healthOf(action, exitCode, changes),
		raw,
	};
}

/** `replicas.old` and `replicas.new` are one change (moby daemon/cluster/events.go). */
function changesIn(attributes: Readonly<Record<string, string>>): Change[] {
	return Object.keys(attributes)
		.filter((key) => key.endsWith('.new'))
		.map((key) => {
			const what = key.slice(0, -'.new'.length);
			return {
				what: toSafeText(what),
				from: toSafeText(attributes[`${what}.old`] ?? ''),
				to: toSafeText(attributes[key] ?? ''),
			};
		});
}

function healthOf(action: string, exitCode: number | undefined, changes: readonly Change[]): Health {
	if (action === 'oom' || action === 'health_status: unhealthy' || (exitCode ?? 0) !== 0) return 'failing';
	if (changes.some(({to}) => troubled.has(to))) return 'failing';
	return endings.has(action) ? 'idle' : 'healthy';
}
