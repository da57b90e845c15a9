import {expect, it} from 'vitest';
import type {Forecaster} from '../../../source/cluster/forecast/forecaster.ts';
import {nodesAdded, nodesDown, type WhatIf} from '../../../source/cluster/forecast/what-if.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {Task} from '../../../source/wire/task.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;
const forecaster: Forecaster = {ask: async ({input, changes}) => forecast(input, changes)};
const machine = {nanoCpus: 4e9, memoryBytes: 8e9, labels: {}};
const textsOf = ({lines}: WhatIf): string[] => lines.map(({text}) => text);

/** Three nodes. */
function sources(service: Service, tasks: readonly Task[]) {
	const state = clusterFrom({
		nodes: [0, 1, 2].map((i) => fakeNode(i, i === 0)),
		services: [service],
		tasks: [...tasks],
		now,
	});
	return {state, forecaster, now};
}

it('leaves out a node that is down of what is free afterwards', async () => {
	const given = sources(fakeService(0, 3), [fakeTask(0, 1, 0), fakeTask(0, 2, 1), fakeTask(0, 3, 2)]);
	const node = given.state.nodes.get('node2');
	if (!node) throw new Error('no node');
	expect(textsOf(await nodesDown([node], given))).toContainEqual(
		expect.stringMatching(/^It fits\. Free to reserve now: 12 CPUs .* on 3 nodes; afterwards 8 CPUs .* on 2 nodes\.$/),
	);
});

it('calls a node that joins by its name, and counts it', async () => {
	const web = fakeService(0, 3);
	const {Networks: _, ...template} = web.Spec.TaskTemplate;
	const everywhere = {...web, Spec: {...web.Spec, TaskTemplate: template, Mode: {Global: {}}}};
	const lines = textsOf(await nodesAdded(1, machine, sources(everywhere, [])));
	expect(lines).toContain('1 task will start: web0.new-1 on new-1.');
	expect(lines).toContainEqual(expect.stringMatching(/ on 3 nodes; afterwards 16 CPUs .* on 4 nodes\.$/));
});
