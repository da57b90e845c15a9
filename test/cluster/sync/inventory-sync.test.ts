import {describe, expect, it} from 'vitest';
import type {Inventory, InventoryKind} from '../../../source/cluster/model.ts';
import {InventorySync} from '../../../source/cluster/sync/inventory-sync.ts';
import type {Answer, EventOptions, StreamHandle, SwarmClient} from '../../../source/engine/client.ts';
import {type EngineError, engineError} from '../../../source/engine/error.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {failed, ok} from '../../../source/runtime/result.ts';

const refusal = engineError('forbidden', 'The proxy forbids it.', 'Ask who runs it.');

/** An engine that counts what it is asked. */
function setUp() {
	const forbidden = new Set<string>();
	const calls: string[] = [];
	const streams: {options: EventOptions; isOpen: boolean}[] = [];
	const list = <T>(name: string): Answer<T[]> => {
		calls.push(name);
		return Promise.resolve(forbidden.has(name) ? failed(refusal) : ok([]));
	};
	const part: Partial<SwarmClient> = {
		networks: () => list('networks'),
		secrets: () => list('secrets'),
		configs: () => list('configs'),
		volumes: () => list('volumes'),
		events(options): Answer<StreamHandle> {
			if (forbidden.has('events')) return Promise.resolve(failed(refusal));
			const ended = Promise.withResolvers<EngineError | undefined>();
			const stream = {options, isOpen: true};
			streams.push(stream);
			const close = (): void => {
				stream.isOpen = false;
				ended.resolve(undefined);
			};
			return Promise.resolve(ok({ended: ended.promise, close}));
		},
	};
	const clock = new ManualClock(1_760_000_000_000);
	const changes: Partial<Inventory>[] = [];
	const sync = new InventorySync({
		client: part as SwarmClient,
		clock,
		onAnswer: () => undefined,
		onTrouble: (trouble) => {
			if (trouble !== refusal) throw new Error(trouble.message);
		},
		onChange: (change) => changes.push(change),
	});
	sync.start();
	const pass = async (ms: number): Promise<void> => {
		for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
		clock.advance(ms);
		for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
	};
	const show = async (...kinds: readonly InventoryKind[]): Promise<void> => {
		sync.show(kinds);
		await pass(0);
	};
	return {forbidden, calls, streams, changes, sync, pass, show};
}

const event = (Type: string, timeNano: number) => ({
	Type,
	Action: 'create',
	Actor: {ID: 'x', Attributes: {}},
	time: 1,
	timeNano,
});

describe('the other lists', () => {
	it('are not asked for until one of them is on the screen', async () => {
		const {calls, streams, pass} = setUp();
		await pass(600_000);
		expect([calls, streams]).toEqual([[], []]);
	});

	it('come at once when they are shown, again after an event, and slowly otherwise', async () => {
		const {calls, streams, pass, show} = setUp();
		await show('networks');
		expect(calls).toEqual(['networks']);
		expect(streams[0]?.options.filters).toEqual({type: ['network']});
		streams[0]?.options.onEvent(event('network', 1));
		streams[0]?.options.onEvent(event('network', 2));
		await pass(150);
		expect(calls).toEqual(['networks', 'networks']);
		await pass(60_000);
		expect(calls).toEqual(['networks', 'networks', 'networks']);
	});

	it('are left alone, and the stream with them, once they are off the screen', async () => {
		const {calls, streams, pass, show} = setUp();
		await show('secrets', 'configs');
		await show();
		expect(streams.map(({isOpen}) => isOpen)).toEqual([false]);
		calls.length = 0;
		await pass(600_000);
		expect(calls).toEqual([]);
	});

	it('tell events in batches, with what the engine remembers from before', async () => {
		const {calls, streams, changes, pass, show} = setUp();
		await show('events');
		expect(streams[0]?.options).toMatchObject({since: 0, filters: {scope: ['swarm']}});
		for (const at of [1, 2, 3]) streams[0]?.options.onEvent(event('service', at));
		await pass(150);
		expect(calls).toEqual([]);
		expect(changes.map(({events}) => events?.length)).toEqual([0, 3]);
	});

	it('opens another stream when one has ended', async () => {
		const {streams, pass, show, sync} = setUp();
		await show('configs');
		await sync.stop();
		sync.start();
		await pass(0);
		expect(streams.map(({isOpen}) => isOpen)).toEqual([false, true]);
	});
});

describe('a list that is refused', () => {
	it('is told with why, once, until it is given after all', async () => {
		const {forbidden, changes, pass, show} = setUp();
		forbidden.add('secrets');
		await show('secrets', 'configs');
		await pass(60_000);
		const told = changes.flatMap(({refused}) => refused ?? []);
		expect(told).toEqual([{secrets: 'The proxy forbids it. Ask who runs it.'}]);
		expect(changes).toContainEqual({configs: []});
		forbidden.clear();
		await pass(20_000);
		expect(changes).toContainEqual({refused: {}});
		expect(changes).toContainEqual({secrets: []});
	});

	it('of events makes the lists be asked for more often', async () => {
		const {forbidden, calls, changes, pass, show} = setUp();
		forbidden.add('events');
		await show('networks');
		expect(changes).toContainEqual({refused: {events: 'The proxy forbids it. Ask who runs it.'}});
		const before = calls.length;
		await pass(5000);
		expect(calls.length).toBe(before + 1);
	});
});
