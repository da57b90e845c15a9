import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {copyInTmux, copySequence} from '../../source/terminal/clipboard.ts';
import {Emulator} from '../screens/support/emulator.ts';

it('asks the terminal to copy, whatever the text holds', async () => {
	const emulator = new Emulator({columns: 20, rows: 2});
	const copied: string[] = [];
	emulator.terminal.parser.registerOscHandler(52, (data) => {
		copied.push(Buffer.from(data.replace(/^c;/, ''), 'base64').toString());
		return true;
	});
	const sequence = copySequence('漢\u001b]52;c;evil\u0007\nline', {});
	await emulator.write(sequence.ok ? sequence.value : '');
	expect(copied).toEqual(['漢\u001b]52;c;evil\u0007\nline']);
	expect(emulator.text()).toBe('\n');
});

it('goes through tmux', () => {
	expect(copySequence('a', {TMUX: '/tmp/tmux-0/default,1,0'})).toEqual({
		ok: true,
		value: '\u001b]52;c;YQ==\u0007\u001bPtmux;\u001b\u001b]52;c;YQ==\u0007\u001b\\',
	});
});

it('refuses what terminals would drop without a word', () => {
	expect(copySequence('x'.repeat(74_250), {}).ok).toBe(true);
	expect(copySequence('x'.repeat(74_251), {})).toEqual({
		ok: false,
		error: {kind: 'too-long', bytes: 74_251, maxBytes: 74_250},
	});
});

/** A tmux of its own, in which a program would run. */
function tmuxHere(): {readonly socket: string; readonly run: (...args: readonly string[]) => string} | undefined {
	const folder = mkdtempSync(path.join(tmpdir(), 'tmux-'));
	const socket = path.join(folder, 's');
	const run = (...args: readonly string[]): string =>
		spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {encoding: 'utf8'}).stdout ?? '';
	onTestFinished(() => {
		run('kill-server');
		rmSync(folder, {recursive: true, force: true});
	});
	const started = spawnSync('tmux', ['-S', socket, '-f', '/dev/null', 'new-session', '-d', 'sleep 60']);
	return started.status === 0 ? {socket, run} : undefined;
}

it('leaves it in the buffer of tmux, and says so where the clipboard is out of reach', (context) => {
	const tmux = tmuxHere();
	if (!tmux) return context.skip();
	const environment = {PATH: process.env['PATH'], TMUX: `${tmux.socket},1,0`};
	expect(copyInTmux('two\nlines', environment)).toContain("It is in tmux's buffer");
	expect(tmux.run('show-buffer')).toBe('two\nlines');
	tmux.run('set-option', '-g', 'allow-passthrough', 'on');
	tmux.run('set-option', '-wg', 'allow-passthrough', 'on');
	expect(copyInTmux('again', environment)).toBe('');
	expect(copyInTmux('elsewhere', {})).toBe('');
});
