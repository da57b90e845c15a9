/** The dashboard on 1,000 nodes, 10,000 services and 100,000 tasks: keys, memory, and the simulator that serves it. */
import {openScreen, type PtyScreen} from '../../screens/support/pty-screen.ts';
import type {Bench} from '../bench.ts';
import {quantile, residentMegabytes} from '../support/process.ts';
import {serveSwarm} from '../support/simulator.ts';

const presses = 60;

export const bench: Bench = {
	name: 'large swarm',
	async run() {
		await using swarm = await serveSwarm('large');
		await using screen = openScreen({command: 'node', args: ['dist/cli.js', '-H', swarm.host]});
		await screen.waitFor(/services \d+\/10000/, {deadlineMs: 60_000});
		await screen.press('3', 'A');
		await screen.waitFor(/tasks 100000/, {deadlineMs: 120_000, what: 'the list of all tasks'});
		const times = await keyTimes(screen);
		return [
			{budget: 'simulator.ready', value: swarm.readyMs / 1000},
			{budget: 'memory.large', value: residentMegabytes(screen.pid)},
			{
				budget: 'keys.p95',
				value: quantile(times, 0.95),
				note: `p50 ${quantile(times, 0.5).toFixed(0)} ms, ${presses} presses of j and k among 100,000 tasks`,
			},
		];
	},
};

/** From a key's byte to the frame that shows what it did. */
async function keyTimes(screen: PtyScreen): Promise<number[]> {
	const times: number[] = [];
	for (let i = 0; i < presses; i++) {
		const before = screen.text();
		const pressedAt = performance.now();
		await screen.press(i % 20 < 10 ? 'j' : 'k');
		await screen.waitFor((now) => now.text() !== before, {deadlineMs: 10_000, what: 'the frame after a key'});
		times.push(performance.now() - pressedAt);
	}
	return times;
}
