/** Which services lie unevenly on the nodes that may hold them. */
import type {ClusterState, ServiceEntity} from './model.ts';
import {spreadOf} from './spread.ts';

/**
 * Services with two tasks more on one node than on another that may hold them: nothing evens that out by itself (swarmkit
 * places tasks when they are made and never again), a forced update does. Global services and jobs have nothing to even out.
 */
export function skewedServices(services: Iterable<ServiceEntity>, state: ClusterState): ServiceEntity[] {
	return [...services].filter(
		(service) => service.mode === 'replicated' && (service.replicas ?? 0) > 1 && spreadOf(service, state).skew > 1,
	);
}
