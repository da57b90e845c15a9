/** `swarmtop get services` beside `docker service ls`, on a swarm of 10,000 services. */
import path from 'node:path';
import type {Bench} from '../bench.ts';
import {percentile} from '../dashboard-on-simulator.ts';
import {runMeasured, type Taken} from '../measured-process.ts';
import {bytesOf, mostAsked, startRecordedEngine} from '../recorded-engine/recorded-engine.ts';

const program = path.resolve(import.meta.dirname, '../../../dist/cli.js');
/** The two take turns, so that what else goes on slows both of them. */
const rounds = 5;

export const bench: Bench = {
	name: 'get',
	async run() {
		await using engine = await startRecordedEngine();
		const host = `unix://${engine.socket}`;
		const ours: Taken[] = [];
		const theirs: Taken[] = [];
		await engine.reset();
		ours.push(await runMeasured(process.execPath, [program, 'get', 'services', '-H', host]));
		const asked = await engine.asked();
		for (let round = 0; round < rounds; round++) {
			theirs.push(await runMeasured('docker', ['-H', host, 'service', 'ls']));
			ours.push(await runMeasured(process.execPath, [program, 'get', 'services', '-H', host]));
		}
		const tasks = await runMeasured(process.execPath, [program, 'get', 'tasks', '-H', host]);
		const [our, their] = [median(ours), median(theirs)];
		const note = `${our.wallMs.toFixed(0)} ms, ${our.cpuMs.toFixed(0)} ms CPU; docker ${their.wallMs.toFixed(0)} ms, ${their.cpuMs.toFixed(0)} ms CPU, ${their.peakMb.toFixed(0)} MB`;
		return [
			{budget: 'get.time', value: (100 * our.wallMs) / their.wallMs, note},
			{budget: 'get.memory', value: Math.max(...ours.map(({peakMb}) => peakMb))},
			{budget: 'get.tasksMemory', value: tasks.peakMb, note: `${(tasks.cpuMs / 1000).toFixed(1)} s CPU`},
			{budget: 'get.bytes', value: bytesOf(asked) / 1e6, note: mostAsked(asked, 1)},
		];
	},
};

function median(runs: readonly Taken[]): Taken {
	const of = (what: keyof Taken): number =>
		percentile(
			runs.map((run) => run[what]),
			0.5,
		);
	return {wallMs: of('wallMs'), cpuMs: of('cpuMs'), peakMb: of('peakMb')};
}
