/** The FrameWriter by itself at 200x50: bytes for what happens most, time for what costs most. */
import {FrameWriter} from '../../../source/terminal/frame-writer.ts';
import type {Bench} from '../bench.ts';
import {dashboardFrame, logPaneFrame, screenSize} from './frames.ts';

const rounds = 200;

export const bench: Bench = {
	name: 'frame writer',
	async run() {
		const cells = Array.from({length: rounds}, (_, round) => dashboardFrame({replicas: round % 10, clock: 0}));
		const log = Array.from({length: rounds}, (_, round) => logPaneFrame(round));
		const different = Array.from({length: rounds}, (_, round) => logPaneFrame(round * 1000));
		return [
			{budget: 'terminal.changedCell', value: worstUpdate(cells), note: 'a coloured cell of a table, worst of 200'},
			{budget: 'terminal.scrolledLogLine', value: worstUpdate(log), note: '200x50, bordered, worst of 200'},
			{budget: 'terminal.frameMs', value: medianTime(different), note: 'median of 200'},
		];
	},
};

function worstUpdate(frames: readonly string[]): number {
	const writer = new FrameWriter(screenSize);
	const sizes = frames.map((frame) => Buffer.byteLength(writer.update(frame)));
	return Math.max(...sizes.slice(1));
}

function medianTime(frames: readonly string[]): number {
	const writer = new FrameWriter(screenSize);
	const times = frames.map((frame) => {
		const start = performance.now();
		writer.update(frame);
		return performance.now() - start;
	});
	return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
