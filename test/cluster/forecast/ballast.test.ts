import {expect, it} from 'vitest';
import {questionFor} from '../../../source/cluster/forecast/forecast-input.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {Forecast} from '../../../source/swarmkit/forecast/input.ts';
import type {SwarmNode} from '../../../source/wire/node.ts';
import type {Service, ServiceSpec} from '../../../source/wire/service.ts';
import type {Task} from '../../../source/wire/task.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;

const withSpec = (service: Service, change: (spec: ServiceSpec) => Partial<ServiceSpec>): Service => ({
	...service,
	Spec: {...service.Spec, ...change(service.Spec)},
});

/** What scaling service0 to so many replicas does, on three nodes. */
function scaled(replicas: number, services: Service[], tasks: Task[], nodes = fakeNodes()): Forecast {
	const state = clusterFrom({nodes, services, tasks, now});
	const question = questionFor({action: 'service.scale', serviceId: 'service0', replicas}, state, now);
	if (!question) throw new Error('nothing to foresee');
	return forecast(question.input, question.changes);
}

const fakeNodes = (): SwarmNode[] => [0, 1, 2].map((i) => fakeNode(i, i === 0));

const onHostPort = (service: Service, protocol: 'tcp' | 'udp' = 'tcp'): Service =>
	withSpec(service, () => ({
		EndpointSpec: {Ports: [{Protocol: protocol, TargetPort: 80, PublishedPort: 8080, PublishMode: 'host'}]},
	}));

it('knows the host ports of services that a plan does not touch', () => {
	const tasks = [fakeTask(0, 1, 0), fakeTask(1, 1, 1)];
	const said = scaled(3, [onHostPort(fakeService(0, 1)), onHostPort(fakeService(1, 1))], tasks);
	expect(said.starts.map(({nodeId}) => nodeId)).toEqual(['node2']);
	expect(said.unplaced.map(({reason}) => reason)).toEqual([
		'no suitable node (host-mode port already in use on 3 nodes)',
	]);
	const beside = scaled(3, [onHostPort(fakeService(0, 1), 'udp'), onHostPort(fakeService(1, 1))], tasks);
	expect(beside.unplaced).toEqual([]);
});

it('knows the generic resources that tasks of all services hold', () => {
	const nodes = fakeNodes().map((node) => ({
		...node,
		Description: {
			...node.Description,
			Resources: {
				...node.Description.Resources,
				GenericResources: [
					{NamedResourceSpec: {Kind: 'gpu', Value: 'GPU-1'}},
					{NamedResourceSpec: {Kind: 'gpu', Value: 'GPU-2'}},
				],
			},
		},
	}));
	const onGpus = (service: Service, count: number): Service =>
		withSpec(service, ({TaskTemplate}) => ({
			TaskTemplate: {
				...TaskTemplate,
				Resources: {Reservations: {GenericResources: [{DiscreteResourceSpec: {Kind: 'gpu', Value: count}}]}},
			},
		}));
	// six GPUs: four of them are taken by the other service, one by this one
	const services = [onGpus(fakeService(0, 1), 1), onGpus(fakeService(1, 2), 2)];
	const said = scaled(3, services, [fakeTask(0, 1, 0), fakeTask(1, 1, 1), fakeTask(1, 2, 2)], nodes);
	expect(said.starts.map(({nodeId}) => nodeId)).toEqual(['node0']);
	expect(said.unplaced.map(({reason}) => reason)).toEqual(['no suitable node (insufficient resources on 3 nodes)']);
});

it('replaces nothing for settings that the engine reads as those it has', () => {
	const web = fakeService(0, 2);
	const state = clusterFrom({nodes: fakeNodes(), services: [web], tasks: [fakeTask(0, 1, 0), fakeTask(0, 2, 1)], now});
	const path = ['TaskTemplate', 'Resources', 'Reservations', 'NanoCPUs'];
	const question = questionFor(
		{action: 'service.edit', serviceId: 'service0', changes: [{path, from: undefined, to: 0}]},
		state,
		now,
	);
	if (!question) throw new Error('nothing to foresee');
	expect(forecast(question.input, question.changes).stops).toEqual([]);
	const restart = questionFor({action: 'service.restart', serviceId: 'service0'}, state, now);
	expect(restart && forecast(restart.input, restart.changes).stops).toHaveLength(2);
});
