import {describe, expect, it} from 'vitest';
import type {Intent} from '../../../source/cluster/intent.ts';
import {planFor} from '../../../source/cluster/pipeline/plan.ts';
import {planForBatch} from '../../../source/cluster/pipeline/plan-batch.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {cluster, leader, node, service} from '../../ui/support/entities.ts';

const state = cluster({nodes: [node('m1', {manager: leader}), node('w1')], services: [service('web')]});
const options = {isReadOnly: false, isProtected: true};

describe('a protected swarm', () => {
	it.each<[string, Intent, string | undefined]>([
		['restarting', {action: 'service.restart', serviceId: 'service-web'}, 'web'],
		['removing a service', {action: 'service.remove', serviceId: 'service-web'}, 'web'],
		['scaling to nothing', {action: 'service.scale', serviceId: 'service-web', replicas: 0}, 'web'],
		['draining a node', {action: 'node.availability', nodeId: 'node-w1', availability: 'drain'}, 'w1'],
		['one replica more', {action: 'service.step', serviceId: 'service-web', by: 1}, undefined],
	])('wants the name typed before %s, and nothing for what is harmless', (_what, intent, word) => {
		const {consent} = planFor(intent, state, options);
		expect(consent).toEqual(word === undefined ? {kind: 'none'} : {kind: 'typed', word});
		expect(planFor(intent, state, {isReadOnly: false}).consent.kind).not.toBe('typed');
	});

	it('wants a word for several at once', () => {
		const intents: Intent[] = [
			{action: 'service.restart', serviceId: 'service-web'},
			{action: 'node.availability', nodeId: 'node-w1', availability: 'pause'},
		];
		const batch = {
			action: 'batch',
			title: toSafeText('Two things'),
			verb: toSafeText('Do'),
			stages: [intents],
		} as const;
		expect(planForBatch(batch, state, options).consent).toEqual({kind: 'typed', word: 'yes'});
		expect(planForBatch(batch, state, {isReadOnly: false}).consent).toEqual({kind: 'dialog'});
	});
});
