/** What the terminal answers late, over a slow link, must not stand on the shell's prompt after quitting. */
import {spawn} from '@lydell/node-pty';
import {describe, expect, it} from 'vitest';

const answerAfterMs = 500;

/** A terminal whose answers are on their way for a while, and a shell that goes on behind the dashboard. */
async function played(end: (terminal: ReturnType<typeof spawn>, shown: string) => boolean): Promise<string> {
	const script = 'node dist/cli.js --demo; sleep 1; echo; echo over';
	const terminal = spawn('sh', ['-c', script], {
		name: 'xterm-256color',
		cols: 100,
		rows: 30,
		env: {
			...process.env,
			TERM: 'xterm-256color',
			LANG: 'C.UTF-8',
			FORCE_COLOR: undefined,
			XDG_CONFIG_HOME: '/nonexistent',
		},
	});
	let shown = '';
	let answered = 0;
	let hasEnded = false;
	terminal.onData((data) => {
		shown += data;
		const asked = shown.split('\u001b[c').length - 1;
		for (; answered < asked; answered++) {
			const answer = answered === 0 ? '\u001b]11;rgb:1111/1111/1111\u001b\\\u001b[?62;22c' : '\u001b[?62;22c';
			setTimeout(() => terminal.write(answer), answerAfterMs);
		}
		if (!hasEnded) hasEnded = end(terminal, shown);
	});
	await new Promise((resolve) => terminal.onExit(resolve));
	return shown.slice(shown.lastIndexOf('\u001b[?1049l'));
}

describe('answers that come late', () => {
	it('are taken before the terminal is given back: q, before the first of them is there', async () => {
		const behind = await played((terminal, shown) => {
			if (!shown.includes('demo') || !shown.includes('\u001b[c')) return false;
			terminal.write('q');
			return true;
		});
		expect(behind).toMatch(/over\r\n$/);
		expect(behind.replace(/^.*?\u001b\[\?1049l/s, '')).not.toMatch(/\^\[|rgb:|62;22c/);
	});
});
