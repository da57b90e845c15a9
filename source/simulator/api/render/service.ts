import type {EndpointObject, ServiceObject, UpdateStatusObject} from '../../../swarmkit/state/objects.ts';
import type {Endpoint, Service, ServiceSpec, ServiceStatus, UpdateStatus} from '../../../wire/service.ts';
import {serviceSpec} from '../../../wire/spec/service.ts';
import {portConfig} from '../../../wire/spec/task.ts';
import type {PortConfig} from '../../../wire/task.ts';
import {encode} from '../go/encode.ts';
import {rfc3339} from '../go/time.ts';
import {metaOf} from './meta.ts';

/** Services as GET /services shows them (moby daemon/cluster/convert/service.go). */

/** `status` only when it was asked for; jobs' parts are unknown to clients before API 1.41. */
export function renderService(service: ServiceObject, status?: ServiceStatus): Service {
	return {
		ID: service.id,
		...metaOf(service),
		Spec: service.spec,
		...(service.previousSpec ? {PreviousSpec: service.previousSpec} : {}),
		Endpoint: endpointOf(service.endpoint),
		...(service.updateStatus ? {UpdateStatus: updateStatusOf(service.updateStatus)} : {}),
		...(status ? {ServiceStatus: status} : {}),
		...(service.job ? {JobStatus: jobStatusOf(service.job)} : {}),
	};
}

/** With its keys in order, whoever resolved it. */
export const renderPort = (port: PortConfig): PortConfig => encode(portConfig, port);

function endpointOf({spec, ports, virtualIps}: EndpointObject): Endpoint {
	return {
		Spec: spec ?? {},
		...(ports && ports.length > 0 ? {Ports: ports.map(renderPort)} : {}),
		...(virtualIps && virtualIps.length > 0
			? {
					VirtualIPs: virtualIps.map(({networkId, address}) => ({
						NetworkID: networkId,
						...(address ? {Addr: address} : {}),
					})),
				}
			: {}),
	};
}

function updateStatusOf({state, startedAt, completedAt, message}: UpdateStatusObject): UpdateStatus {
	return {
		State: state,
		...(startedAt === undefined ? {} : {StartedAt: rfc3339(startedAt)}),
		...(completedAt === undefined ? {} : {CompletedAt: rfc3339(completedAt)}),
		Message: message,
	};
}

/** The first run has no iteration number to show. */
function jobStatusOf({iteration, lastExecution}: NonNullable<ServiceObject['job']>): NonNullable<Service['JobStatus']> {
	return {JobIteration: iteration === 0 ? {} : {Index: iteration}, LastExecution: rfc3339(lastExecution)};
}

const second = 1_000_000_000;
const updateDefaults = {
	Parallelism: 1,
	FailureAction: 'pause',
	Monitor: 5 * second,
	MaxFailureRatio: 0,
	Order: 'stop-first',
} as const;

/** The spec with what applies where nothing was given: `insertDefaults=true` (swarmkit api/defaults/service.go). */
export function withDefaults(spec: ServiceSpec): ServiceSpec {
	const {TaskTemplate: task} = spec;
	const restart = task.RestartPolicy;
	return encode(serviceSpec, {
		...spec,
		TaskTemplate: {
			...task,
			ContainerSpec: {
				...task.ContainerSpec,
				StopGracePeriod: task.ContainerSpec?.StopGracePeriod ?? 10 * second,
				DNSConfig: task.ContainerSpec?.DNSConfig ?? {},
			},
			Resources: task.Resources ?? {},
			RestartPolicy: {
				...restart,
				Condition: restart?.Condition ?? 'any',
				Delay: restart?.Delay ?? 5 * second,
				MaxAttempts: restart?.MaxAttempts ?? 0,
			},
			Placement: task.Placement ?? {},
		},
		UpdateConfig: spec.UpdateConfig
			? {...spec.UpdateConfig, Monitor: spec.UpdateConfig.Monitor ?? 5 * second}
			: updateDefaults,
		RollbackConfig: spec.RollbackConfig
			? {...spec.RollbackConfig, Monitor: spec.RollbackConfig.Monitor ?? 5 * second}
			: updateDefaults,
	});
}
