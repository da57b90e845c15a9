import type {EndpointSpec, ServiceMode, ServiceSpec, UpdateConfig} from '../../../wire/service.ts';
import {duration, field, float32, optional, pointer, slice, stringType, struct, uint64} from '../go/schema.ts';
import {annotations} from './common.ts';
import {networkAttachment, portConfig, taskSpec} from './task.ts';

/** moby api/types/swarm/service.go, API 1.51. */

const replicated = struct<{Replicas?: number | null}>('swarm.ReplicatedService', {
	Replicas: optional(pointer(uint64)),
});

const replicatedJob = struct<{MaxConcurrent?: number; TotalCompletions?: number}>('swarm.ReplicatedJob', {
	MaxConcurrent: optional(pointer(uint64)),
	TotalCompletions: optional(pointer(uint64)),
});

const serviceMode = struct<ServiceMode>('swarm.ServiceMode', {
	Replicated: optional(pointer(replicated)),
	Global: optional(pointer(struct<Record<string, never>>('swarm.GlobalService', {}))),
	ReplicatedJob: optional(pointer(replicatedJob)),
	GlobalJob: optional(pointer(struct<Record<string, never>>('swarm.GlobalJob', {}))),
});

const updateConfig = struct<UpdateConfig>('swarm.UpdateConfig', {
	Parallelism: field(uint64),
	Delay: optional(duration),
	FailureAction: optional(stringType('string')),
	Monitor: optional(duration),
	MaxFailureRatio: field(float32),
	Order: field(stringType('string')),
});

const endpointSpec = struct<EndpointSpec>('swarm.EndpointSpec', {
	Mode: optional(stringType('swarm.ResolutionMode')),
	Ports: optional(slice(portConfig)),
});

export const serviceSpec = struct<ServiceSpec>('swarm.ServiceSpec', {
	...annotations,
	TaskTemplate: field(taskSpec),
	Mode: field(serviceMode),
	UpdateConfig: optional(pointer(updateConfig)),
	RollbackConfig: optional(pointer(updateConfig)),
	Networks: optional(slice(networkAttachment)),
	EndpointSpec: optional(pointer(endpointSpec)),
});
