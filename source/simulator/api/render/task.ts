import type {TaskObject, TaskStatusObject} from '../../../swarmkit/state/objects.ts';
import type {StoreReader} from '../../../swarmkit/state/store.ts';
import type {NetworkAttachment} from '../../../wire/network.ts';
import type {Task, TaskSpec, TaskStatus} from '../../../wire/task.ts';
import {rfc3339} from '../go/time.ts';
import {metaOf} from './meta.ts';
import {renderSwarmNetwork} from './network.ts';
import {renderPort} from './service.ts';

/** Tasks as GET /tasks shows them (moby daemon/cluster/convert/task.go). */
export function renderTask(task: TaskObject, store: StoreReader): Task {
	return {
		ID: task.id,
		...metaOf(task),
		Labels: {},
		Spec: withoutRuntime(task.spec),
		...(task.serviceId ? {ServiceID: task.serviceId} : {}),
		...(task.slot > 0 ? {Slot: task.slot} : {}),
		...(task.nodeId ? {NodeID: task.nodeId} : {}),
		Status: statusOf(task.status),
		DesiredState: task.desiredState,
		...(task.attachments.length > 0 ? {NetworksAttachments: attachmentsOf(task, store)} : {}),
		...(task.genericResources && task.genericResources.length > 0
			? {GenericResources: [...task.genericResources]}
			: {}),
		...(task.jobIteration === undefined
			? {}
			: {JobIteration: task.jobIteration === 0 ? {} : {Index: task.jobIteration}}),
		Volumes: null,
	};
}

/** The runtime shows in a service's template, not in its tasks. */
function withoutRuntime(spec: TaskSpec): TaskSpec {
	if (spec.Runtime === undefined) return spec;
	const {Runtime: _, ...rest} = spec;
	return rest;
}

function statusOf({timestamp, state, message, err, container, ports}: TaskStatusObject): TaskStatus {
	return {
		Timestamp: rfc3339(timestamp),
		State: state,
		...(message ? {Message: message} : {}),
		...(err ? {Err: err} : {}),
		...(container
			? {
					ContainerStatus: {
						ContainerID: container.ContainerID ?? '',
						PID: container.PID ?? 0,
						ExitCode: container.ExitCode ?? 0,
					},
				}
			: {}),
		PortStatus: ports && ports.length > 0 ? {Ports: ports.map(renderPort)} : {},
	};
}

/** Each with the whole network, as it is now; one whose network has gone meanwhile keeps its addresses only. */
function attachmentsOf({attachments}: TaskObject, store: StoreReader): NetworkAttachment[] {
	return attachments.map(({networkId, addresses}) => {
		const network = store.get('network', networkId);
		return {
			...(network ? {Network: renderSwarmNetwork(network)} : {}),
			...(addresses.length > 0 ? {Addresses: [...addresses]} : {}),
		};
	});
}
