import type {Labels, Meta} from './common.ts';

export type NodeRole = 'worker' | 'manager';
export type NodeAvailability = 'active' | 'pause' | 'drain';
export type NodeState = 'unknown' | 'down' | 'ready' | 'disconnected';
export type Reachability = 'unknown' | 'unreachable' | 'reachable';

export type NodeSpec = {
	Name?: string;
	Labels: Labels;
	/** The desired role; the observed one shows in ManagerStatus once the node has joined or left raft. */
	Role: NodeRole;
	Availability: NodeAvailability;
};

export type GenericResource = {
	NamedResourceSpec?: {Kind: string; Value: string};
	DiscreteResourceSpec?: {Kind: string; Value: number};
};

export type Resources = {
	NanoCPUs?: number;
	MemoryBytes?: number;
	GenericResources?: GenericResource[];
};

export type TLSInfo = {TrustRoot?: string; CertIssuerSubject?: string; CertIssuerPublicKey?: string};

export type NodeDescription = {
	Hostname?: string;
	Platform?: {Architecture?: string; OS?: string};
	Resources?: Resources;
	Engine?: {EngineVersion?: string; Labels?: Labels; Plugins?: {Type: string; Name: string}[]};
	TLSInfo?: TLSInfo;
};

export type NodeStatus = {State: NodeState; Message?: string; Addr?: string};

/** Computed at read time from raft membership; absent on workers. */
export type ManagerStatus = {Leader?: true; Reachability: Reachability; Addr: string};

export type SwarmNode = Meta & {
	ID: string;
	Spec: NodeSpec;
	Description: NodeDescription;
	Status: NodeStatus;
	ManagerStatus?: ManagerStatus;
};
