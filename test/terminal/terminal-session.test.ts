import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';

const program = path.resolve(import.meta.dirname, 'fixtures/session-program.ts');
const size = {columns: 100, rows: 16};

/** A shell with job control, in which a person started the program. */
async function inShell(): Promise<PtyScreen> {
	const screen = openScreen({
		command: 'bash',
		args: ['--norc', '-i'],
		env: {PS1: 'prompt> ', HISTFILE: ''},
		...size,
	});
	await screen.waitFor('prompt>');
	screen.type(`node ${program}; echo "code $?"\r`);
	await screen.waitFor(`ready ${size.columns}x${size.rows}`);
	return screen;
}

function pidOf(screen: PtyScreen): number {
	return Number(/pid (\d+)/.exec(screen.text())?.[1]);
}

/** The shell's screen is back, and what is typed is seen again. */
async function expectRestored(screen: PtyScreen): Promise<void> {
	await screen.waitFor(/prompt>$/m, {what: 'the prompt'});
	const {modes, buffer} = screen.emulator.terminal;
	expect(buffer.active.type).toBe('normal');
	expect(modes.mouseTrackingMode).toBe('none');
	expect(modes.wraparoundMode).toBe(true);
	screen.type('echo ok-$((40 + 2))\r');
	await screen.waitFor(/prompt> echo ok-\$\(\(40 \+ 2\)\)\nok-42$/m, {what: 'an echoing shell'});
}

describe('the terminal is given back as it was', () => {
	it('after quitting', async () => {
		await using screen = await inShell();
		expect(screen.emulator.terminal.buffer.active.type).toBe('alternate');
		expect(screen.emulator.terminal.modes.mouseTrackingMode).toBe('drag');
		await screen.press('q');
		await screen.waitFor('code 0');
		expect(screen.text()).toContain('bye');
		await expectRestored(screen);
	});

	it.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGQUIT', 131],
	] as const)('after %s', async (signal, code) => {
		await using screen = await inShell();
		process.kill(pidOf(screen), signal);
		await screen.waitFor(`code ${code}`);
		await expectRestored(screen);
	});

	it.each([
		['an error thrown in a timer', 't', ['Error: thrown later', 'session-program.ts']],
		['a rejected promise', 'p', ['Error: rejected', 'the cause of it']],
	])('after %s, which is printed then', async (_, key, texts) => {
		await using screen = await inShell();
		await screen.press(key);
		await screen.waitFor('code 1');
		const text = allText(screen);
		for (const part of texts) expect(text).toContain(part);
		await expectRestored(screen);
	});

	it('around Ctrl-Z and fg', async () => {
		await using screen = await inShell();
		await screen.press('j');
		await screen.waitFor('seen: j');
		await screen.press('ctrl-z');
		await expectRestored(screen);
		screen.type('fg\r');
		await screen.waitFor('seen: ctrl-z');
		expect(screen.emulator.terminal.buffer.active.type).toBe('alternate');
		await screen.press('k');
		await screen.waitFor('seen: k');
		await screen.press('q');
		await screen.waitFor('bye');
	});

	it('after a stop that nothing can catch, it is taken again', async () => {
		await using screen = await inShell();
		process.kill(pidOf(screen), 'SIGSTOP');
		await screen.waitFor('Stopped');
		screen.type('fg\r');
		await screen.waitFor((now) => now.text().startsWith('ready') && !now.text().includes('Stopped'));
		await screen.press('x');
		await screen.waitFor('seen: x');
	});

	it('around a stop from outside', async () => {
		await using screen = await inShell();
		process.kill(pidOf(screen), 'SIGTSTP');
		await expectRestored(screen);
		screen.type('fg\r');
		await screen.waitFor('seen: nothing yet');
		await screen.press('x');
		await screen.waitFor('seen: x');
	});
});

describe('without a shell', () => {
	function start(): PtyScreen {
		return openScreen({command: 'node', args: [program], ...size});
	}

	it('Ctrl-Z draws afresh where nothing can stop the program', async () => {
		await using screen = start();
		await screen.waitFor('ready');
		await screen.press('ctrl-z');
		await screen.waitFor('seen: ctrl-z');
		await screen.press('j');
		await screen.waitFor('seen: j');
		expect(screen.emulator.terminal.buffer.active.type).toBe('alternate');
	});

	it('a closed terminal ends the program', async () => {
		const screen = start();
		await screen.waitFor('ready');
		screen.kill('SIGHUP');
		expect(await screen.exit).toEqual({code: 129, signal: 0});
	});

	it('keys, the mouse and pastes arrive', async () => {
		await using screen = start();
		await screen.waitFor('ready');
		await screen.press('escape');
		await screen.waitFor('seen: escape');
		await screen.press('shift-tab');
		await screen.waitFor('seen: shift-tab');
		screen.mouse('wheel-down', 5, 3);
		await screen.waitFor('seen: wheel-down 5,3');
		screen.paste('two\rlines');
		await screen.waitFor('seen: paste "two\\nlines"');
	});
});

/** With the lines that have left the screen at the top. */
function allText(screen: PtyScreen): string {
	const {active} = screen.emulator.terminal.buffer;
	return Array.from({length: active.length}, (_, y) => active.getLine(y)?.translateToString(true) ?? '').join('\n');
}
