/** The start on a swarm of 1,000 services and 10,000 tasks. */
import path from 'node:path';
import type {Bench} from '../bench.ts';
import {openDashboard, percentile} from '../dashboard-on-simulator.ts';
import {startRecordedEngine} from '../recorded-engine/recorded-engine.ts';

const starts = 5;

export const bench: Bench = {
	name: 'thousand services',
	async run() {
		await using engine = await startRecordedEngine(path.join(import.meta.dirname, '../thousand.yaml'));
		const times: number[] = [];
		for (let round = 0; round < starts; round++) {
			const startedAt = performance.now();
			await using screen = openDashboard(engine.socket);
			await screen.waitFor(/2 services 1,000 [\s\S]*● \S+ .* \d+\/\d+/, {deadlineMs: 60_000});
			times.push(performance.now() - startedAt);
		}
		return [{budget: 'start.thousand', value: percentile(times, 0.5), note: `median of ${starts} starts`}];
	},
};
