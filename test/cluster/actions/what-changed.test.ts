import {describe, expect, it} from 'vitest';
import {changesSince, seenBy} from '../../../source/cluster/pipeline/what-changed.ts';
import {cluster, follower, leader, node, service} from '../../ui/support/entities.ts';

const web = service('web');
const restart = {action: 'service.restart', serviceId: web.id} as const;
const before = cluster({services: [web]});
const seen = seenBy(restart, before);

const changed = (spec: object) =>
	changesSince(seen, cluster({services: [{...web, raw: {...web.raw, Spec: {...web.raw.Spec, ...spec}}}]}));

describe('what has become of an object since it was seen', () => {
	it('is nothing while it is the same, whatever the swarm counts in it', () => {
		expect(changesSince(seen, before)).toEqual([]);
		const recounted = {...web, counts: {running: 1, desired: 3, completed: 0}};
		expect(changesSince(seen, cluster({services: [recounted]}))).toEqual([]);
	});

	it('is said setting by setting, a new name first of all', () => {
		expect(changed({Name: 'site'})).toEqual(['web: name was web, is site now.']);
		expect(changed({Mode: {Replicated: {Replicas: 9}}})).toEqual(['web: replicas was 3, is 9 now.']);
		expect(changed({UpdateConfig: {Parallelism: 2}})).toEqual([
			'web: UpdateConfig was not set, is {"Parallelism":2} now.',
		]);
	});

	it('is that it is gone', () => {
		expect(changesSince(seen, cluster({services: []}))).toEqual(['web is gone: someone removed it.']);
	});

	it('takes in how a node stands', () => {
		const m2 = node('m2', {manager: follower});
		const wish = {action: 'node.role', nodeId: m2.id, role: 'worker'} as const;
		const state = cluster({nodes: [node('m1', {manager: leader}), m2]});
		const down = {...m2, state: 'down', manager: {...follower, reachability: 'unreachable'}} as const;
		expect(changesSince(seenBy(wish, state), cluster({nodes: [node('m1', {manager: leader}), down]}))).toEqual([
			'm2 was ready, is down now.',
			'm2 was reachable, is unreachable now.',
		]);
	});
});
