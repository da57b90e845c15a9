import {describe, expect, it} from 'vitest';
import {questionFor} from '../../../source/cluster/forecast/forecast-input.ts';
import {forecastLines} from '../../../source/cluster/forecast/forecast-lines.ts';
import {createForesight} from '../../../source/cluster/forecast/foresight.ts';
import type {Intent} from '../../../source/cluster/intent.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;

/** Three nodes, web0 with a task on each of them, web1 with its only task on the last. */
const state = clusterFrom({
	nodes: [0, 1, 2].map((i) => fakeNode(i, i === 0)),
	services: [fakeService(0, 3), fakeService(1, 1)],
	tasks: [fakeTask(0, 1, 0), fakeTask(0, 2, 1), fakeTask(0, 3, 2), fakeTask(1, 1, 2)],
	now,
});

const drain: Intent = {action: 'node.availability', nodeId: 'node2', availability: 'drain'};

describe('a forecast of the live state', () => {
	it('is asked about the services on the node alone; the rest only weighs', () => {
		const question = questionFor({...drain, nodeId: 'node1'}, state, now);
		expect(question?.input.services.map(({ID}) => ID)).toEqual(['service0']);
		expect(question?.input.ballast).toContainEqual({nodeId: 'node2', tasks: 1, nanoCpus: 0, memoryBytes: 0});
	});

	it('says in sentences which task goes where and what is down meanwhile', () => {
		const question = questionFor(drain, state, now);
		if (!question) throw new Error('nothing to foresee');
		const lines = forecastLines(forecast(question.input, question.changes), question.changes, state).map(
			({tone, text}) => `${tone}: ${text}`,
		);
		expect(lines[0]).toMatch(/^danger: Down for \d+-\d+s: web1\.$/);
		expect(lines[1]).toMatch(
			/^warning: 2 tasks will move: web0\.3 host2 → host0 or host1 \(equal\), web1\.1 host2 → host0 or host1 \(equal\)\.$/,
		);
	});

	it('is pending at first, then there, and made again only when the swarm has changed', async () => {
		const clock = new ManualClock(now);
		let asked = 0;
		const foresight = createForesight({
			clock,
			onNews: () => undefined,
			forecaster: {
				ask: async ({input, changes}) => {
					asked++;
					return forecast(input, changes);
				},
			},
		});
		expect(foresight.of(drain, state)).toBe('pending');
		await Promise.resolve();
		expect(foresight.of(drain, state)).toMatchObject({lines: expect.any(Array), moves: {stops: expect.any(Array)}});
		clock.advance(60_000);
		foresight.of(drain, state);
		expect(asked).toBe(1);
		const later = clusterFrom({
			nodes: [0, 1, 2].map((i) => fakeNode(i, i === 0)),
			services: [fakeService(0, 3)],
			tasks: [fakeTask(0, 1, 0)],
			now,
		});
		foresight.of({...drain}, later);
		expect(asked).toBe(2);
	});
});
