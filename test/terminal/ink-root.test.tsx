import path from 'node:path';
import {Box, Text, useInput} from 'ink';
import {useEffect, useState} from 'react';
import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {FrameStream, QuietInput} from '../../source/terminal/ink-streams.ts';
import type {TerminalSession} from '../../source/terminal/terminal-session.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {renderScreen} from '../screens/support/ink-screen.ts';
import {openScreen} from '../screens/support/pty-screen.ts';

function Rows({count, mark}: {count: number; mark: string}) {
	return (
		<Box flexDirection="column">
			{Array.from({length: count}, (_, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: rows are screen positions
				<Text key={row} color="cyan">{`row ${row} ${mark}`}</Text>
			))}
		</Box>
	);
}

/** Counts the session's keys. */
function Counter({session}: {session: TerminalSession}) {
	const [count, setCount] = useState(0);
	useEffect(() => session.onInput(() => setCount((old) => old + 1)), [session]);
	return <Text>{`count ${count}`}</Text>;
}

function Echo() {
	const [typed, setTyped] = useState('');
	useInput((input) => setTyped((old) => old + input));
	return <Text>{`typed: ${typed}.`}</Text>;
}

function Broken(): never {
	throw new Error('broken while drawing');
}

describe('Ink in debug mode, which all drawing rests on', () => {
	it('writes each commit once, as one whole frame without control sequences', async () => {
		const {render} = await import('ink');
		const frames: string[] = [];
		const stdout = new FrameStream({columns: 40, rows: 10}, (frame) => frames.push(frame));
		const options = {
			stdout,
			stdin: new QuietInput(),
			debug: true,
			interactive: true,
			patchConsole: false,
			exitOnCtrlC: false,
		};
		const instance = render(<Rows count={10} mark="a" />, options);
		instance.rerender(<Rows count={10} mark="b" />);
		instance.rerender(<Rows count={10} mark="c" />);
		expect(frames).toHaveLength(3);
		for (const [index, mark] of ['a', 'b', 'c'].entries()) {
			const lines = frames[index]?.replace(/\u001b\[[\d;]*m/g, '').split('\n');
			expect(lines).toEqual(Array.from({length: 10}, (_, row) => `row ${row} ${mark}`));
		}
		instance.unmount();
	});
});

describe('mountInk', () => {
	it('shows the tree, with its colours', async () => {
		await using screen = renderScreen(<Rows count={3} mark="x" />, {columns: 20, rows: 4});
		await screen.waitFor('row 2 x');
		expect(screen.text()).toBe('row 0 x\nrow 1 x\nrow 2 x\n');
		expect(screen.styles(1)).toEqual([{text: 'row 1 x', style: '36', column: 0, cells: 7}]);
	});

	it('sends no byte for a commit that looks the same, and few for one cell', async () => {
		const clock = new ManualClock(0);
		await using screen = renderScreen(<Rows count={30} mark="x" />, {clock});
		screen.mark();
		for (let round = 0; round < 5; round++) {
			screen.rerender(<Rows count={30} mark="x" />);
			clock.advance(1000);
		}
		expect(screen.bytes).toBe(0);
		screen.rerender(
			<Box flexDirection="column">
				<Rows count={29} mark="x" />
				<Text color="cyan">row 29 y</Text>
			</Box>,
		);
		clock.advance(1000);
		expect(screen.bytes).toBeLessThanOrEqual(20);
	});

	it('draws the first frame at once, then at most thirty a second, and the newest in the end', async () => {
		const clock = new ManualClock(0);
		await using screen = renderScreen(<Text>frame 0</Text>, {clock});
		await screen.waitFor('frame 0');
		const before = screen.writes.length;
		for (let frame = 1; frame <= 100; frame++) {
			screen.rerender(<Text>{`frame ${frame}`}</Text>);
			clock.advance(10);
		}
		clock.advance(1000);
		expect(screen.writes.length - before).toBeLessThanOrEqual(31);
		expect(screen.writes.length - before).toBeGreaterThanOrEqual(25);
		await screen.waitFor('frame 100');
	});

	it('answers a key without waiting for the next frame', async () => {
		const clock = new ManualClock(0);
		await using screen = renderScreen((session) => <Counter session={session} />, {clock});
		await screen.waitFor('count 0');
		await screen.press('j');
		await screen.waitFor('count 1');
		await screen.press('j');
		await screen.waitFor('count 2');
		expect(clock.now()).toBe(0);
	});

	it('lays out again when the size changes', async () => {
		await using screen = renderScreen(
			<Box borderStyle="single" width="100%">
				<Text>{toSafeText('hi')}</Text>
			</Box>,
			{columns: 20, rows: 5},
		);
		await screen.waitFor('hi');
		screen.resize(12, 4);
		await screen.waitFor(`┌${'─'.repeat(10)}┐`);
		expect(screen.text()).toBe('┌──────────┐\n│hi        │\n└──────────┘\n');
	});

	it('cuts a tree that is larger than the screen', async () => {
		await using screen = renderScreen(<Rows count={50} mark="x" />, {columns: 9, rows: 3});
		await screen.waitFor('row 2');
		expect(screen.text()).toBe('row 0 x\nrow 1 x\nrow 2 x');
	});

	it('hands keys to a third-party component only when told to', async () => {
		await using screen = renderScreen(<Echo />);
		await screen.waitFor('typed: .');
		await screen.press('a');
		screen.root.typeIntoInk('b');
		await screen.waitFor('typed: b.');
	});

	it('reports what a component throws', async () => {
		await using screen = renderScreen(<Broken />);
		await expect(screen.root.done).rejects.toThrow('broken while drawing');
	});

	it('writes nothing after it has gone', async () => {
		const clock = new ManualClock(0);
		const screen = renderScreen(<Text>one</Text>, {clock});
		screen.rerender(<Text>two</Text>);
		await screen.close();
		const written = screen.writes.length;
		screen.rerender(<Text>three</Text>);
		clock.advance(1000);
		expect(screen.writes).toHaveLength(written);
		expect(clock.isIdle).toBe(true);
	});
});

describe('in a real terminal', () => {
	const program = path.resolve(import.meta.dirname, 'fixtures/ink-program.ts');

	it('draws even under CI=true, leaves no rubbish on a resize, repairs the screen on Ctrl-L, is silent when idle', async () => {
		await using screen = openScreen({command: 'node', args: [program], columns: 60, rows: 12, env: {CI: 'true'}});
		await screen.waitFor('ready 60x12', {deadlineMs: 15_000});
		for (const [columns, rows] of [
			[40, 8],
			[90, 20],
			[61, 13],
		] as const) {
			screen.resize(columns, rows);
			await screen.waitFor(`ready ${columns}x${rows}`);
			const lines = screen.text().split('\n');
			expect(lines[0]).toBe(`┌${'─'.repeat(columns - 2)}┐`);
			expect(lines.at(-1)).toBe(`└${'─'.repeat(columns - 2)}┘`);
			expect(lines.filter((line) => line.startsWith('┌'))).toHaveLength(1);
		}
		await screen.emulator.write('\u001b[2J\u001b[5;5Hrubbish');
		await screen.press('ctrl-l');
		await screen.waitFor((now) => now.text().includes('seen: ctrl-l') && !now.text().includes('rubbish'));
		await screen.press('j');
		await screen.waitFor(/seen: j /);
		screen.mark();
		// The last key changes the screen; it comes after three that don't, which have been dealt with by then.
		await screen.press('j', 'j', 'j', 'k');
		await screen.waitFor(/seen: k /);
		expect(screen.bytes).toBeLessThanOrEqual(12);
	});

	it('prints what a component threw once the terminal is restored, and ends with code 1', async () => {
		const screen = openScreen({command: 'node', args: [program], columns: 150, rows: 40});
		await screen.waitFor('ready', {deadlineMs: 15_000});
		await screen.press('b');
		expect(await screen.exit).toEqual({code: 1, signal: 0});
		await screen.waitFor('Error: broken while drawing');
		expect(screen.emulator.terminal.buffer.active.type).toBe('normal');
	});
});
