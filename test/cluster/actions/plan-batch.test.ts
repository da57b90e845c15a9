import {describe, expect, it} from 'vitest';
import type {Batch, Intent} from '../../../source/cluster/intent.ts';
import {planForBatch} from '../../../source/cluster/pipeline/plan-batch.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const state = clusterFrom({
	nodes: [0, 1, 2].map((i) => fakeNode(i, i === 0)),
	services: [fakeService(0, 3), fakeService(1, 1), fakeService(2, 2)],
	tasks: [fakeTask(0, 1, 0), fakeTask(1, 1, 2)],
	now: 1_760_000_000_000,
});

const batch = (...intents: Intent[]): Batch => ({
	action: 'batch',
	title: toSafeText('All of it'),
	verb: 'Do',
	stages: [intents],
});

const plan = (wish: Batch) => planForBatch(wish, state, {isReadOnly: false});
const texts = (wish: Batch): string[] => plan(wish).lines.map(({tone, text}) => `${tone}: ${text}`);

describe('one plan for several', () => {
	it('names each, and says what all of them warn of only once', () => {
		const lines = texts(batch(...[0, 1, 2].map((i): Intent => ({action: 'service.remove', serviceId: `service${i}`}))));
		expect(lines.filter((line) => line.includes("can't be undone"))).toHaveLength(1);
		expect(lines).toContain('plain: web0, web1, web2');
	});

	it('says with whom it is what only one of them warns of', () => {
		const lines = texts(
			batch(
				{action: 'service.scale', serviceId: 'service0', replicas: 0},
				{action: 'service.scale', serviceId: 'service1', replicas: 2},
			),
		);
		expect(lines).toContain('plain: web0 3 → 0, web1 1 → 2');
		expect(lines).toContain('warning: web0 stops completely; its tasks are removed with their logs.');
	});

	it('leaves out what can not be done, and is refused when nothing can', () => {
		const gone: Intent = {action: 'service.restart', serviceId: 'gone'};
		const both = batch(gone, {action: 'service.restart', serviceId: 'service0'});
		expect(texts(both)).toContain('warning: Left out: The service gone is gone.');
		expect(plan(both).refusal).toBeUndefined();
		expect(plan(batch(gone)).refusal).toBe('The service gone is gone.');
	});

	it('is one docker command where docker takes several names, else one after the other', () => {
		const scale = (i: number): Intent => ({action: 'service.scale', serviceId: `service${i}`, replicas: 4});
		expect(plan(batch(scale(0), scale(1))).command).toBe('docker service scale web0=4 web1=4');
		const restart = (i: number): Intent => ({action: 'service.restart', serviceId: `service${i}`});
		expect(plan(batch(restart(0), restart(1))).command).toBe(
			'docker service update --force web0 && docker service update --force web1',
		);
	});
});
