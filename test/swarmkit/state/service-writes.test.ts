import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import type {ServiceObject} from '../../../source/swarmkit/state/objects.ts';
import {createService, rollbackService, updateService} from '../../../source/swarmkit/state/service-writes.ts';
import {Store} from '../../../source/swarmkit/state/store.ts';
import type {ServiceMode, ServiceSpec} from '../../../source/wire/service.ts';

const spec = (Mode: ServiceMode, Labels: Record<string, string> = {}): ServiceSpec => ({
	Name: 'web',
	Labels,
	TaskTemplate: {ContainerSpec: {Image: 'nginx'}},
	Mode,
});

function world(mode: ServiceMode) {
	const clock = new ManualClock(5000);
	const store = new Store(clock, {firstIndex: 10});
	store.update((tx) => createService(tx, {id: 's', spec: spec(mode)}));
	const service = (): ServiceObject => {
		const found = store.get('service', 's');
		if (!found) throw new Error('the service is gone');
		return found;
	};
	return {clock, store, service};
}

describe('writes to services', () => {
	it.each([
		[{}, {Replicated: {Replicas: 1}}],
		[{Replicated: {Replicas: null}}, {Replicated: {Replicas: 1}}],
		[{Replicated: {Replicas: 0}}, {Replicated: {Replicas: 0}}],
		[{Global: {}}, {Global: {}}],
		[{ReplicatedJob: {}}, {ReplicatedJob: {MaxConcurrent: 1, TotalCompletions: 1}}],
		[{ReplicatedJob: {MaxConcurrent: 3}}, {ReplicatedJob: {MaxConcurrent: 3, TotalCompletions: 3}}],
		[{GlobalJob: {}}, {GlobalJob: {}}],
	] as [ServiceMode, ServiceMode][])('fill in the mode %j', (given, stored) => {
		expect(world(given).service().spec.Mode).toEqual(stored);
	});

	it('keep the old spec, take the version before the write as spec version, and wipe the update status', () => {
		const {store, service} = world({});
		store.update((tx) => tx.put({...service(), updateStatus: {state: 'completed', message: 'update completed'}}));
		const before = service();
		store.update((tx) => updateService(tx, service(), spec({}, {a: '1'})));
		expect(service()).toMatchObject({
			spec: {Labels: {a: '1'}},
			specVersion: before.version,
			previousSpec: before.spec,
			previousSpecVersion: 0,
		});
		expect(service().updateStatus).toBeUndefined();
	});

	it('swap spec and previous spec on a rollback, so that a second one goes forward again', () => {
		const {store, service} = world({});
		expect(store.update((tx) => rollbackService(tx, service()))).toBe(false);
		store.update((tx) => updateService(tx, service(), spec({}, {a: '1'})));
		const newer = service().specVersion;
		expect(store.update((tx) => rollbackService(tx, service()))).toBe(true);
		expect(service()).toMatchObject({
			spec: {Labels: {}},
			specVersion: 0,
			previousSpec: {Labels: {a: '1'}},
			previousSpecVersion: newer,
			updateStatus: {state: 'rollback_started', startedAt: 5000, message: 'manually requested rollback'},
		});
		store.update((tx) => rollbackService(tx, service()));
		expect(service()).toMatchObject({spec: {Labels: {a: '1'}}, specVersion: newer});
	});

	it('run a job again on any update', () => {
		const {clock, store, service} = world({ReplicatedJob: {}});
		expect(service().job).toEqual({iteration: 0, lastExecution: 5000});
		clock.advance(1000);
		store.update((tx) => updateService(tx, service(), service().spec));
		expect(service().job).toEqual({iteration: 1, lastExecution: 6000});
	});
});
