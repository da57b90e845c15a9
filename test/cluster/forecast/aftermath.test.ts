import {expect, it} from 'vitest';
import {placeDetails} from '../../../source/cluster/forecast/aftermath.ts';
import {questionFor} from '../../../source/cluster/forecast/forecast-input.ts';
import {forecastLines} from '../../../source/cluster/forecast/forecast-lines.ts';
import type {Intent, PlanLine} from '../../../source/cluster/intent.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {Service} from '../../../source/wire/service.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;

function said(intent: Intent, services = [fakeService(0, 3)]): {lines: string[]; details: string[]} {
	const state = clusterFrom({
		nodes: [0, 1, 2].map((i) => fakeNode(i, i === 0)),
		services,
		tasks: [fakeTask(0, 1, 0), fakeTask(0, 2, 1), fakeTask(0, 3, 2)],
		now,
	});
	const question = questionFor(intent, state, now);
	if (!question) throw new Error('nothing to foresee');
	const outcome = forecast(question.input, question.changes);
	const texts = (lines: readonly PlanLine[]): string[] => lines.map(({text}) => text);
	return {
		lines: texts(forecastLines(outcome, question.changes, state)),
		details: texts(placeDetails(outcome, question.changes, state)),
	};
}

const linesOf = (intent: Intent, services?: Service[]): string[] => said(intent, services).lines;

it('says what is free to reserve now and afterwards', () => {
	const drained = linesOf({action: 'node.availability', nodeId: 'node2', availability: 'drain'});
	expect(drained.find((text) => text.startsWith('It fits.'))).toMatch(/ on 3 nodes; afterwards .* on 2 nodes\.$/);
	const scaled = linesOf({action: 'service.scale', serviceId: 'service0', replicas: 2});
	expect(scaled.find((text) => text.startsWith('Still free'))).toMatch(/to reserve: .* on 3 nodes\.$/);
});

it('says node by node why a task finds no place', () => {
	const [web] = [fakeService(0, 3)];
	if (!web) throw new Error('no service');
	const {TaskTemplate: template} = web.Spec;
	const Placement = {Constraints: ['node.labels.gpu == a100'], MaxReplicas: 1};
	const picky = {...web, Spec: {...web.Spec, TaskTemplate: {...template, Placement}}};
	const {lines, details} = said({action: 'service.scale', serviceId: 'service0', replicas: 4}, [picky]);
	expect(lines.join()).not.toContain('host0: ');
	expect(details).toEqual([
		expect.stringMatching(/^host0, host1, host2: node\.labels\.gpu == a100 does not hold.*, it has 1 of them already$/),
	]);
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
	expect(lines).toContain("The update of web0 can't finish: it waits for tasks that find no node.");
	expect(lines).not.toContain('No task starts, stops or moves.');
});
