import type {Ballast, ForecastInput} from '../../../source/swarmkit/forecast/input.ts';
import {reservationsOf} from '../../../source/swarmkit/scheduler/resources.ts';
import type {ServiceObject, TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {isAtLeast, isTerminal} from '../../../source/swarmkit/state/task-state.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {TestSwarm} from '../orchestrators/test-swarm.ts';

const meta = {Version: {Index: 1}, CreatedAt: '2026-01-01T00:00:00Z', UpdatedAt: '2026-01-01T00:00:00Z'};

const toWire = (service: ServiceObject): Service => ({
	...meta,
	ID: service.id,
	Spec: service.spec,
	...(service.previousSpec && {PreviousSpec: service.previousSpec}),
	Endpoint: {},
});

const holdsNode = (task: TaskObject): boolean =>
	task.nodeId !== '' && isAtLeast(task.status.state, 'assigned') && !isTerminal(task.status.state);

/** A test swarm as the API would show it; services that are not named only weigh on their nodes. */
export function inputOf(swarm: TestSwarm, named: (service: ServiceObject) => boolean = () => true): ForecastInput {
	const services = swarm.store.all('service');
	const isNamed = new Set(services.filter(named).map((service) => service.id));
	const ballast = new Map<string, Ballast>();
	for (const task of swarm.store.all('task')) {
		if (isNamed.has(task.serviceId) || !holdsNode(task)) continue;
		const {NanoCPUs = 0, MemoryBytes = 0} = reservationsOf(task.spec) ?? {};
		const known = ballast.get(task.nodeId) ?? {nodeId: task.nodeId, tasks: 0, nanoCpus: 0, memoryBytes: 0};
		ballast.set(task.nodeId, {
			...known,
			tasks: known.tasks + 1,
			nanoCpus: known.nanoCpus + NanoCPUs,
			memoryBytes: known.memoryBytes + MemoryBytes,
		});
	}
	return {
		now: swarm.clock.now(),
		nodes: swarm.store.all('node').map((node) => ({
			...meta,
			ID: node.id,
			Spec: node.spec,
			Description: node.description,
			Status: node.status,
		})),
		services: services.filter((service) => isNamed.has(service.id)).map(toWire),
		tasks: swarm.store
			.all('task')
			.filter((task) => isNamed.has(task.serviceId))
			.map((task) => ({
				id: task.id,
				serviceId: task.serviceId,
				slot: task.slot,
				nodeId: task.nodeId,
				state: task.status.state,
				desired: task.desiredState,
				createdAt: task.createdAt,
				since: task.status.timestamp,
			})),
		ballast: [...ballast.values()],
		historyLimit: 5,
	};
}
