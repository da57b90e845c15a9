import type {IPAMConfig} from '../../../wire/network.ts';
import {bool, field, optional, pointer, slice, string, stringMap, structFor} from '../../../wire/spec/go-types.ts';

/** Body of POST /networks/create: moby api/types (NetworkCreateRequest), API 1.51. */

export type NetworkBody = {
	Name: string;
	CheckDuplicate: boolean;
	Driver: string;
	Scope: string;
	EnableIPv4: boolean;
	EnableIPv6: boolean;
	IPAM: {Driver: string; Options: Record<string, string>; Config: IPAMConfig[]};
	Internal: boolean;
	Attachable: boolean;
	Ingress: boolean;
	ConfigOnly: boolean;
	ConfigFrom: {Network: string};
	Options: Record<string, string>;
	Labels: Record<string, string>;
};

const ipamConfig = structFor<IPAMConfig>('network.IPAMConfig', {
	Subnet: optional(string),
	IPRange: optional(string),
	Gateway: optional(string),
	AuxiliaryAddresses: optional(stringMap),
});

const embedded = 'NetworkCreate';

export const networkRequest = structFor<NetworkBody>('types.NetworkCreateRequest', {
	Name: field(string),
	CheckDuplicate: field(bool, {embedded}),
	Driver: field(string, {embedded}),
	Scope: field(string, {embedded}),
	EnableIPv4: field(pointer(bool), {embedded}),
	EnableIPv6: field(bool, {embedded}),
	IPAM: field(
		pointer(
			structFor<NetworkBody['IPAM']>('network.IPAM', {
				Driver: field(string),
				Options: field(stringMap),
				Config: field(slice(ipamConfig)),
			}),
		),
		{embedded},
	),
	Internal: field(bool, {embedded}),
	Attachable: field(bool, {embedded}),
	Ingress: field(bool, {embedded}),
	ConfigOnly: field(bool, {embedded}),
	ConfigFrom: field(pointer(structFor<{Network: string}>('network.ConfigReference', {Network: field(string)})), {
		embedded,
	}),
	Options: field(stringMap, {embedded}),
	Labels: field(stringMap, {embedded}),
});
