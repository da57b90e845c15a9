import {annotations} from './common.ts';
import {
	duration,
	field,
	float32,
	nullable,
	optional,
	pointer,
	slice,
	stringType,
	struct,
	structFor,
	uint64,
} from './go-types.ts';
import {networkAttachment, portConfig, taskSpec} from './task.ts';

/** moby api/types/swarm/service.go, API 1.51. */

const replicated = struct('swarm.ReplicatedService', {
	Replicas: optional(nullable(uint64)),
});

const replicatedJob = struct('swarm.ReplicatedJob', {
	MaxConcurrent: optional(pointer(uint64)),
	TotalCompletions: optional(pointer(uint64)),
});

export const serviceMode = struct('swarm.ServiceMode', {
	Replicated: optional(pointer(replicated)),
	Global: optional(pointer(structFor<Record<string, never>>('swarm.GlobalService', {}))),
	ReplicatedJob: optional(pointer(replicatedJob)),
	GlobalJob: optional(pointer(structFor<Record<string, never>>('swarm.GlobalJob', {}))),
});

export const updateConfig = struct('swarm.UpdateConfig', {
	/** Slots replaced at a time; 0 is all of them. */
	Parallelism: field(uint64),
	Delay: optional(duration),
	FailureAction: optional(stringType('string', ['pause', 'continue', 'rollback'])),
	Monitor: optional(duration),
	/** 0..1, of the slots that change. */
	MaxFailureRatio: field(float32),
	Order: field(stringType('string', ['stop-first', 'start-first'])),
});

export const endpointSpec = struct('swarm.EndpointSpec', {
	Mode: optional(stringType('swarm.ResolutionMode', ['vip', 'dnsrr'])),
	Ports: optional(slice(portConfig)),
});

export const serviceSpec = struct('swarm.ServiceSpec', {
	...annotations,
	TaskTemplate: field(taskSpec),
	Mode: field(serviceMode),
	UpdateConfig: optional(pointer(updateConfig)),
	RollbackConfig: optional(pointer(updateConfig)),
	/** Deprecated in favour of TaskTemplate.Networks. */
	Networks: optional(slice(networkAttachment)),
	EndpointSpec: optional(pointer(endpointSpec)),
});
