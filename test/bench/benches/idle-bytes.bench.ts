/** What keeping an idle swarm true asks of its engine, beside asking for everything every two seconds. */
import {LiveStore} from '../../../source/cluster/store/store.ts';
import {createSync} from '../../../source/cluster/sync/live-sync.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {FakeSwarm, pass, populate} from '../../cluster/sync/fake-client.ts';
import type {Bench} from '../bench.ts';

const size = {nodes: 50, services: 1000, tasksEach: 10};

export const bench: Bench = {
	name: 'idle bytes',
	async run() {
		const clock = new ManualClock(1_760_000_000_000);
		const swarm = new FakeSwarm(clock);
		populate(swarm, size);
		const store = new LiveStore({clock, stopwatch: () => 0});
		const sync = createSync({client: swarm.client(), store, clock, random: () => 0.5});
		sync.start();
		await pass(clock, 120_000);
		swarm.bytes = 0;
		await pass(clock, 60_000);
		const polling = 30 * (JSON.stringify(swarm.services).length + JSON.stringify(swarm.tasks).length);
		await sync.stop();
		const note = `1,000 services, 10,000 tasks: ${(swarm.bytes / 1e6).toFixed(0)} of ${(polling / 1e6).toFixed(0)} MB`;
		return [{budget: 'engine.idleBytes', value: (100 * swarm.bytes) / polling, note}];
	},
};
