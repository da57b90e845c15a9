import {annotations, driver} from '../../../wire/spec/common.ts';
import {
	bool,
	bytes,
	field,
	optional,
	pointer,
	string,
	strings,
	stringType,
	structFor,
	uint32,
} from '../../../wire/spec/go-types.ts';
import {swarmSpec} from '../../../wire/spec/swarm.ts';
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
