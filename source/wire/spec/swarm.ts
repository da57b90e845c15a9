import type {SwarmSpec} from '../swarm.ts';
import {annotations, driver} from './common.ts';
import {any, bool, duration, field, int, int64, optional, pointer, slice, structFor, uint64} from './go-types.ts';

/** The swarm's own settings: moby api/types/swarm/swarm.go, API 1.51. */

export const swarmSpec = structFor<SwarmSpec>('swarm.Spec', {
	...annotations,
	Orchestration: field(
		structFor<SwarmSpec['Orchestration']>('swarm.OrchestrationConfig', {
			TaskHistoryRetentionLimit: optional(pointer(int64)),
		}),
	),
	Raft: field(
		structFor<SwarmSpec['Raft']>('swarm.RaftConfig', {
			SnapshotInterval: optional(uint64),
			KeepOldSnapshots: optional(pointer(uint64)),
			LogEntriesForSlowFollowers: optional(uint64),
			ElectionTick: field(int),
			HeartbeatTick: field(int),
		}),
	),
	Dispatcher: field(
		structFor<SwarmSpec['Dispatcher']>('swarm.DispatcherConfig', {HeartbeatPeriod: optional(duration)}),
	),
	CAConfig: field(
		structFor<SwarmSpec['CAConfig']>('swarm.CAConfig', {
			NodeCertExpiry: optional(duration),
			ExternalCAs: optional(slice(any)),
			ForceRotate: optional(uint64),
		}),
	),
	TaskDefaults: field(
		structFor<SwarmSpec['TaskDefaults']>('swarm.TaskDefaults', {LogDriver: optional(pointer(driver))}),
	),
	EncryptionConfig: field(
		structFor<SwarmSpec['EncryptionConfig']>('swarm.EncryptionConfig', {AutoLockManagers: field(bool)}),
	),
});
