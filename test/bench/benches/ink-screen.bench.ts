/** Ink with the FrameWriter under it, in a real terminal: what reaches the screen when nothing happens. */
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {openScreen} from '../../screens/support/pty-screen.ts';
import type {Bench} from '../bench.ts';

const program = path.resolve(import.meta.dirname, '../../terminal/fixtures/ink-program.ts');
const watchedMs = 3000;

export const bench: Bench = {
	name: 'idle screen',
	async run() {
		await using screen = openScreen({command: 'node', args: [program]});
		await screen.waitFor('ready', {deadlineMs: 20_000});
		await screen.press('j');
		await screen.waitFor(/seen: j /);
		screen.mark();
		await delay(watchedMs);
		const bytes = (screen.bytes * 60_000) / watchedMs;
		return [{budget: 'terminal.idleMinute', value: bytes, note: `${watchedMs / 1000} s watched, without an engine`}];
	},
};
