import {expect, it} from 'vitest';
import {createForesight} from '../../../source/cluster/forecast/foresight.ts';
import type {Intent} from '../../../source/cluster/intent.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {cluster, node} from '../../ui/support/entities.ts';

it('does not wait for ever for a forecast that never comes', () => {
	const clock = new ManualClock(0);
	let news = 0;
	const foresight = createForesight({
		forecaster: {ask: () => new Promise(() => undefined)},
		clock,
		onNews: () => {
			news++;
		},
	});
	const state = cluster({nodes: [node('w1'), node('w2')]});
	const drain: Intent = {action: 'node.availability', nodeId: 'node-w1', availability: 'drain'};
	expect(foresight.of(drain, state)).toBe('pending');
	clock.advance(9_999);
	expect(foresight.of(drain, state)).toBe('pending');
	clock.advance(1);
	expect(news).toBe(1);
	expect(foresight.of(drain, state)).toMatchObject({lines: [{tone: 'warning'}], moves: {starts: []}});
});

it('lets a slow forecast come, however often the swarm changes meanwhile', async () => {
	const clock = new ManualClock(0);
	let answer: (forecast: undefined) => void = () => undefined;
	let asked = 0;
	const foresight = createForesight({
		forecaster: {
			ask: () =>
				new Promise((resolve) => {
					asked++;
					answer = resolve;
				}),
		},
		clock,
		onNews: () => undefined,
	});
	const drain: Intent = {action: 'node.availability', nodeId: 'node-w1', availability: 'drain'};
	for (const count of [2, 3, 4]) {
		const names = ['w1', 'w2', 'w3', 'w4'].slice(0, count);
		expect(foresight.of(drain, cluster({nodes: names.map((name) => node(name))}))).toBe('pending');
		clock.advance(3000);
	}
	expect(asked).toBe(1);
	answer(undefined);
	await Promise.resolve();
	expect(foresight.of(drain, cluster({nodes: [node('w1'), node('w2')]}))).toBeUndefined();
});
