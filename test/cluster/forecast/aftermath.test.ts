import {expect, it} from 'vitest';
import {questionFor} from '../../../source/cluster/forecast/forecast-input.ts';
import {forecastLines} from '../../../source/cluster/forecast/forecast-lines.ts';
import type {Intent} from '../../../source/cluster/intent.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;

function linesOf(intent: Intent, services = [fakeService(0, 3)]): string[] {
	const state = clusterFrom({
		nodes: [0, 1, 2].map((i) => fakeNode(i, i === 0)),
		services,
		tasks: [fakeTask(0, 1, 0), fakeTask(0, 2, 1), fakeTask(0, 3, 2)],
		now,
	});
	const question = questionFor(intent, state, now);
	if (!question) throw new Error('nothing to foresee');
	return forecastLines(forecast(question.input, question.changes), question.changes, state).map(({text}) => text);
}

it('says what is free to reserve now and afterwards', () => {
	const drained = linesOf({action: 'node.availability', nodeId: 'node2', availability: 'drain'});
	expect(drained.find((text) => text.startsWith('Free now'))).toMatch(/ on 3 nodes; afterwards .* on 2 nodes\.$/);
	const scaled = linesOf({action: 'service.scale', serviceId: 'service0', replicas: 2});
	expect(scaled.find((text) => text.startsWith('Still free'))).toMatch(/to reserve: .* on 3 nodes\.$/);
});

it('says node by node why a task finds no place', () => {
	const [web] = [fakeService(0, 3)];
	if (!web) throw new Error('no service');
	const {TaskTemplate: template} = web.Spec;
	const Placement = {Constraints: ['node.labels.gpu == a100'], MaxReplicas: 1};
	const picky = {...web, Spec: {...web.Spec, TaskTemplate: {...template, Placement}}};
	const lines = linesOf({action: 'service.scale', serviceId: 'service0', replicas: 4}, [picky]);
	const byNode = lines.find((text) => text.startsWith('host0: ')) ?? '';
	expect(byNode.split('; ').map((text) => text.slice(0, 5))).toEqual(['host0', 'host1', 'host2']);
	expect(byNode).toMatch(/^host0: node\.labels\.gpu == a100 does not hold.*, it has 1 of them already;/);
});

it('says that an update can’t go on, instead of that nothing moves', () => {
	const big = fakeService(0, 3);
	const {TaskTemplate: template} = big.Spec;
	const Resources = {Reservations: {NanoCPUs: 3e9}};
	const spec = {
		...big.Spec,
		TaskTemplate: {...template, Resources},
		UpdateConfig: {Parallelism: 1, MaxFailureRatio: 0, Order: 'start-first' as const},
	};
	const lines = linesOf({action: 'service.restart', serviceId: 'service0'}, [{...big, Spec: spec}]);
	expect(lines.at(-1)).toBe("The update of web0 can't finish: it waits for tasks that find no node.");
	expect(lines).not.toContain('No task starts, stops or moves.');
});
