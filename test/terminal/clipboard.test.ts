import {expect, it} from 'vitest';
import {copySequence} from '../../source/terminal/clipboard.ts';
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
