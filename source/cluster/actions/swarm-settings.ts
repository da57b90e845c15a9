import {ok} from '../../runtime/result.ts';
import type {SwarmSpec} from '../../wire/swarm.ts';
import {swarmCommand} from '../docker-command/swarm-command.ts';
import {type Change, isSame, keyOf, reversed, valueAt, withChanges} from '../edit/changes.ts';
import type {ClusterState} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {type Action, type Draft, verdict} from './action.ts';
import {specDiff} from './spec-diff.ts';
import {settings} from './swarm-messages.ts';
import {refused, type SwarmSubject, swarmIn, theSwarm, updateSwarm} from './swarm-subject.ts';

export type SwarmSettingsIntent = {
	readonly action: 'swarm.settings';
	readonly changes: readonly Change[];
	/** The settings that the changes were made from. */
	readonly seen: SwarmSpec;
} & SwarmSubject;

/** Changes what the swarm itself has for settings: task history, heartbeat, certificates, snapshots. */
export const swarmSettings: Action<SwarmSettingsIntent> = {
	verb: () => 'Change',
	plan,
	command: ({changes, seen}) => swarmCommand(seen, withChanges(seen, changes)),
	send: ({changes}, {client}) =>
		updateSwarm(client, {
			change(spec) {
				const other = changes.find(
					({path, from, to}) => !isSame(valueAt(spec, path), from) && !isSame(valueAt(spec, path), to),
				);
				if (!other) return ok(withChanges(spec, changes));
				const words = (value: unknown): string => (value === undefined ? 'not set' : keyOf(value));
				const now = words(valueAt(spec, other.path));
				return refused(settings.conflict(other.path.join('.'), words(other.from), now), settings.conflictNext);
			},
		}),
	judge: () => verdict('converged', 1, 1, settings.changed),
	settles: 'settings',
	audited: ({seen: _, ...rest}) => rest,
};

function plan({changes, seen}: SwarmSettingsIntent, state: ClusterState): Draft<SwarmSettingsIntent> {
	const title = settings.title(changes.length);
	const now = swarmIn(state)?.Spec ?? seen;
	const after = withChanges(now, changes);
	if (isSame(now, after)) return {title, refusal: settings.same};
	return {
		title,
		lines: changes.flatMap(consequence),
		diff: specDiff(now, after),
		consent: {kind: 'dialog'},
		undo: {action: 'swarm.settings', ...theSwarm, changes: reversed(changes), seen: after},
	};
}

function consequence({path, to}: Change): readonly PlanLine[] {
	switch (path.join('.')) {
		case 'Orchestration.TaskHistoryRetentionLimit':
			return [settings.historyNow];
		case 'Dispatcher.HeartbeatPeriod':
			return typeof to === 'number' ? [settings.heartbeat(to)] : [];
		case 'CAConfig.NodeCertExpiry':
			return [settings.expiry];
		case 'CAConfig.ForceRotate':
			return [settings.rotates];
		case 'EncryptionConfig.AutoLockManagers':
			return settings.locks(to === true);
		default:
			return [];
	}
}
