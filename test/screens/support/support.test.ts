import {describe, expect, it} from 'vitest';
import {Emulator} from './emulator.ts';
import {keyBytes} from './keys.ts';
import {openScreen} from './pty-screen.ts';
import {screenToSvg} from './screen-svg.ts';
import {screenToText} from './screen-text.ts';

describe('openScreen', () => {
	it('runs a program in a terminal of the size asked for, types, and tells how it ended', async () => {
		await using screen = openScreen({
			command: 'sh',
			args: ['-c', 'stty size; read a; echo "got $a"; exit 3'],
			columns: 40,
			rows: 9,
		});
		await screen.waitFor('9 40');
		screen.mark();
		screen.type('web');
		await screen.press('Enter');
		await screen.waitFor(/got web/);
		expect(await screen.exit).toEqual({code: 3, signal: 0});
		expect(screen.row(2)).toBe('got web');
		expect(screen.bytes).toBe('web\r\ngot web\r\n'.length);
	});

	it('gives a clean environment, and takes away what is undefined', async () => {
		const script = 'echo "[$CI][$COLUMNS][$TERM][$GONE][$ADDED]"; read a';
		process.env['GONE'] = 'still here';
		await using screen = openScreen({command: 'sh', args: ['-c', script], env: {GONE: undefined, ADDED: 'yes'}});
		delete process.env['GONE'];
		await screen.waitFor('[][][xterm-256color][][yes]');
	});

	it('shows the whole screen when what is waited for does not come', async () => {
		await using screen = openScreen({command: 'sh', args: ['-c', 'echo only this; read a'], columns: 20, rows: 2});
		await screen.waitFor('only this');
		await expect(screen.waitFor('something else', {deadlineMs: 50})).rejects.toThrow(
			'not within 50 ms: something else\nthe screen shows:\n  | only this\n  | ',
		);
	});

	it('ends what it started, also what does not want to end', async () => {
		const screen = openScreen({command: 'sh', args: ['-c', "trap '' TERM; echo ready; sleep 100"]});
		await screen.waitFor('ready');
		await screen.close();
		expect((await screen.exit).signal).toBeGreaterThan(0);
	});
});

it('knows the bytes of keys', () => {
	expect(['j', 'G', 'Enter', 'ctrl-d', 'Ctrl-C', 'alt-x', 'shift-tab', 'PageUp'].map(keyBytes)).toEqual([
		...['j', 'G', '\r', '\u0004', '\u0003', '\u001bx', '\u001b[Z', '\u001b[5~'],
	]);
	expect(() => keyBytes('hyper-x')).toThrow('no key is called hyper-x');
});

describe('pictures', () => {
	async function drawn(bytes: string): Promise<Emulator> {
		const emulator = new Emulator({columns: 24, rows: 4});
		await emulator.write(bytes);
		return emulator;
	}

	it('as text keep the colours', async () => {
		const emulator = await drawn(
			'┌ web \u001b[1;32m3/3\u001b[0m ok\r\n\u001b[7m selected \u001b[0;38;5;208mx\u001b[38;2;1;2;3my\u001b[m\r\n漢 end',
		);
		expect(screenToText(emulator)).toBe(
			['┌ web <bold green>3/3</> ok', '<inverse> selected </><#ff8700>x</><#010203>y</>', '漢 end'].join('\n'),
		);
	});

	it('as SVG place every word, draw the lines, and escape the text', async () => {
		const emulator = await drawn('\u001b[31m│a <b> & 漢\u001b[0;1;44mbold\u001b[0m █');
		const svg = screenToSvg(emulator, 'A <test>');
		expect(svg).toContain('<title>A &lt;test&gt;</title>');
		expect(svg).toContain('>a &lt;b&gt; &amp;</text>');
		expect(svg).toMatch(/<text [^>]*textLength="16.8"[^>]*>漢<\/text>/);
		expect(svg).toMatch(/<path d="M[^"]*" stroke="#d75f5f"/);
		expect(svg).toMatch(/<rect [^>]*fill="#5f87d7"\/><text [^>]*font-weight="bold">bold<\/text>/);
		expect(svg).toMatch(/<rect [^>]*height="17" fill="#c5c8c6"\/>/);
		expect(svg).not.toMatch(/>│|>█/);
	});
});
