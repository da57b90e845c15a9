import type {Labels, Meta, ObjectVersion} from './common.ts';
import type {TLSInfo} from './node.ts';

export type SwarmSpec = {
	Name: string;
	Labels: Labels;
	Orchestration: {TaskHistoryRetentionLimit?: number};
	Raft: {
		SnapshotInterval?: number;
		KeepOldSnapshots?: number;
		LogEntriesForSlowFollowers?: number;
		ElectionTick?: number;
		HeartbeatTick?: number;
	};
	Dispatcher: {HeartbeatPeriod?: number};
	CAConfig: {NodeCertExpiry?: number; ExternalCAs?: unknown[]; ForceRotate?: number};
	TaskDefaults: {LogDriver?: {Name?: string; Options?: Record<string, string>}};
	EncryptionConfig: {AutoLockManagers: boolean};
};

/** Without join tokens: what /info carries. */
export type ClusterInfo = Meta & {
	ID: string;
	Spec: SwarmSpec;
	TLSInfo: TLSInfo;
	RootRotationInProgress: boolean;
	DefaultAddrPool: string[] | null;
	SubnetSize: number;
	DataPathPort: number;
};

export type Swarm = ClusterInfo & {JoinTokens: {Worker: string; Manager: string}};

/** What `POST /swarm/init` takes; what is left out or zero takes the engine's default. */
export type SwarmInit = {
	ListenAddr: string;
	AdvertiseAddr?: string;
	DataPathAddr?: string;
	DataPathPort?: number;
	ForceNewCluster?: boolean;
	AutoLockManagers?: boolean;
	Availability?: string;
	DefaultAddrPool?: string[];
	SubnetSize?: number;
	Spec?: Partial<SwarmSpec>;
};

export type SwarmJoin = {
	ListenAddr: string;
	AdvertiseAddr?: string;
	DataPathAddr?: string;
	RemoteAddrs: string[];
	JoinToken: string;
	Availability?: string;
};

export type UnlockKeyAnswer = {UnlockKey: string};

type LocalNodeState = 'inactive' | 'pending' | 'active' | 'error' | 'locked';

/** The `Swarm` part of /info. */
export type SwarmInfo = {
	NodeID: string;
	NodeAddr: string;
	LocalNodeState: LocalNodeState;
	ControlAvailable: boolean;
	Error: string;
	RemoteManagers: {NodeID: string; Addr: string}[] | null;
	Nodes?: number;
	Managers?: number;
	Cluster?: ClusterInfo;
	Warnings?: string[];
};

/** The part of /info that swarmtop reads; the engine sends many more keys. */
export type SystemInfo = {
	ID: string;
	Name: string;
	ServerVersion: string;
	NCPU: number;
	MemTotal: number;
	OperatingSystem?: string;
	OSType?: string;
	Architecture?: string;
	KernelVersion?: string;
	/** The engine's clock. */
	SystemTime?: string;
	Driver?: string;
	DriverStatus?: [string, string][] | null;
	Containers?: number;
	ContainersRunning?: number;
	Images?: number;
	Labels?: string[] | null;
	Swarm: SwarmInfo;
	Warnings?: string[] | null;
};

export type EngineVersion = {
	Version: string;
	ApiVersion: string;
	MinAPIVersion?: string;
	Os?: string;
	Arch?: string;
	KernelVersion?: string;
	GitCommit?: string;
	GoVersion?: string;
	BuildTime?: string;
};

export type {ObjectVersion};
