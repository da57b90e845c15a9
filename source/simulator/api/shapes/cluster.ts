import {annotations, driver} from '../../../wire/spec/common.ts';
import {
	any,
	bool,
	bytes,
	duration,
	field,
	int,
	int64,
	optional,
	pointer,
	slice,
	string,
	strings,
	stringType,
	structFor,
	uint32,
	uint64,
} from '../../../wire/spec/go-types.ts';
import type {ConfigSpec, SecretSpec} from '../../../wire/store.ts';
import type {SwarmSpec} from '../../../wire/swarm.ts';

/** Secrets, configs and the swarm itself: moby api/types/swarm/{secret,config,swarm}.go, API 1.51. */

export const secretSpec = structFor<SecretSpec>('swarm.SecretSpec', {
	...annotations,
	Data: optional(bytes),
	Driver: optional(pointer(driver)),
	Templating: optional(pointer(driver)),
});

export const configSpec = structFor<ConfigSpec>('swarm.ConfigSpec', {
	...annotations,
	Data: optional(bytes),
	Templating: optional(pointer(driver)),
});

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

/** Body of POST /swarm/init. */
type InitBody = {
	ListenAddr: string;
	AdvertiseAddr: string;
	DataPathAddr: string;
	DataPathPort: number;
	ForceNewCluster: boolean;
	Spec: SwarmSpec;
	AutoLockManagers: boolean;
	Availability: string;
	DefaultAddrPool: string[];
	SubnetSize: number;
};

export const initRequest = structFor<InitBody>('swarm.InitRequest', {
	ListenAddr: field(string),
	AdvertiseAddr: field(string),
	DataPathAddr: field(string),
	DataPathPort: field(uint32),
	ForceNewCluster: field(bool),
	Spec: field(swarmSpec),
	AutoLockManagers: field(bool),
	Availability: field(stringType('swarm.NodeAvailability')),
	DefaultAddrPool: field(strings),
	SubnetSize: field(uint32),
});

/** Body of POST /swarm/join. */
type JoinBody = {
	ListenAddr: string;
	AdvertiseAddr: string;
	DataPathAddr: string;
	RemoteAddrs: string[];
	JoinToken: string;
	Availability: string;
};

export const joinRequest = structFor<JoinBody>('swarm.JoinRequest', {
	ListenAddr: field(string),
	AdvertiseAddr: field(string),
	DataPathAddr: field(string),
	RemoteAddrs: field(strings),
	JoinToken: field(string),
	Availability: field(stringType('swarm.NodeAvailability')),
});

export const unlockRequest = structFor<{UnlockKey: string}>('swarm.UnlockRequest', {UnlockKey: field(string)});
