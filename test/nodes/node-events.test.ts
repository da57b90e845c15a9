import {expect, it} from 'vitest';
import type {NodeEvent} from '../../source/cluster/entities/inside.ts';
import type {EventOptions} from '../../source/engine/client.ts';
import type {NodeEngines} from '../../source/nodes/node-engines.ts';
import {NodeEvents} from '../../source/nodes/node-events.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {ok} from '../../source/runtime/result.ts';

/** Engines of nodes that are told what happens on them by the test. */
function listening() {
	const clock = new ManualClock(1_000_000);
	const streams: {
		readonly node: string;
		readonly options: EventOptions;
		readonly end: () => void;
		isClosed: boolean;
	}[] = [];
	let held = 0;
	const lease = async (node: {readonly id: string}) => {
		held++;
		const events = async (options: EventOptions) => {
			const {promise, resolve} = Promise.withResolvers<undefined>();
			const stream = {node: node.id, options, end: () => resolve(undefined), isClosed: false};
			streams.push(stream);
			const close = (): void => {
				stream.isClosed = true;
				resolve(undefined);
			};
			return ok({ended: promise, close});
		};
		return ok({engine: {events}, release: () => void held--});
	};
	const published: (readonly NodeEvent[])[] = [];
	const events = new NodeEvents({lease} as unknown as NodeEngines, clock, (all) => published.push(all));
	return {clock, streams, events, published, held: () => held};
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const subject = (id: string) => ({id, hostname: id, address: '', labels: []});
const died = (timeNano: number) => ({
	Type: 'container',
	Action: 'die',
	Actor: {ID: 'c1', Attributes: {exitCode: '137'}},
	time: 1000,
	timeNano,
});

it('listens to each node once, and to none when nobody looks', async () => {
	const {clock, streams, events, published, held} = listening();
	events.listen([subject('w1'), subject('w2')]);
	events.listen([subject('w1'), subject('w2')]);
	await settled();
	expect(streams.map(({node}) => node)).toEqual(['w1', 'w2']);
	expect(streams[0]?.options.filters).toEqual({type: ['container'], event: ['die', 'oom', 'kill', 'health_status']});
	streams[1]?.options.onEvent(died(1_001_000_000_000));
	clock.advance(200);
	expect(published.at(-1)).toMatchObject([{node: 'w2', event: {Action: 'die'}}]);
	events.listen([]);
	await settled();
	expect(streams.map(({isClosed}) => isClosed)).toEqual([true, true]);
	expect(held()).toBe(0);
});

it('asks a stream that broke anew, from behind what it told', async () => {
	const {clock, streams, events} = listening();
	events.listen([subject('w1')]);
	await settled();
	streams[0]?.options.onEvent(died(1_001_500_000_000));
	streams[0]?.end();
	await settled();
	clock.advance(5000);
	await settled();
	expect(streams).toHaveLength(2);
	expect(streams[1]?.options.since).toBeCloseTo(1001.500001, 6);
	events.stop();
});
