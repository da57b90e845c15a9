import type {Annotations, Labels, Meta} from './common.ts';
import type {TypeOf} from './spec/go-types.ts';
import type {networkAttachment} from './spec/task.ts';

export type NetworkAttachmentConfig = TypeOf<typeof networkAttachment>;

export type IPAMConfig = {
	Subnet?: string;
	IPRange?: string;
	Gateway?: string;
	AuxiliaryAddresses?: Record<string, string>;
};

/** A network as GET /networks shows it (`Id`, not `ID`). */
export type Network = {
	Name: string;
	Id: string;
	Created: string;
	Scope: 'swarm' | 'local' | 'global';
	Driver: string;
	/** From API 1.48 on; always true for the swarm's. */
	EnableIPv4?: boolean;
	EnableIPv6: boolean;
	IPAM: {Driver: string; Options: Record<string, string> | null; Config: IPAMConfig[] | null};
	Internal: boolean;
	Attachable: boolean;
	Ingress: boolean;
	ConfigFrom: {Network: string};
	ConfigOnly: boolean;
	Containers?: Record<string, unknown> | null;
	Options: Record<string, string> | null;
	Labels: Labels | null;
	Peers?: {Name: string; IP: string}[];
	Services?: Record<string, unknown>;
	/** API 1.52, of a single network: how many addresses of each subnet are taken. */
	Status?: {IPAM?: {Subnets?: Record<string, {IPsInUse?: number; DynamicIPsAvailable?: number}>}};
};

/** A network as it stands inside a task's attachment: the swarm object itself. */
export type SwarmNetwork = Meta & {
	ID: string;
	Spec: Annotations & {
		DriverConfiguration?: {Name?: string; Options?: Record<string, string>};
		IPv6Enabled?: boolean;
		Internal?: boolean;
		Attachable?: boolean;
		Ingress?: boolean;
		IPAMOptions?: {Driver?: {Name?: string; Options?: Record<string, string>}; Configs?: IPAMConfig[]};
		Scope?: string;
	};
	DriverState?: {Name?: string; Options?: Record<string, string>};
	IPAMOptions?: {Driver?: {Name?: string; Options?: Record<string, string>}; Configs?: IPAMConfig[]};
};

export type NetworkAttachment = {Network?: SwarmNetwork; Addresses?: string[]};
