/** The store under a swarm of 100,000 tasks: how long merging and deriving keep the main loop from the keys. */
import {setImmediate as nextTurn} from 'node:timers/promises';
import {LiveStore} from '../../../source/cluster/store/store.ts';
import type {TaskRow} from '../../../source/engine/task-row.ts';
import {systemClock} from '../../../source/runtime/clock.ts';
import {fakeNode, fakeService} from '../../cluster/sync/fake-client.ts';
import type {Bench} from '../bench.ts';

const nodes = 1000;
const services = 1000;
const tasksEach = 100;
/** As they come out of the worker that parses lists. */
const rowsPerBatch = 500;

export const bench: Bench = {
	name: 'cluster store',
	async run() {
		const store = new LiveStore({clock: systemClock({unref: true})});
		const stamp = store.nextStamp();
		store.mergeNodes(
			Array.from({length: nodes}, (_, i) => fakeNode(i, i < 5)),
			stamp,
			'all',
		);
		store.mergeServices(
			Array.from({length: services}, (_, i) => fakeService(i, tasksEach)),
			stamp,
			'all',
		);
		const load = await longestHold(() => list(store));
		const unchanged = await longestHold(() => list(store));
		const count = `${(services * tasksEach).toLocaleString('en')} tasks`;
		return [
			{budget: 'store.load', value: load.longestMs, note: `${count}, ${Math.round(load.wholeMs)} ms in all`},
			{
				budget: 'store.unchanged',
				value: unchanged.longestMs,
				note: `${count}, ${Math.round(unchanged.wholeMs)} ms in all`,
			},
		];
	},
};

async function list(store: LiveStore): Promise<void> {
	const stamp = store.nextStamp();
	for (let first = 0; first < services * tasksEach; first += rowsPerBatch) {
		store.mergeTaskRows(
			Array.from({length: rowsPerBatch}, (_, i) => row(first + i)),
			stamp,
		);
		await nextTurn();
	}
	store.completeTasks(1, stamp, {kind: 'all'});
	const deadline = Date.now() + 20_000;
	while (store.getState().tasks.size < services * tasksEach || !isCounted(store)) {
		if (Date.now() > deadline) throw new Error(`only ${store.getState().tasks.size} tasks have arrived`);
		await nextTurn();
	}
}

const isCounted = (store: LiveStore): boolean =>
	[...store.getState().nodes.values()].every((node) => node.tasks?.running === (services * tasksEach) / nodes);

function row(i: number): TaskRow {
	return {
		id: `task${i}`,
		version: 1,
		serviceId: `service${i % services}`,
		slot: Math.floor(i / services) + 1,
		nodeId: `node${i % nodes}`,
		state: 'running',
		desired: 'running',
		createdAt: 1_760_000_000_000,
		updatedAt: 1_760_000_000_000,
		since: 1_760_000_000_000,
		message: 'started',
		error: '',
		containerId: `container${i}`,
		exitCode: 0,
		image: 'nginx:1',
		forceUpdate: 0,
		jobIteration: undefined,
		reservedNanoCpus: 1e8,
		reservedMemoryBytes: 1e8,
		ports: [],
	};
}

/** The longest time between two turns of the main loop while the work is done. */
async function longestHold(work: () => Promise<void>): Promise<{longestMs: number; wholeMs: number}> {
	let isWorking = true;
	let longestMs = 0;
	const startedAt = performance.now();
	const watch = async () => {
		let last = performance.now();
		while (isWorking) {
			await nextTurn();
			longestMs = Math.max(longestMs, performance.now() - last);
			last = performance.now();
		}
	};
	const watching = watch();
	await work();
	isWorking = false;
	await watching;
	return {longestMs, wholeMs: performance.now() - startedAt};
}
