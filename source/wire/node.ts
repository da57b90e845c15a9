import type {Labels, Meta} from './common.ts';
import type {TypeOf} from './spec/go-types.ts';
import type {nodeSpec} from './spec/node.ts';

export type NodeSpec = TypeOf<typeof nodeSpec>;
export type NodeRole = NodeSpec['Role'];
export type NodeAvailability = NodeSpec['Availability'];
export type NodeState = 'unknown' | 'down' | 'ready' | 'disconnected';
export type Reachability = 'unknown' | 'unreachable' | 'reachable';

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
