import {expect, it} from 'vitest';
import {newId} from '../../../source/cluster/actions/new-object.ts';
import {planFor} from '../../../source/cluster/pipeline/plan.ts';
import type {ServiceMode} from '../../../source/wire/service.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;

function creationOf(Mode: ServiceMode): string {
	const state = clusterFrom({nodes: [fakeNode(0, true)], services: [], tasks: [], now});
	const spec = {Name: 'shop_web', Labels: {}, Mode, TaskTemplate: {ContainerSpec: {Image: 'nginx'}}};
	const intent = {action: 'service.deploy', serviceId: newId('shop_web'), spec} as const;
	return planFor(intent, state, {isReadOnly: false})
		.lines.map(({text}) => text)
		.join();
}

/** What a spec leaves out the engine fills in, and the plan says what will be. */
it.each<[string, ServiceMode]>([
	['1 task', {Replicated: {}}],
	['1 task', {}],
	['0 tasks', {Replicated: {Replicas: 0}}],
	['3 tasks', {Replicated: {Replicas: 3}}],
	['1 task', {ReplicatedJob: {}}],
	['2 tasks', {ReplicatedJob: {MaxConcurrent: 2}}],
	['5 tasks', {ReplicatedJob: {MaxConcurrent: 2, TotalCompletions: 5}}],
])('a new service tells how many tasks it gets: %s', (words, mode) => {
	expect(creationOf(mode)).toBe(`shop_web is new: nginx, ${words}.`);
});

it.each<[ServiceMode]>([[{Global: {}}], [{GlobalJob: {}}]])('a new global service names no number', (mode) => {
	expect(creationOf(mode)).toBe('shop_web is new: nginx.');
});
